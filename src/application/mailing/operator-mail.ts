import { instant, type LegalDate } from '../../domain/ids';
import { EVENT_LABELS } from '../../domain/practice/event-labels';
import type { AttentionReason, EventType } from '../../domain/practice/events';
import { STATUS_LABELS, type Status } from '../../domain/practice/states';
import { italianDate, romeText } from '../../domain/terms/rome';
import { layOut, type WrittenMail } from '../notifications/write-mail';
import { ATTENTION_LABELS } from '../queries/labels';

/** Something that happened to a practice, as an operator reads it. */
export interface NoticeLine {
  readonly at: Date;
  /** Absent for a message of the applicant, which is no event. */
  readonly event?: { readonly type: EventType; readonly status: Status; readonly reason?: AttentionReason };
}

/** A practice with its news, oldest first. No name of the applicant: mails of operators are read on many screens. */
export interface NoticedNews {
  readonly code: string;
  readonly service: string;
  readonly status: Status;
  readonly link: string;
  readonly lines: readonly NoticeLine[];
}

export interface OperatorNews {
  readonly operator: string;
  readonly tenant: string;
  readonly practices: readonly NoticedNews[];
  /** The day of a summary; absent for news sent at once. */
  readonly summaryOf?: LegalDate;
}

/** More practices than this are counted, not listed: nobody reads on, and servers cut the mail. */
const MAX_LISTED = 100;

/** The mail that tells an operator what is new, at once or in the summary of a day. */
export function operatorMail(news: OperatorNews): WrittenMail {
  const { practices, summaryOf } = news;
  const [only] = practices;
  const more = practices.length - MAX_LISTED;
  const intro = summaryOf
    ? 'questo è il riepilogo delle novità sulle pratiche dei tuoi servizi.'
    : 'ci sono novità sulle pratiche dei tuoi servizi.';
  return layOut({
    language: 'it',
    subject: subjectOf(practices, summaryOf),
    issuer: news.tenant,
    paragraphs: [
      `Gentile ${news.operator},\n${intro}`,
      ...practices.slice(0, MAX_LISTED).map(practiceText),
      ...(more > 0 ? [`E altre ${more} pratiche: le trovi nel tuo elenco.`] : []),
    ],
    ...(practices.length === 1 && only && { button: { label: 'Apri la pratica', link: only.link } }),
    footer: [
      'Questo indirizzo non viene letto: non rispondere a questa mail. Per assistenza scrivi al tuo amministratore.',
      'Puoi scegliere se ricevere questi avvisi subito o in un riepilogo al giorno. Non si possono disattivare.',
      news.tenant,
    ],
  });
}

function subjectOf(practices: readonly NoticedNews[], summaryOf: LegalDate | undefined): string {
  const count = practices.length === 1 ? '1 pratica con novità' : `${practices.length} pratiche con novità`;
  if (summaryOf) return `Riepilogo del ${italianDate(summaryOf)}: ${count}`;
  const [only] = practices;
  if (practices.length !== 1 || !only) return count;
  return `Pratica ${only.code}: ${titleOf(only)} - ${only.service}`;
}

function titleOf({ lines, status }: NoticedNews): string {
  const last = lines.at(-1);
  if (last && !last.event) return 'nuovo messaggio del richiedente';
  return last?.event?.type === 'attentionRaised' ? 'richiede attenzione' : STATUS_LABELS[status];
}

function practiceText({ code, service, status, link, lines }: NoticedNews): string {
  const head = `${code} - ${service} - ora: ${STATUS_LABELS[status]}`;
  return [head, ...lines.map(lineText), link].join('\n');
}

function lineText({ at, event }: NoticeLine): string {
  const when = romeText(instant(at));
  if (!event) return `${when}: nuovo messaggio del richiedente`;
  const reason = event.type === 'attentionRaised' && event.reason ? `: ${ATTENTION_LABELS[event.reason]}` : '';
  const changed = event.type === 'attentionRaised' ? '' : ` (${STATUS_LABELS[event.status]})`;
  return `${when}: ${EVENT_LABELS[event.type]}${reason}${changed}`;
}
