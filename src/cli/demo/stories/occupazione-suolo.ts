import { inDays, squarePlan } from '../files';
import type { ManualRow } from '../manual';
import type { Story } from '../story';
import type { Tale } from '../tale';

const ARRIVED: readonly ManualRow[] = [
  ['Inviata', 'submitted'],
  ['Acquisita', 'documentReady'],
  ['Protocollata', 'requestRegistered'],
];

/** A scaffold, paid with the request: whoever has paid can't withdraw any more. */
export const groundApproved: Tale = {
  title: 'Occupazione di suolo pubblico, withdrawal refused because it is paid',
  service: 'occupazione-suolo',
  codePrefix: 'OSP',
  applicant: 'giulia.bianchi',
  officer: 'luca.neri',
  manual: [
    ['Bozza', 'draftCreated'],
    ['In attesa di pagamento', 'paymentRequested'],
    ['Pagamento ricevuto', 'paymentReceived'],
    ...ARRIVED,
    ['In carico', 'chargeTaken'],
    ['Elaborata', 'decided'],
    ['Accettata', 'outcomeRegistered'],
  ],
  end: {
    status: 'approved',
    documents: ['request', 'decision'],
    mails: ['awaitingPayment', 'submitted', 'registered', 'inCharge', 'approved'],
  },
  tell: async (story) => {
    await send(story, { purpose: 'scaffolding', days: 5 });
    await story.expect('paymentRequested');
    await story.pay();
    await story.expect('paymentReceived', 'submitted', 'documentReady', 'registrationStarted', 'requestRegistered');
    await story.applicantIsRefused('withdraws', 'withdrawals', 'WITHDRAW_AFTER_PAYMENT', {
      reason: 'I lavori sono stati rinviati.',
    });
    await story.officerActs('takes the practice in charge', 'take-charge');
    await story.expect('chargeTaken');
    await story.officerActs('approves', 'approve', {
      message:
        'L’occupazione è autorizzata per i giorni e l’area richiesti. Lascia libero il passaggio dei mezzi di soccorso.',
    });
    await story.expect('decided', 'documentReady', 'outcomeRegistered', 'delivered');
  },
};

/** A stall of an association, exempt from the fee, sent by a delegate and withdrawn. */
export const groundWithdrawn: Tale = {
  title: 'Occupazione di suolo pubblico, exempt from the fee and withdrawn',
  service: 'occupazione-suolo',
  codePrefix: 'OSP',
  applicant: 'davide.greco',
  officer: 'luca.neri',
  manual: [['Bozza', 'draftCreated'], ...ARRIVED, ['Ritirata', 'withdrawn']],
  end: {
    status: 'withdrawn',
    documents: ['request', 'withdrawal'],
    mails: ['submitted', 'registered', 'withdrawn'],
  },
  tell: async (story) => {
    await send(story, { purpose: 'nonProfit', days: 2, association: 'Amici della biblioteca' });
    await story.expect('submitted', 'documentReady', 'registrationStarted', 'requestRegistered');
    await story.applicantActs('withdraws', 'withdrawals', {
      reason: 'La festa è stata spostata nel cortile della biblioteca.',
    });
    await story.expect('withdrawn', 'documentReady', 'documentRegistered');
  },
};

async function send(story: Story, occupation: Readonly<Record<string, string | number>>): Promise<void> {
  const plan = await story.upload(story.applicant, 'occupation.plan', squarePlan());
  await story.saveDraft({
    applicant: {
      givenName: 'Giulia',
      familyName: 'Bianchi',
      taxCode: 'BNCGLI85T50D612A',
      email: 'giulia.bianchi@posta.example',
      phone: '+39 055 0123456',
    },
    occupation: {
      street: 'Piazza del Mercato',
      zone: 'centro',
      squareMetres: 24,
      from: inDays(20),
      plan: [plan],
      privacy: true,
      ...occupation,
    },
  });
  await story.applicantActs('fills in the form, attaches the plan and sends', 'submit');
}
