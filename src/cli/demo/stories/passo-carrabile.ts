import { drivewayPhoto, drivewayPlan, registrationCertificate } from '../files';
import type { ManualRow } from '../manual';
import { newStamp } from '../stamps';
import type { Story } from '../story';
import type { Tale } from '../tale';

const SENT: readonly ManualRow[] = [
  ['Bozza', 'draftCreated'],
  ['In attesa di pagamento bolli', 'stampsRequested'],
  ['Bolli indicati', 'stampsProvided'],
  ['Inviata', 'submitted'],
  ['Acquisita', 'documentReady'],
  ['Protocollata', 'requestRegistered'],
  ['Assegnata', 'assigned'],
];

const RELEASED: readonly ManualRow[] = [
  ['Elaborata', 'decided'],
  ['In attesa di pagamento bolli', 'stampsRequested'],
  ['Bolli indicati', 'stampsProvided'],
  ['In attesa di pagamento', 'paymentRequested'],
  ['Pagamento ricevuto', 'paymentReceived'],
];

const MAILS_OF_RELEASE = ['awaitingFinalStamps', 'awaitingFinalPayment', 'paymentReceived'] as const;

/** A driveway in the old town: assigned by the zone, asked for more, approved with a stamp and a fee by metres. */
export const drivewayApproved: Tale = {
  title: 'Passo carrabile, approved with stamps and a deferred payment',
  service: 'passo-carrabile',
  codePrefix: 'PC',
  applicant: 'paolo.esposito',
  officer: 'luca.neri',
  manual: [
    ...SENT,
    ['Fase cambiata', 'phaseChanged'],
    ['Integrazioni richieste', 'integrationRequested'],
    ['In attesa di integrazioni', 'integrationRequestRegistered'],
    ['Integrazioni ricevute', 'integrationAnswered'],
    ['In carico', 'integrationAnswerRegistered'],
    ...RELEASED,
    ['Accettata', 'outcomeRegistered'],
  ],
  end: {
    status: 'approved',
    documents: ['request', 'integrationRequest', 'integrationAnswer', 'decision'],
    mails: [
      'awaitingStamps',
      'submitted',
      'registered',
      'inCharge',
      'phaseChanged',
      'integrationRequested',
      'integrationReceived',
      ...MAILS_OF_RELEASE,
      'approved',
    ],
  },
  tell: async (story) => {
    await apply(story, { zone: 'centro', metres: 3.5, street: 'Via dei Tintori 8' });
    await goOnToDecide(story);
    await story.officerActs('asks for the number of parking places and a title', 'integration-requests', {
      message: 'Conferma il numero di posti auto serviti e allega un documento che dimostri la proprietà.',
      fields: ['access.vehicles'],
      documents: [{ key: 'title', label: 'Titolo di proprietà o dichiarazione' }],
    });
    await story.expect('integrationRequested', 'documentReady', 'integrationRequestRegistered', 'delivered');
    const title = await story.upload(story.applicant, 'integration.1.title', registrationCertificate());
    await story.applicantActs('answers with both', 'integration-answers', {
      values: { 'access.vehicles': 6 },
      documents: { title: [title] },
    });
    await story.expect('integrationAnswered', 'documentReady', 'integrationAnswerRegistered');
    await story.officerActs('approves, with a stamp and the fee for 3.5 metres', 'approve', {
      message:
        'Il passo carrabile è autorizzato per una larghezza di 3,5 metri. Esponi il cartello che ti sarà consegnato.',
      stamps: 1,
      feeCents: 10_750,
    });
    await release(story);
  },
};

/** A wider one elsewhere: assigned to an office, taken there, granted for fewer metres than asked. */
export const drivewayPartly: Tale = {
  title: 'Passo carrabile, approved in part',
  service: 'passo-carrabile',
  codePrefix: 'PC',
  applicant: 'giulia.bianchi',
  officer: 'luca.neri',
  manual: [
    ...SENT,
    ['Presa in carico', 'chargeTaken'],
    ['Fase cambiata', 'phaseChanged'],
    ...RELEASED,
    ['Parzialmente approvata', 'outcomeRegistered'],
  ],
  end: {
    status: 'partiallyApproved',
    documents: ['request', 'decision'],
    mails: [
      'awaitingStamps',
      'submitted',
      'registered',
      'inCharge',
      'phaseChanged',
      ...MAILS_OF_RELEASE,
      'partiallyApproved',
    ],
  },
  tell: async (story) => {
    await apply(story, { zone: 'nord', metres: 6, street: 'Viale Europa 3' });
    await story.officerActs('takes the practice in charge', 'take-charge');
    await story.expect('chargeTaken');
    await story.officerIsRefused('approves before the inquiry', 'approve', 'PHASE_NOT_DECIDING', {
      message: 'Autorizzato.',
    });
    await goOnToDecide(story);
    await story.officerActs('approves three metres of the six asked for', 'approve-partially', {
      message: 'Il passo carrabile è autorizzato per 3 metri: oltre non resta il posto per l’attraversamento pedonale.',
      stamps: 1,
      feeCents: 9_500,
    });
    await release(story);
  },
};

interface Driveway {
  readonly zone: string;
  readonly metres: number;
  readonly street: string;
}

/** From draft to assigned by the zone: written, sent, stamped, registered. */
async function apply(story: Story, driveway: Driveway): Promise<void> {
  const plan = await story.upload(story.applicant, 'access.plan', drivewayPlan());
  const photo = await story.upload(story.applicant, 'access.photo', drivewayPhoto());
  await story.saveDraft(application(story.applicant.name, driveway, plan, photo));
  await story.applicantActs('fills in the form, attaches plan and photo and sends', 'submit');
  await story.expect('stampsRequested');
  await story.applicantActs('gives the number of the stamp', 'stamps', { stamps: [newStamp()] });
  await story.expect(
    'stampsProvided',
    'submitted',
    'documentReady',
    'registrationStarted',
    'requestRegistered',
    'assigned',
  );
}

async function goOnToDecide(story: Story): Promise<void> {
  await story.officerActs('goes on to the inquiry', 'phase', {
    phase: 'istruttoria',
    note: 'La domanda è completa: si passa alla verifica sul posto.',
  });
  await story.expect('phaseChanged');
}

/** From the decision to its number: stamp and fee first. */
async function release(story: Story): Promise<void> {
  await story.expect('decided', 'documentReady', 'stampsRequested');
  await story.applicantActs('gives the number of the stamp for the permit', 'stamps', { stamps: [newStamp()] });
  await story.expect('stampsProvided', 'paymentRequested');
  await story.pay();
  await story.expect('paymentReceived', 'outcomeReleased', 'outcomeRegistered', 'delivered');
}

const TAX_CODES: Readonly<Record<string, string>> = {
  'Paolo Esposito': 'SPSPLA78H22F839Z',
  'Giulia Bianchi': 'BNCGLI85T50D612A',
};

function application(name: string, { zone, metres, street }: Driveway, plan: string, photo: string): object {
  const [givenName = '', familyName = ''] = name.split(' ');
  return {
    applicant: {
      givenName,
      familyName,
      taxCode: TAX_CODES[name],
      email: `${givenName}.${familyName}@posta.example`.toLowerCase(),
    },
    property: { street, zone, sheet: '12', parcel: '345', title: 'owner' },
    access: { kind: 'kerb', metres, vehicles: 4, plan: [plan], photo: [photo], privacy: true },
  };
}
