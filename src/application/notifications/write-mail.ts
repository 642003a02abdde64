import type { Language, ServiceDefinition } from '../services/definition';
import { CATALOGUES } from './catalogue';
import {
  type Catalogue,
  fillAll,
  fillLine,
  holds,
  type Line,
  namesIn,
  type Situation,
  type Values,
  WITH_OFFICE_TEXT,
  type WordingKey,
} from './wording';

/** What a mail is made of. */
export interface MailContent {
  readonly key: WordingKey;
  readonly language: Language;
  readonly values: Values;
  readonly situations: ReadonlySet<Situation>;
  /** Where the button leads. */
  readonly link: string;
}

export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail to be laid out: paragraphs as plain text, a button, and what stands below. */
export interface Layout {
  readonly language: Language;
  readonly subject: string;
  /** Who writes, on top of the HTML. */
  readonly issuer: string;
  readonly paragraphs: readonly string[];
  readonly button?: { readonly label: string; readonly link: string };
  readonly footer: readonly string[];
}

/**
 * Writes a mail to an applicant, or to another office: our text, or the service's own in its place, subject and body
 * each for itself. What a service leaves out and nobody may miss is added to its text: the officer's words and the
 * attachments that could not travel. A service's text that names the applicant greets by itself.
 */
export function writeMail(content: MailContent, texts: ServiceDefinition['texts']): WrittenMail {
  const { key, language, values, situations, link } = content;
  const catalogue = CATALOGUES[language];
  const wording = catalogue.texts[key];
  const custom = customText(texts, key, language);
  // A service speaks of the number of a practice also before there is a code.
  const known: Values = { ...values, ...(values['practice.number'] && { 'practice.code': values['practice.number'] }) };
  const about = [values['service.name'], values['practice.code']].filter((part) => part);
  const subject = custom?.subject
    ? fillAll(custom.subject, known)
    : [first(wording.subject, situations, values), ...about].join(' - ');
  const body = custom
    ? customParagraphs(custom.body, key, known)
    : wording.lines.flatMap((line) => lineOf(line, situations, values));
  const greets = custom !== undefined && namesIn(custom.body).includes('applicant.name');
  return layOut({
    language,
    subject: subject.replace(/\s+/g, ' ').trim(),
    issuer: values['tenant.name'] ?? '',
    paragraphs: [
      ...(greets ? [] : [fillAll(catalogue.greeting, values)]),
      ...body,
      ...notices(catalogue, situations, values),
    ],
    ...(wording.action && { button: { label: wording.action, link } }),
    footer: catalogue.footer.flatMap((line) => lineOf(line, situations, values)),
  });
}

function customText(texts: ServiceDefinition['texts'], key: WordingKey, language: Language) {
  if (key === 'communicationToOffice') return undefined;
  return texts[key]?.[language] ?? texts[key]?.it;
}

function customParagraphs(body: string, key: WordingKey, values: Values): readonly string[] {
  const words = values['personal.message'];
  const forgotten = words && WITH_OFFICE_TEXT.has(key) && !namesIn(body).includes('personal.message');
  const paragraphs = fillAll(body, values).split(/\r?\n\s*\n/);
  return [...paragraphs.map((text) => text.trim()).filter((text) => text !== ''), ...(forgotten ? [words] : [])];
}

function notices(catalogue: Catalogue, situations: ReadonlySet<Situation>, values: Values): readonly string[] {
  const leftOut = situations.has('toOffice') ? catalogue.leftOutOffice : catalogue.leftOut;
  return [leftOut, catalogue.inArea].flatMap((line) => lineOf(line, situations, values));
}

function first(lines: readonly Line[], situations: ReadonlySet<Situation>, values: Values): string {
  return lines.flatMap((line) => lineOf(line, situations, values))[0] ?? '';
}

function lineOf(line: Line, situations: ReadonlySet<Situation>, values: Values): readonly string[] {
  const text = holds(line, situations) ? fillLine(line, values) : undefined;
  return text === undefined ? [] : [text];
}

/** The mail as text and as simple HTML. Everything is escaped: what people write never becomes markup. */
export function layOut(layout: Layout): WrittenMail {
  const { language, subject, issuer, paragraphs, button, footer } = layout;
  const plain = [...paragraphs, ...(button ? [`${button.label}: ${button.link}`] : []), `-- \n${footer.join('\n')}`];
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family:'Titillium Web',Arial,sans-serif;font-size:16px;line-height:1.5;color:#17324d;max-width:640px">
<p style="font-weight:600">${escapeHtml(issuer)}</p>
${paragraphs.map((line) => `<p>${withBreaks(line)}</p>`).join('\n')}
${button ? buttonHtml(button) : ''}<hr><p style="font-size:14px;color:#455a64">${withBreaks(footer.join('\n'))}</p>
</body></html>`;
  return { subject, text: plain.join('\n\n'), html };
}

function buttonHtml({ label, link }: NonNullable<Layout['button']>): string {
  const style = 'background:#06c;color:#fff;padding:12px 20px;text-decoration:none';
  return `<p><a href="${escapeHtml(link)}" style="${style}">${escapeHtml(label)}</a></p>\n`;
}

function withBreaks(text: string): string {
  return escapeHtml(text).replace(/\r?\n/g, '<br>');
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
