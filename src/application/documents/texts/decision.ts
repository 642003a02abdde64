import type { DocumentBlock } from '../../../activities/ports/document-renderer';
import { euroText } from '../../../domain/money/cents';
import type { Outcome } from '../../../domain/practice/events';
import { daysBetween, italianDate, romeDate } from '../../../domain/terms/rome';
import {
  actedBefore,
  appeal,
  attachedFiles,
  greeting,
  heading,
  list,
  paidLine,
  paragraph,
  practiceBlock,
  signature,
  stampLine,
  type Text,
} from '../parts';
import type { DecisionPayload, NoticeWaiver } from '../payloads';
import type { Source } from '../source';

/** Titles of decisions, also of those that an officer uploads. */
export const DECISION_TITLES: Readonly<Record<Outcome, string>> = {
  approved: 'Provvedimento di accoglimento',
  partiallyApproved: 'Provvedimento di accoglimento parziale',
  rejected: 'Provvedimento di rigetto',
};

/** Heading of the officer's message: conditions where something is granted, reasons where something is not. */
const HEADINGS: Readonly<Record<Outcome, string>> = {
  approved: 'Condizioni e indicazioni',
  partiallyApproved: 'Motivi e condizioni',
  rejected: 'Motivi',
};

/** The outcome that an act decides. */
export function outcomeOf(act: string | undefined): Outcome {
  switch (act) {
    case 'approve':
      return 'approved';
    case 'approvePartially':
      return 'partiallyApproved';
    case 'reject':
      return 'rejected';
    default:
      throw new Error(`the act ${String(act)} decides nothing`);
  }
}

/** The decision: what, on what conditions, why, what is due, what can be done against it. */
export function decision(s: Source): Text {
  const outcome = outcomeOf(s.act);
  const { message, files, noticeWaiver } = s.payload as DecisionPayload;
  return {
    title: DECISION_TITLES[outcome],
    blocks: [
      practiceBlock(s),
      greeting(s),
      paragraph(opening(outcome, s.definition.name)),
      ...noticed(s, outcome),
      ...(outcome === 'rejected' && noticeWaiver ? [paragraph(waived(noticeWaiver))] : []),
      ...(message ? [heading(HEADINGS[outcome]), paragraph(message)] : []),
      ...due(s),
      ...given(s),
      ...attachedFiles(files),
      ...lateClause(s),
      ...(outcome === 'approved' ? [] : [appeal()]),
      signature(s),
    ],
  };
}

function opening(outcome: Outcome, service: string): string {
  switch (outcome) {
    case 'approved':
      return `la tua domanda «${service}» è stata accolta.`;
    case 'partiallyApproved':
      return `la tua domanda «${service}» è stata accolta in parte, come indicato di seguito.`;
    case 'rejected':
      return `la tua domanda «${service}» non può essere accolta per i motivi che seguono.`;
  }
}

/** After a notice the decision says what became of the observations (L. 241/1990 art. 10-bis). */
function noticed(s: Source, outcome: Outcome): readonly DocumentBlock[] {
  const notice = actedBefore(s, 'rejectionNotice');
  if (!notice) return [];
  const observed = actedBefore(s, 'observations');
  const announced = `Il ${italianDate(romeDate(notice))} ti abbiamo inviato il preavviso di rigetto (art. 10-bis, legge 241/1990).`;
  const answer = observed
    ? `Il ${italianDate(romeDate(observed))} hai presentato osservazioni, che sono state esaminate.`
    : 'Non hai presentato osservazioni nei termini.';
  const follow = {
    approved: '',
    partiallyApproved: observed ? ' I motivi per cui non sono accolte del tutto sono indicati di seguito.' : '',
    rejected: observed
      ? ' I motivi per cui non sono accolte sono indicati di seguito.'
      : ' I motivi della decisione sono indicati di seguito.',
  }[outcome];
  return [paragraph(`${announced} ${answer}${follow}`)];
}

const WAIVERS: Readonly<Record<NoticeWaiver['reason'], string>> = {
  competitiveProcedure: 'si tratta di una procedura concorsuale (art. 10-bis, ultimo periodo, legge 241/1990)',
  socialSecurity:
    'si tratta di un procedimento in materia previdenziale o assistenziale (art. 10-bis, ultimo periodo, legge 241/1990)',
  otherLaw: 'lo esclude una disposizione di legge',
};

function waived({ reason, text }: NoticeWaiver): string {
  return `Il preavviso di rigetto non è stato inviato perché ${WAIVERS[reason]}: ${text}`;
}

/** What is to be given before the decision is registered and handed over. */
function due({ facts, definition }: Source): readonly DocumentBlock[] {
  const { stamps = 0, feeCents = 0 } = facts;
  const each = euroText(definition.stamps?.atRelease?.amountCents ?? 1600);
  const items = [
    ...(stamps > 0
      ? [stamps === 1 ? `una marca da bollo da ${each}` : `${stamps} marche da bollo da ${each} l’una`]
      : []),
    ...(feeCents > 0
      ? [`${euroText(feeCents)}: ${definition.releasePayment?.reason ?? 'diritti per il rilascio'}`]
      : []),
  ];
  if (items.length === 0) return [];
  return [
    heading('Dovuto per il rilascio'),
    list(items),
    paragraph('Il provvedimento è protocollato e comunicato dopo che hai versato quanto dovuto.'),
  ];
}

function given({ stamps, payments }: Source): readonly DocumentBlock[] {
  const lines = [...stamps.map(stampLine), ...payments.map(paidLine)];
  return lines.length === 0 ? [] : [heading('Già versato'), list(lines)];
}

/** A late decision says what the term was and how long it took (L. 241/1990 art. 2 c. 9-quinquies). */
function lateClause({ state, receivedAt, at, definition }: Source): readonly DocumentBlock[] {
  if (!state.late) return [];
  const days = daysBetween(romeDate(receivedAt), romeDate(at));
  return [
    paragraph(
      `Il termine del procedimento era di ${definition.termDays} giorni; la decisione è stata presa dopo ${days} giorni dalla ` +
        'presentazione, sospensioni comprese (art. 2, comma 9-quinquies, legge 241/1990).',
    ),
  ];
}
