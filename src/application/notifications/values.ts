import { epochMs, instant } from '../../domain/ids';
import { OBSERVATION_DAYS } from '../../domain/practice/rules';
import { evaluateClock } from '../../domain/terms/practice-clock';
import { addDays, romeDate } from '../../domain/terms/rome';
import type { Language } from '../services/definition';
import { amountText, dateText, instantText, languageOf } from './language';
import { documentOf, type EventFacts, type PracticeFacts } from './source';
import { type Situation, type Values, WITH_OFFICE_TEXT, type WordingKey } from './wording';

/** Leaves out what there is nothing to say of. */
export function present(values: Readonly<Record<string, string | null | undefined>>): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Values;
}

/** What every mail about a practice may say. */
export function practiceValues(facts: PracticeFacts): Values {
  const { practice, tenant, definition, office, applicant, link } = facts;
  return present({
    'applicant.name': applicant.name,
    'recipient.name': applicant.name,
    'tenant.name': tenant.name,
    'service.name': definition.name,
    'office.name': office?.name,
    'office.email': office?.email,
    'practice.code': practice.code,
    'practice.number': practice.code ?? practice.id,
    'practice.registration': practice.registration,
    'practice.link': link,
  });
}

/** What the mail about one event may say. */
export function eventValues(facts: EventFacts, key: WordingKey): Values {
  const { event, state, definition, payload, now } = facts;
  const language = languageOf(facts.practice.language);
  const { answerBy } = evaluateClock(state);
  const phase = event.type === 'phaseChanged' ? event.data.to : state.phase;
  const opened = romeDate(event.at);
  return {
    ...practiceValues(facts),
    ...paymentValues(facts, language),
    ...present({
      'practice.answerBy': answerBy && dateText(answerBy, language),
      'phase.label': definition.phases?.find((row) => row.key === phase)?.label,
      'stamps.count': event.type === 'stampsRequested' ? String(event.data.stamps) : undefined,
      'integration.answerBy':
        key === 'integrationRequested' ? dateText(addDays(opened, definition.integrationDays), language) : undefined,
      'observations.answerBy':
        key === 'rejectionNotice' ? dateText(addDays(opened, OBSERVATION_DAYS), language) : undefined,
      'draft.expiresAt': draftExpiry(facts, language),
      'personal.message': officeText(facts, key),
      'communication.subject': payload.subject,
      'recipient.name': key === 'communicationToOffice' ? payload.recipient?.name : facts.applicant.name,
      today: dateText(romeDate(now), language),
    }),
  };
}

function paymentValues({ payment }: EventFacts, language: Language): Values {
  if (!payment) return {};
  return present({
    'payment.amount': amountText(payment.amountCents, language),
    'payment.reason': payment.reason,
    'payment.iuv': payment.iuv,
    'payment.paidAt': payment.paidAt && instantText(instant(payment.paidAt), language),
    // A counter payment has a receipt of paper; ours only says which act recorded it.
    'payment.receipt': payment.means === 'counter' ? undefined : payment.receiptId,
    'payment.expiresAt': instantText(instant(payment.expiresAt), language),
  });
}

/** A term of days ends at midnight: people read its last day. */
function draftExpiry({ event }: EventFacts, language: Language): string | undefined {
  if (event.type !== 'draftExpiryAnnounced') return undefined;
  return dateText(romeDate(instant(epochMs(event.data.expiresAt) - 1)), language);
}

/** What the officer wrote to the applicant. What applicants and colleagues wrote is not said back. */
function officeText({ payload }: EventFacts, key: WordingKey): string | undefined {
  if (!WITH_OFFICE_TEXT.has(key)) return undefined;
  if (key === 'integrationCancelled') return payload.reason;
  // The reason of a counter payment is a note to colleagues unless the officer said otherwise.
  if (key === 'paymentReceived' || key === 'submitted') return payload.tellApplicant ? payload.reason : undefined;
  return payload.message;
}

/** The circumstances of an event, on which lines of its mail depend. */
export function eventSituations(facts: EventFacts, key: WordingKey): readonly Situation[] {
  const office = key === 'communicationToOffice';
  return [office ? 'toOffice' : 'toApplicant', ...ownSituations(facts, key)];
}

function ownSituations(facts: EventFacts, key: WordingKey): readonly Situation[] {
  const { event, payload } = facts;
  switch (key) {
    case 'submitted':
      return [nextOf(facts), ...paidAt(facts)];
    case 'awaitingFinalPayment':
      return [facts.before?.type === 'paymentExpired' ? 'renewed' : 'atRelease'];
    case 'paymentReceived':
      return ['atRelease', ...paidAt(facts)];
    case 'paymentExpired':
      return event.type === 'paymentExpired' ? EXPIRED[event.data.to] : [];
    case 'inCharge':
      return [heldBy(facts)];
    case 'integrationRequested':
    case 'integrationReceived':
      return [
        ...(isFirstRound(facts) ? (['suspends'] as const) : []),
        ...(payload.kept?.messages ? (['byMessages'] as const) : []),
      ];
    default:
      return [];
  }
}

function paidAt({ payment }: EventFacts): readonly Situation[] {
  return payment?.means === 'counter' ? ['atCounter'] : [];
}

const EXPIRED = {
  expired: ['toExpired'],
  draft: ['toDraft'],
  annulled: ['toAnnulled'],
  awaitingFinalPayment: [],
} as const satisfies Record<string, readonly Situation[]>;

function nextOf({ definition }: EventFacts): Situation {
  if (definition.workflow === 'paymentOnly') return 'nextNothing';
  if (definition.workflow === 'forward') return 'nextForwarded';
  if (definition.registration === 'onAcceptance') return 'nextAccepted';
  return definition.registration === 'none' ? 'nextTaken' : 'nextRegistered';
}

function heldBy({ definition, event, before }: EventFacts): Situation {
  if (definition.workflow === 'forward') return 'forwarded';
  const again = event.type === 'assigned' && before?.status !== 'received' && before?.status !== 'registered';
  return event.type === 'takenOver' || again ? 'takenOver' : 'taken';
}

/** Only the first request suspends the term (L. 241/1990 art. 2 c. 7). */
function isFirstRound({ event, state }: EventFacts): boolean {
  const ordinal = documentOf(event) ?? 0;
  const requests = state.documents.filter((row) => row.kind === 'integrationRequest' && row.ordinal <= ordinal);
  return requests.length === 1;
}
