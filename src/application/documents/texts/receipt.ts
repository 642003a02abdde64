import { italianDate, romeText } from '../../../domain/terms/rome';
import { applicantName, attachmentList, heading, paragraph, practiceBlock, type Text } from '../parts';
import type { Source } from '../source';
import { dues, filedBy } from './request';

/**
 * Dated proof that the application arrived, with the day by which the office must answer (L. 241/1990 art. 18-bis). It
 * says that it is no outcome. Where practice code and registration follow acceptance, it does without them.
 */
export function receipt(s: Source): Text {
  return {
    title: 'Ricevuta di presentazione',
    blocks: [
      practiceBlock(s),
      {
        kind: 'fields',
        rows: [
          { label: 'Richiedente', value: applicantName(s.submission.content) },
          ...filedBy(s),
          { label: 'Confermata il', value: romeText(s.submission.confirmedAt) },
          { label: 'Ufficio competente', value: s.office.name },
          ...(s.firstAnswerBy ? [{ label: 'Risposta entro il', value: italianDate(s.firstAnswerBy) }] : []),
        ],
      },
      paragraph('La domanda è stata presentata. Questa è la ricevuta di presentazione, non è l’esito.'),
      ...[term(s), numbers(s)].filter((text) => text !== '').map(paragraph),
      heading('Allegati ricevuti'),
      attachmentList(s.submission.attachments),
      ...dues(s),
      { kind: 'note', title: 'Impronta della domanda', lines: [`SHA-256 dei dati: ${s.submission.sha256}`] },
    ],
  };
}

function term({ firstAnswerBy, definition }: Source): string {
  if (definition.workflow === 'forward') return 'La domanda viene inoltrata all’ufficio che la deve trattare.';
  if (!firstAnswerBy) return '';
  const start = 'Il termine decorre dal giorno della presentazione (art. 18-bis, legge 241/1990)';
  return definition.switches.integration
    ? `${start} e può essere sospeso una volta per chiedere integrazioni.`
    : `${start}.`;
}

function numbers({ definition }: Source): string {
  switch (definition.registration) {
    case 'onSubmission':
      return 'Il numero di protocollo ti viene comunicato appena assegnato.';
    case 'onAcceptance':
      return 'Il numero della pratica e quello di protocollo ti vengono comunicati quando l’ufficio accetta la domanda.';
    case 'none':
      return '';
  }
}
