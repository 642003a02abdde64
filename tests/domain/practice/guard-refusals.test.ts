import { REFUSALS } from '../../../src/domain/errors';
import { guard } from '../../../src/domain/practice/guard';
import { freeRules } from '../support';
import { Life, type Told } from './life';
import { situation } from './state-table/situations';

const REGISTERED = 'approval, registered on submission';

/** The refusal as it must be: whole, with the words of the catalogue, which have a test of their own. */
function told(code: Told['code'], params: Told['params']): Told {
  const { status, sentence, remedy } = REFUSALS[code];
  return { code, params, status, detail: sentence(params), remedy: remedy(params) };
}

const inCharge = { status: 'inCharge', statusLabel: 'In carico' };
const approve = { act: 'approve', actLabel: 'Approva' };

test('a role that may not act is told which roles may', () => {
  expect(situation(REGISTERED, 'inCharge').refuses('auditor', 'approve')).toEqual(
    told('ROLE_NOT_ALLOWED', { ...approve, ...inCharge, role: 'auditor', roles: 'operator, manager' }),
  );
});

test('an act that the service turns off is refused whatever the state', () => {
  const withdraw = { act: 'withdraw', actLabel: 'Ritira', status: 'draft', statusLabel: 'Bozza' };
  const rules = freeRules({ switches: { ...freeRules().switches, withdraw: false } });
  expect(new Life(rules).refuses('applicant', 'withdraw')).toEqual(told('ACT_DISABLED_BY_SERVICE', withdraw));
});

test('an act that a kind of service does not have is refused in the same words', () => {
  expect(situation('forward, nothing registered', 'received').refuses('holder', 'approve')).toEqual(
    told('ACT_DISABLED_BY_SERVICE', { ...approve, status: 'received', statusLabel: 'Acquisita' }),
  );
});

test('who did not file the application can neither send nor delete it', () => {
  const draft = situation(REGISTERED, 'draft');
  const state = { status: 'draft', statusLabel: 'Bozza' };
  expect(draft.refuses('stranger', 'submit')).toEqual(
    told('NOT_APPLICANT', { act: 'submit', actLabel: 'Invia', ...state }),
  );
  expect(draft.refuses('colleague', 'deleteDraft')).toEqual(
    told('NOT_APPLICANT', { act: 'deleteDraft', actLabel: 'Elimina la bozza', ...state }),
  );
});

test('an ended practice takes no more acts', () => {
  expect(situation(REGISTERED, 'approved').refuses('holder', 'reject')).toEqual(
    told('PRACTICE_CLOSED', { act: 'reject', actLabel: 'Rifiuta', status: 'approved', statusLabel: 'Accettata' }),
  );
});

test('in the wrong state one reads in which states the act is possible', () => {
  expect(situation(REGISTERED, 'awaitingIntegration').refuses('holder', 'approve')).toEqual(
    told('ACT_NOT_ALLOWED_IN_STATE', {
      ...approve,
      status: 'awaitingIntegration',
      statusLabel: 'In attesa di integrazioni',
      allowedIn: 'In carico',
    }),
  );
});

test.each(['takeOver', 'release'] as const)('nobody can %s what nobody has in charge', (act) => {
  const life = situation(REGISTERED, 'inCharge').does('holder', 'release');
  const { code, remedy } = life.refuses('colleague', act);
  expect([code, remedy]).toEqual(
    act === 'takeOver'
      ? ['NOBODY_IN_CHARGE', 'Prendi in carico la pratica.']
      : ['NOT_ASSIGNEE', 'Prendi in carico la pratica, poi ripeti l’azione.'],
  );
});

test('only who holds the practice decides it, and others read how to take over', () => {
  const refusal = situation(REGISTERED, 'inCharge').refuses('manager', 'approve');
  expect(refusal).toEqual(told('NOT_ASSIGNEE', { ...approve, ...inCharge, held: true }));
  expect(refusal.remedy).toBe('Subentra nella pratica, poi ripeti l’azione.');
});

test('what somebody holds is taken over, not taken in charge', () => {
  expect(situation(REGISTERED, 'inCharge').refuses('colleague', 'takeCharge')).toEqual(
    told('ALREADY_IN_CHARGE', { act: 'takeCharge', actLabel: 'Prendi in carico', ...inCharge }),
  );
});

test('who holds a practice need not take it over', () => {
  expect(situation(REGISTERED, 'inCharge').refuses('holder', 'takeOver')).toEqual(
    told('ALREADY_YOURS', { act: 'takeOver', actLabel: 'Subentra', ...inCharge }),
  );
});

test('a practice that waits for its number is assigned to nobody', () => {
  const registering = { status: 'registering', statusLabel: 'In attesa di protocollazione' };
  const refusal = situation(REGISTERED, 'registering').refuses('manager', 'assign', { assignTo: { office: 'o-1' } });
  expect(refusal).toEqual(told('NOT_REGISTERED_YET', { act: 'assign', actLabel: 'Assegna', ...registering }));
});

test('a registration or a position that nobody refused needs no retry', () => {
  const registering = { status: 'registering', statusLabel: 'In attesa di protocollazione' };
  const retry = { act: 'retryRegistration', actLabel: 'Riprova la protocollazione' };
  const life = situation(REGISTERED, 'registering').raises('deliveryFailed');
  expect(life.refuses('holder', 'retryRegistration')).toEqual(told('NOTHING_TO_RETRY', { ...retry, ...registering }));
  expect(situation(REGISTERED, 'awaitingPayment').refuses('applicant', 'retryPayment')).toEqual(
    told('NOTHING_TO_RETRY', {
      act: 'retryPayment',
      actLabel: 'Riprova a creare il pagamento',
      status: 'awaitingPayment',
      statusLabel: 'In attesa di pagamento',
    }),
  );
});

describe('who decides says on which version', () => {
  const life = situation(REGISTERED, 'inCharge');
  const command = life.command('approve', 'holder');

  test('a decision without one is refused', () => {
    const { actVersion: _missing, ...unversioned } = command;
    expect(guard(life.state, life.clock, unversioned)).toEqual({ code: 'VERSION_REQUIRED', params: approve });
  });

  test.each([-1, 1])('a decision taken on a version %s away is stale', (away) => {
    const actual = life.state.actVersion;
    const given = actual + away;
    expect(guard(life.state, life.clock, { ...command, actVersion: given })).toEqual({
      code: 'STALE_VERSION',
      params: { ...approve, ...inCharge, given, actual },
    });
  });

  test('an applicant needs none: a number that arrives must not throw an answer out', () => {
    const waiting = situation(REGISTERED, 'awaitingIntegration');
    const { actVersion: _missing, ...answer } = waiting.command('answerIntegration', 'applicant');
    expect(guard(waiting.state, waiting.clock, answer)).toBeUndefined();
  });
});
