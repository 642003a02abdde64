import type { LegalDate } from '../../domain/ids';
import { euroText } from '../../domain/money/cents';
import type { EventType } from '../../domain/practice/events';
import { italianDate } from '../../domain/terms/rome';

/** What a message may speak of. */
export interface MessageFacts {
  readonly tenant: string;
  readonly service: string;
  readonly applicant: string;
  readonly code: string | null;
  readonly registration: string | null;
  readonly answerBy: LegalDate | null;
  readonly amountCents: number | null;
  /** Text written by the officer: integration request, reasons of a decision. */
  readonly officeText: string | null;
  readonly outcome: string | null;
  readonly office: string | null;
  readonly integrationBy: LegalDate | null;
  readonly link: string;
}

export interface MessageText {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action: string;
}

type Template = (f: MessageFacts) => MessageText;

const practice = (f: MessageFacts) => (f.code ? `La pratica è la n. ${f.code}.` : '');
const subject = (f: MessageFacts, what: string) => `${what} - ${f.service}${f.code ? ` - ${f.code}` : ''}`;

/** Texts to the applicant, by the event they follow. A service may replace them from the next release. */
export const TEMPLATES: Readonly<Partial<Record<EventType, Template>>> = {
  paymentRequested: (f) => ({
    subject: subject(f, 'Pagamento da effettuare'),
    paragraphs: [
      `Per presentare la domanda «${f.service}» devi pagare ${euroText(f.amountCents ?? 0)}.`,
      'La domanda risulta presentata nel momento in cui paghi.',
    ],
    action: 'Vai al pagamento',
  }),
  paymentExpired: (f) => ({
    subject: subject(f, 'Pagamento non effettuato'),
    paragraphs: ['Il pagamento non è arrivato in tempo: la domanda non è stata presentata.'],
    action: 'Apri la pratica',
  }),
  documentReady: (f) => ({
    subject: subject(f, 'Ricevuta di presentazione'),
    paragraphs: [
      `Abbiamo ricevuto la tua domanda «${f.service}». ${practice(f)}`,
      'Questa è la ricevuta di presentazione, non è l’esito. Trovi in allegato la ricevuta e la domanda che hai compilato.',
      'Che cosa succede ora: la domanda viene protocollata e poi presa in carico da un ufficio.',
    ],
    action: 'Segui la pratica',
  }),
  requestRegistered: (f) => ({
    subject: subject(f, 'Domanda protocollata'),
    paragraphs: [
      `La tua domanda è stata protocollata con il numero ${f.registration ?? ''}. ${practice(f)}`,
      ...(f.answerBy ? [`Riceverai risposta entro il ${italianDate(f.answerBy)}.`] : []),
    ],
    action: 'Segui la pratica',
  }),
  chargeTaken: (f) => ({
    subject: subject(f, 'Pratica presa in carico'),
    paragraphs: [
      `La tua pratica è stata presa in carico${f.office ? ` dall'ufficio ${f.office}` : ''}. ${practice(f)}`,
    ],
    action: 'Segui la pratica',
  }),
  integrationRequestRegistered: (f) => ({
    subject: subject(f, 'Servono integrazioni'),
    paragraphs: [
      'Per proseguire l’ufficio ti chiede di completare la domanda:',
      f.officeText ?? '',
      ...(f.integrationBy ? [`Puoi rispondere fino al ${italianDate(f.integrationBy)} compreso.`] : []),
      'Il termine del procedimento è sospeso fino alla tua risposta.',
    ],
    action: 'Rispondi alla richiesta',
  }),
  integrationAnswerRegistered: (f) => ({
    subject: subject(f, 'Integrazioni ricevute'),
    paragraphs: [
      'Abbiamo ricevuto e protocollato le tue integrazioni. Il termine del procedimento riprende.',
      ...(f.answerBy ? [`Riceverai risposta entro il ${italianDate(f.answerBy)}.`] : []),
    ],
    action: 'Segui la pratica',
  }),
  integrationLapsed: (f) => ({
    subject: subject(f, 'Termine per le integrazioni scaduto'),
    paragraphs: ['Il termine per rispondere è scaduto: l’ufficio deciderà in base a ciò che ha.'],
    action: 'Apri la pratica',
  }),
  outcomeRegistered: (f) => ({
    subject: subject(f, f.outcome === 'approved' ? 'Domanda accolta' : 'Domanda non accolta'),
    paragraphs: [
      f.outcome === 'approved' ? 'La tua domanda è stata accolta.' : 'La tua domanda non è stata accolta.',
      ...(f.officeText ? [f.officeText] : []),
      'Trovi in allegato il provvedimento.',
    ],
    action: 'Apri la pratica',
  }),
};

/** Mail as text and as simple HTML. Every text is escaped: what people write never becomes markup. */
export function writeMail(text: MessageText, facts: MessageFacts): { readonly text: string; readonly html: string } {
  const paragraphs = [`Gentile ${facts.applicant},`, ...text.paragraphs.filter((line) => line !== '')];
  const footer = `Questo indirizzo non viene letto: per contattare l'ufficio scrivi un messaggio dalla pratica. ${facts.tenant}`;
  const plain = [...paragraphs, `${text.action}: ${facts.link}`, `-- \n${footer}`].join('\n\n');
  const html = `<!doctype html><html lang="it"><head><meta charset="utf-8"><title>${escapeHtml(text.subject)}</title></head>
<body style="font-family:'Titillium Web',Arial,sans-serif;font-size:16px;line-height:1.5;color:#17324d;max-width:640px">
<p style="font-weight:600">${escapeHtml(facts.tenant)}</p>
${paragraphs.map((line) => `<p>${escapeHtml(line).replace(/\n/g, '<br>')}</p>`).join('\n')}
<p><a href="${escapeHtml(facts.link)}" style="background:#06c;color:#fff;padding:12px 20px;text-decoration:none">${escapeHtml(text.action)}</a></p>
<hr><p style="font-size:14px;color:#455a64">${escapeHtml(footer)}</p>
</body></html>`;
  return { text: plain, html };
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
