import { registrationCertificate } from '../files';
import type { Tale } from '../tale';

/** A request to read somebody else's documents: announced as refused, defended, refused. */
export const accessRejected: Tale = {
  title: 'Accesso agli atti, rejected after a rejection notice',
  service: 'accesso-atti',
  codePrefix: 'ATTI',
  applicant: 'paolo.esposito',
  officer: 'nadia.fabbri',
  manual: [
    ['Bozza', 'draftCreated'],
    ['Inviata', 'submitted'],
    ['Acquisita', 'documentReady'],
    ['Protocollata', 'requestRegistered'],
    ['In carico', 'chargeTaken'],
    ['Preavviso di rigetto', 'rejectionNoticed'],
    ['Osservazioni inviate', 'observationsSubmitted'],
    ['Elaborata', 'decided'],
    ['Rifiutata', 'outcomeRegistered'],
  ],
  end: {
    status: 'rejected',
    documents: ['request', 'rejectionNotice', 'observations', 'decision'],
    mails: ['submitted', 'registered', 'inCharge', 'rejectionNotice', 'observationsReceived', 'rejected'],
  },
  tell: async (story) => {
    await story.saveDraft(APPLICATION);
    await story.applicantActs('fills in the form and sends', 'submit');
    await story.expect('submitted', 'documentReady', 'registrationStarted', 'requestRegistered');
    await story.officerActs('takes the practice in charge', 'take-charge');
    await story.expect('chargeTaken');
    const reasons =
      'La pratica edilizia richiesta riguarda un terzo e dalla domanda non risulta un interesse diretto, concreto e ' +
      'attuale (L. 241/1990 art. 22).';
    await story.officerIsRefused('rejects at once', 'reject', 'REJECTION_NOTICE_REQUIRED', { message: reasons });
    await story.officerActs('announces the rejection, with reasons', 'rejection-notices', {
      message: `${reasons} Puoi inviare osservazioni entro dieci giorni.`,
    });
    await story.expect('rejectionNoticed', 'documentReady', 'documentRegistered', 'delivered');
    const file = await story.upload(story.applicant, 'observations', registrationCertificate());
    await story.applicantActs('sends observations, with a file', 'observations', {
      message: 'Abito accanto e vorrei sapere se i lavori del vicino riguardano anche il mio muro.',
      attachments: [file],
    });
    await story.expect('observationsSubmitted', 'documentReady', 'documentRegistered');
    await story.officerActs('rejects, answering the observations', 'reject', {
      message:
        `${reasons} Le osservazioni non cambiano la valutazione: i lavori non riguardano muri comuni. ` +
        'Puoi ricorrere al difensore civico o al TAR entro 30 giorni (L. 241/1990 art. 25).',
    });
    await story.expect('decided', 'documentReady', 'outcomeRegistered', 'delivered');
  },
};

const APPLICATION = {
  applicant: {
    givenName: 'Paolo',
    familyName: 'Esposito',
    taxCode: 'SPSPLA78H22F839Z',
    email: 'paolo.esposito@posta.example',
  },
  request: {
    documents: 'Pratica edilizia relativa ai lavori in corso in viale Europa 42.',
    interest: 'Sono curioso di sapere che cosa costruisce il mio vicino.',
    mode: 'copy',
    privacy: true,
  },
};
