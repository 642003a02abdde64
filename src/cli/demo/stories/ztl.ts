import { inDays, registrationCertificate, vehiclePhoto } from '../files';
import type { ManualRow } from '../manual';
import type { Story } from '../story';
import type { Tale } from '../tale';

const UNTIL_IN_CHARGE: readonly ManualRow[] = [
  ['Bozza', 'draftCreated'],
  ['In attesa di pagamento', 'paymentRequested'],
  ['Pagamento ricevuto', 'paymentReceived'],
  ['Inviata', 'submitted'],
  ['Acquisita', 'documentReady'],
  ['Protocollata', 'requestRegistered'],
  ['In carico', 'chargeTaken'],
];

const PAID_AND_IN_CHARGE = ['awaitingPayment', 'submitted', 'registered', 'inCharge'] as const;

/** A permit for the limited traffic zone, approved after the office has asked for the plate again. */
export const ztlApproved: Tale = {
  title: 'Permesso ZTL, approved after an integration',
  service: 'permesso-ztl',
  codePrefix: 'ZTL',
  applicant: 'giulia.bianchi',
  officer: 'marco.conti',
  manual: [
    ...UNTIL_IN_CHARGE,
    ['Integrazioni richieste', 'integrationRequested'],
    ['In attesa di integrazioni', 'integrationRequestRegistered'],
    ['Integrazioni ricevute', 'integrationAnswered'],
    ['In carico', 'integrationAnswerRegistered'],
    ['Elaborata', 'decided'],
    ['Accettata', 'outcomeRegistered'],
  ],
  end: {
    status: 'approved',
    documents: ['request', 'integrationRequest', 'integrationAnswer', 'decision'],
    mails: [...PAID_AND_IN_CHARGE, 'integrationRequested', 'integrationReceived', 'approved'],
  },
  tell: async (story) => {
    await apply(story, residentApplication);
    await story.officerActs('asks for the plate and a photo', 'integration-requests', {
      message:
        'La targa indicata nella domanda (FN581TK) non corrisponde a quella della carta di circolazione. ' +
        'Indica di nuovo la targa e allega una foto del veicolo in cui si legga.',
      fields: ['vehicle.plate'],
      documents: [{ key: 'photo', label: 'Foto del veicolo con la targa leggibile' }],
    });
    await story.expect('integrationRequested', 'documentReady', 'integrationRequestRegistered', 'delivered');
    const photo = await story.upload(story.applicant, 'integration.1.photo', vehiclePhoto());
    await story.applicantActs('answers with both', 'integration-answers', {
      message: 'Ho corretto la targa e allegato la foto.',
      values: { 'vehicle.plate': 'FN 581 TR' },
      documents: { photo: [photo] },
    });
    await story.expect('integrationAnswered', 'documentReady', 'integrationAnswerRegistered');
    await story.officerActs('approves', 'approve', {
      message:
        'Verificati la residenza nella zona a traffico limitato e i dati del veicolo FN581TR: ' +
        'il permesso vale un anno dalla data richiesta.',
    });
    await story.expect('decided', 'documentReady', 'outcomeRegistered', 'delivered');
  },
};

/** The same permit, refused. */
export const ztlRejected: Tale = {
  title: 'Permesso ZTL, rejected',
  service: 'permesso-ztl',
  codePrefix: 'ZTL',
  applicant: 'paolo.esposito',
  officer: 'marco.conti',
  manual: [...UNTIL_IN_CHARGE, ['Elaborata', 'decided'], ['Rifiutata', 'outcomeRegistered']],
  end: {
    status: 'rejected',
    documents: ['request', 'decision'],
    mails: [...PAID_AND_IN_CHARGE, 'rejected'],
  },
  tell: async (story) => {
    await apply(story, workerApplication);
    await story.officerActs('rejects, with reasons', 'reject', {
      message:
        'La carta di circolazione allegata riguarda il veicolo FN581TR, intestato a un’altra persona, e non il veicolo ' +
        'GH456KL indicato nella domanda; inoltre non risulta alcuna sede di lavoro nella zona a traffico limitato. ' +
        'Contro questo provvedimento puoi ricorrere al TAR entro 60 giorni.',
    });
    await story.expect('decided', 'documentReady', 'outcomeRegistered', 'delivered');
  },
};

/** From draft to taken in charge: written, sent, paid, registered. */
async function apply(story: Story, application: (certificateId: string) => object): Promise<void> {
  const certificate = await story.upload(story.applicant, 'vehicle.registrationCertificate', registrationCertificate());
  await story.saveDraft(application(certificate));
  await story.applicantActs('fills in the form, attaches the certificate and sends', 'submit');
  await story.expect('paymentRequested');
  await story.pay();
  await story.expect('paymentReceived', 'submitted', 'documentReady', 'registrationStarted', 'requestRegistered');
  await story.officerActs('takes the practice in charge', 'take-charge');
  await story.expect('chargeTaken');
}

/** Giulia lives in the zone and has mistyped her plate: the office will ask for it again. */
function residentApplication(certificateId: string): object {
  return {
    applicant: {
      givenName: 'Giulia',
      familyName: 'Bianchi',
      taxCode: 'BNCGLI85T50D612A',
      email: 'giulia.bianchi@posta.example',
      phone: '+39 055 0123456',
    },
    residence: { street: 'Via dei Tintori 12', city: 'Bugliano' },
    vehicle: { plate: 'FN 581 TK', model: 'Fiat Panda', registrationCertificate: [certificateId] },
    permit: {
      reason: 'resident',
      from: inDays(7),
      notes: 'Il garage condominiale si trova in via dei Tintori 14.',
      privacy: true,
    },
  };
}

/** Paolo lives elsewhere and attaches somebody else's certificate: the office will reject. */
function workerApplication(certificateId: string): object {
  return {
    applicant: {
      givenName: 'Paolo',
      familyName: 'Esposito',
      taxCode: 'SPSPLA78H22F839Z',
      email: 'paolo.esposito@posta.example',
    },
    residence: { street: 'Viale Europa 40', city: 'Bugliano' },
    vehicle: { plate: 'GH 456 KL', model: 'Ford Transit', registrationCertificate: [certificateId] },
    permit: { reason: 'work', from: inDays(3), privacy: true },
  };
}
