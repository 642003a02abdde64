import { OBSERVATION_DAYS } from '../../../domain/practice/rules';
import { italianDate, romeDate, romeText } from '../../../domain/terms/rome';
import {
  actedBefore,
  applicantName,
  attachedFiles,
  greeting,
  heading,
  paragraph,
  practiceBlock,
  signature,
  type Text,
} from '../parts';
import type { MessagePayload } from '../payloads';
import type { Source } from '../source';

/** Announces why an application will not be granted, and what can be said against it (L. 241/1990 art. 10-bis). */
export function rejectionNotice(s: Source): Text {
  const { message = '' } = s.payload as MessagePayload;
  const where = s.hasArea ? ' dalla tua area personale' : '';
  return {
    title: 'Preavviso di rigetto',
    blocks: [
      practiceBlock(s),
      greeting(s),
      paragraph(
        `ai sensi dell’art. 10-bis della legge 241/1990 ti comunichiamo che la tua domanda «${s.definition.name}» non può ` +
          'essere accolta per i motivi che seguono.',
      ),
      heading('Motivi che ostano all’accoglimento'),
      paragraph(message),
      heading('Che cosa puoi fare'),
      paragraph(
        `Entro ${OBSERVATION_DAYS} giorni dal ricevimento di questa comunicazione puoi presentare${where} le tue osservazioni, ` +
          'anche con documenti. Se non le accogliamo, il provvedimento finale ne dice i motivi.',
      ),
      paragraph(
        'Il termine del procedimento è sospeso: ricomincia a decorrere dieci giorni dopo la presentazione delle osservazioni ' +
          'o, se non ne presenti, dalla fine dei dieci giorni.',
      ),
      signature(s),
    ],
  };
}

/** What the applicant answers to the notice. */
export function observations(s: Source): Text {
  const { message = '', files } = s.payload as MessagePayload;
  const notice = actedBefore(s, 'rejectionNotice');
  const about = notice ? ` al preavviso di rigetto del ${italianDate(romeDate(notice))}` : ' al preavviso di rigetto';
  return {
    title: 'Osservazioni al preavviso di rigetto',
    blocks: [
      practiceBlock(s),
      paragraph(
        `${applicantName(s.submission.content)} presenta le osservazioni che seguono${about} (art. 10-bis, legge 241/1990).`,
      ),
      paragraph(message),
      ...attachedFiles(files),
      paragraph(`Inviate il ${romeText(s.at)}.`),
    ],
  };
}
