import { italianDate, romeDate, romeText } from '../../../domain/terms/rome';
import {
  actedBefore,
  appeal,
  applicantName,
  greeting,
  heading,
  paragraph,
  practiceBlock,
  signature,
  type Text,
} from '../parts';
import type { MessagePayload, WithdrawalPayload } from '../payloads';
import type { Source } from '../source';

/** The applicant takes the application back. */
export function withdrawal(s: Source): Text {
  const { reason } = s.payload as WithdrawalPayload;
  return {
    title: 'Ritiro della domanda',
    blocks: [
      practiceBlock(s),
      paragraph(`${applicantName(s.submission.content)} ritira la domanda «${s.definition.name}».`),
      ...(reason ? [heading('Motivo'), paragraph(reason)] : []),
      paragraph(`Ritirata il ${romeText(s.at)}.`),
    ],
  };
}

/** The office closes a practice without deciding on it, and says why. */
export function archiving(s: Source): Text {
  const { message = '' } = s.payload as MessagePayload;
  return {
    title: 'Archiviazione della pratica',
    blocks: [
      practiceBlock(s),
      greeting(s),
      paragraph(`la pratica relativa alla tua domanda «${s.definition.name}» è archiviata per i motivi che seguono.`),
      heading('Motivi'),
      paragraph(message),
      paragraph('L’archiviazione non impedisce di presentare una nuova domanda.'),
      appeal(),
      signature(s),
    ],
  };
}

/**
 * The office annuls: after an approval its own decision, which the law allows for reasons of legality and public interest
 * (L. 241/1990 art. 21-nonies); before one, the practice.
 */
export function annulment(s: Source): Text {
  const { message = '' } = s.payload as MessagePayload;
  const decided = actedBefore(s, 'decision');
  const act = s.granted
    ? `il provvedimento${decided ? ` del ${italianDate(romeDate(decided))}` : ''} che ha accolto la tua domanda ` +
      `«${s.definition.name}» è annullato d’ufficio (art. 21-nonies, legge 241/1990) per i motivi che seguono.`
    : `la pratica relativa alla tua domanda «${s.definition.name}» è annullata d’ufficio per i motivi che seguono.`;
  return {
    title: s.granted ? 'Annullamento d’ufficio del provvedimento' : 'Annullamento d’ufficio della pratica',
    blocks: [
      practiceBlock(s),
      greeting(s),
      paragraph(act),
      heading('Motivi'),
      paragraph(message),
      appeal(),
      signature(s),
    ],
  };
}
