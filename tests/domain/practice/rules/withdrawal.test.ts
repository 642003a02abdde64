import { freeRules } from '../../support';
import { KINDS } from '../kinds';
import { Life } from '../life';
import { situation } from '../state-table/situations';

const REGISTERED = 'approval, registered on submission';
const sent = (feeCents = 0) => new Life(KINDS[REGISTERED]).does('applicant', 'submit', { feeCents });

test('withdrawal is on by default and refused where the service turns it off', () => {
  const rules = freeRules({ registration: 'none' });
  const off = { ...rules, switches: { ...rules.switches, withdraw: false } };
  expect(new Life(rules).does('applicant', 'submit').does('applicant', 'withdraw').state.status).toBe('withdrawn');
  expect(new Life(off).does('applicant', 'submit').refuses('applicant', 'withdraw')).toMatchObject({
    code: 'ACT_DISABLED_BY_SERVICE',
    detail: 'Il servizio non prevede "Ritira".',
  });
});

test('who is not the applicant withdraws nothing, not even who opened the draft', () => {
  const life = situation(REGISTERED, 'registered');
  expect(life.refuses('stranger', 'withdraw').code).toBe('NOT_APPLICANT');
  expect(life.refuses('author', 'withdraw').code).toBe('ROLE_NOT_ALLOWED');
});

test('what was paid is not withdrawn', () => {
  expect(sent(1600).receives().works().refuses('applicant', 'withdraw')).toEqual({
    code: 'WITHDRAW_AFTER_PAYMENT',
    params: { act: 'withdraw', actLabel: 'Ritira', status: 'registered', statusLabel: 'Protocollata' },
    status: 409,
    detail: 'La domanda non si può ritirare perché è già stata pagata.',
    remedy: 'Scrivi all’ufficio: solo l’ufficio può annullarla e rimborsare.',
  });
  const counter = sent(1600).does('holder', 'recordCounterPayment').works();
  expect(counter.refuses('applicant', 'withdraw').code).toBe('WITHDRAW_AFTER_PAYMENT');
});

test.each(['submitted', 'registering'] as const)(
  '%s, withdrawal is refused for 30 minutes, then accepted',
  (status) => {
    const life = situation(REGISTERED, status);
    const { status: http, code, detail, remedy } = life.waits(30).refuses('applicant', 'withdraw');
    expect([http, code, detail, remedy]).toEqual([
      409,
      'WITHDRAW_BEFORE_REGISTRATION',
      'La domanda è in attesa di protocollazione: si può ritirare appena ha il numero.',
      'Riprova tra poco; se il protocollo non risponde entro 30 minuti potrai ritirarla comunque.',
    ]);
    life.waits(1).does('applicant', 'withdraw').works();
    expect(life.state.status).toBe('withdrawn');
    expect(life.state.documents.map(({ kind, registration }) => [kind, registration?.number])).toEqual([
      ['request', '0000001'],
      ['withdrawal', '0000002'],
    ]);
  },
);

test('the half hour runs from the arrival, which is the payment where something was paid', () => {
  const rules = freeRules({ payment: { windowMinutes: 60, onExpiry: 'expired' } });
  const life = new Life(rules).does('applicant', 'submit', { stamps: 1 }).waits(120).does('applicant', 'provideStamps');
  expect(life.waits(30).refuses('applicant', 'withdraw').code).toBe('WITHDRAW_BEFORE_REGISTRATION');
  expect(life.waits(1).does('applicant', 'withdraw').state.status).toBe('withdrawn');
});

test.each(['registered', 'inCharge', 'awaitingIntegration'] as const)('%s, an application is withdrawn', (status) => {
  const life = situation(REGISTERED, status).does('applicant', 'withdraw').works();
  expect(life.state.status).toBe('withdrawn');
  expect(life.state.documents.at(-1)).toMatchObject({ kind: 'withdrawal', registration: {} });
});

test.each(['submitted', 'received', 'inCharge'] as const)(
  'without registration it is withdrawn at once: %s',
  (status) => {
    const life = situation('approval, nothing registered', status).does('applicant', 'withdraw').works();
    expect(life.state.status).toBe('withdrawn');
  },
);

test('what the other office has taken is not withdrawn any more', () => {
  const life = situation('forward, registered on submission', 'registered');
  expect(life.does('holder', 'takeCharge').refuses('applicant', 'withdraw').code).toBe('PRACTICE_CLOSED');
});

test('once decided, nothing is withdrawn, although stamps or money are waited for', () => {
  for (const status of ['deciding', 'awaitingFinalStamps', 'awaitingFinalPayment', 'registeringOutcome'] as const) {
    expect(situation(REGISTERED, status).refuses('applicant', 'withdraw').code).toBe('ACT_NOT_ALLOWED_IN_STATE');
  }
});
