import type { DocumentBlock } from '../../../activities/ports/document-renderer';
import { instant } from '../../../domain/ids';
import { addDays, italianDate, romeDate, romeText } from '../../../domain/terms/rome';
import { questionsOf } from '../../../forms/questions';
import { formOf } from '../../../forms/sections-form';
import type { IntegrationRequest, KeptAnswer } from '../../practices/integration';
import { attachmentList, greeting, heading, list, paragraph, practiceBlock, signature, type Text } from '../parts';
import { type AnswerPayload, keptMessages } from '../payloads';
import type { Source } from '../source';

/** What the office asks for, until when, and what that does to the term. */
export function integrationRequest(s: Source): Text {
  const asked = s.payload as IntegrationRequest;
  const labels = questionsOf(formOf(s.definition.form))
    .filter(({ path }) => asked.fields.includes(path))
    .map(({ question }) => `Dato da completare: ${question.label}`);
  const items = [...labels, ...asked.documents.map(({ label }) => `Documento: ${label}`)];
  const days = s.definition.integrationDays;
  const where = s.hasArea ? 'Puoi rispondere dalla tua area personale' : 'Puoi rispondere';
  return {
    title: 'Richiesta di integrazioni',
    blocks: [
      practiceBlock(s),
      greeting(s),
      paragraph(asked.message),
      ...(items.length > 0 ? [list(items)] : []),
      paragraph(
        `${where} entro ${days} giorni (indicativamente entro il ` +
          `${italianDate(addDays(romeDate(s.at), days))}). ${suspension(s)}`,
      ),
      signature(s),
    ],
  };
}

/** The law knows one suspension: later requests leave the term running (L. 241/1990 art. 2 c. 7). */
function suspension({ state, ordinal }: Source): string {
  const round = state.documents.filter((row) => row.kind === 'integrationRequest' && row.ordinal <= ordinal).length;
  return round > 1 || state.reopened
    ? 'Questa richiesta non sospende il termine del procedimento, che può essere sospeso una sola volta ' +
        '(art. 2, comma 7, legge 241/1990).'
    : 'Il termine del procedimento è sospeso fino alla risposta (art. 2, comma 7, legge 241/1990).';
}

/** What the applicant answered: filled in, or written in messages that the office took as the answer. */
export function integrationAnswer(s: Source): Text {
  const payload = s.payload as AnswerPayload;
  const messages = keptMessages(payload);
  const blocks = messages
    ? [
        paragraph(
          `Il ${romeText(s.at)} l’ufficio ha accettato come risposta alla richiesta di integrazioni i messaggi del ` +
            'richiedente che seguono.',
        ),
        ...messages.flatMap(({ at, text, files }): DocumentBlock[] => [
          heading(`Messaggio del ${romeText(instant(Date.parse(at)))}`),
          paragraph(text),
          attachmentList(files),
        ]),
        signature(s),
      ]
    : filledIn(payload.kept as KeptAnswer, s);
  return { title: 'Risposta alla richiesta di integrazioni', blocks: [practiceBlock(s), ...blocks] };
}

function filledIn({ message, values, documents }: KeptAnswer, s: Source): readonly DocumentBlock[] {
  return [
    ...(message ? [paragraph(message)] : []),
    { kind: 'fields', rows: values.map(({ label, value }) => ({ label, value })) },
    ...documents.flatMap(({ label, files }): DocumentBlock[] => [heading(label), attachmentList(files)]),
    paragraph(`Inviata il ${romeText(s.at)}.`),
  ];
}
