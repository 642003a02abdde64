import type { DocumentBlock } from '../../../activities/ports/document-renderer';
import { italianDate } from '../../../domain/terms/rome';
import {
  applicantName,
  attachedFiles,
  greeting,
  heading,
  paragraph,
  practiceBlock,
  signature,
  type Text,
} from '../parts';
import type { CommunicationPayload, MessagePayload } from '../payloads';
import type { Source } from '../source';

/** Tells the applicant that the procedure has begun, with all that L. 241/1990 art. 8 c. 2 demands. */
export function startNotice(s: Source): Text {
  const { message } = s.payload as MessagePayload;
  const answerBy = s.answerBy ?? s.firstAnswerBy;
  const { termDays } = s.definition;
  return {
    title: 'Comunicazione di avvio del procedimento',
    blocks: [
      practiceBlock(s),
      greeting(s),
      paragraph('ti comunichiamo l’avvio del procedimento sulla tua domanda (artt. 7 e 8, legge 241/1990).'),
      {
        kind: 'fields',
        rows: [
          { label: 'Amministrazione competente', value: s.tenant },
          { label: 'Oggetto', value: `Domanda di ${applicantName(s.submission.content)}: ${s.definition.name}` },
          { label: 'Ufficio', value: s.office.name },
          {
            label: 'Domicilio digitale',
            value: s.office.email ?? `quello di ${s.tenant} pubblicato in indicepa.gov.it`,
          },
          { label: 'Responsabile del procedimento', value: s.officer },
          { label: 'Termine', value: `${termDays} giorni dalla presentazione della domanda` },
          ...(answerBy ? [{ label: 'Conclusione entro il', value: italianDate(answerBy) }] : []),
        ],
      },
      ...(message ? [paragraph(message)] : []),
      heading('Se il termine passa senza risposta'),
      paragraph(
        'Puoi chiedere a chi ha il potere sostitutivo di concludere il procedimento entro metà del termine (art. 2, commi 9-bis ' +
          'e 9-ter, legge 241/1990); il nome è pubblicato nel sito dell’amministrazione. Puoi anche ricorrere al TAR contro il ' +
          'silenzio, finché dura e non oltre un anno dalla scadenza del termine (art. 31 del codice del processo amministrativo).',
      ),
      heading('Dove vedere gli atti'),
      paragraph(whereToSee(s)),
      signature(s),
    ],
  };
}

function whereToSee({ hasArea, office }: Source): string {
  const there = `presso l’ufficio ${office.name}`;
  return hasArea
    ? `Puoi vedere gli atti, inviare memorie e documenti e scrivere all’ufficio dalla pagina della pratica, nella tua area ` +
        `personale. Gli atti che lì non trovi li puoi vedere ${there}.`
    : `Puoi vedere gli atti e presentare memorie e documenti ${there}.`;
}

/** A letter of the office, to the applicant or to another office. */
export function communication(s: Source): Text {
  const { to, recipient, subject, message = '', files } = s.payload as CommunicationPayload;
  const address: DocumentBlock =
    to === 'office' && recipient
      ? { kind: 'fields', rows: [{ label: 'A', value: `${recipient.name} (${recipient.email})` }] }
      : greeting(s);
  const applicant = to === 'office' ? [{ label: 'Richiedente', value: applicantName(s.submission.content) }] : [];
  return {
    title: `Comunicazione: ${subject}`,
    blocks: [practiceBlock(s, ...applicant), address, paragraph(message), ...attachedFiles(files), signature(s)],
  };
}
