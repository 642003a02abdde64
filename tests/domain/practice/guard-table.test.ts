import { ACTS, type Act, ROLES, type Role } from '../../../src/domain/practice/acts';
import { guard } from '../../../src/domain/practice/guard';
import { FINAL_STATUSES, STATUSES, type Status } from '../../../src/domain/practice/states';
import type { PracticeClock } from '../../../src/domain/terms/practice-clock';
import { APPLICANT, actor, command, OFFICER, practiceIn } from '../support';

/** Written by hand from the regulation of the service, and not from the tables of the code. */
interface Expected {
  readonly roles: readonly Role[];
  readonly person: 'applicant' | 'holder' | 'anyone';
  readonly states: readonly Status[];
}
const applicants: readonly Role[] = ['citizen', 'professional', 'delegate'];
const officers: readonly Role[] = ['operator', 'manager'];
const EXPECTED: Readonly<Partial<Record<Act, Expected>>> = {
  createDraft: { roles: applicants, person: 'anyone', states: [] },
  submit: { roles: applicants, person: 'applicant', states: ['draft'] },
  takeCharge: { roles: officers, person: 'anyone', states: ['registered'] },
  requestIntegration: { roles: officers, person: 'holder', states: ['inCharge'] },
  answerIntegration: { roles: applicants, person: 'applicant', states: ['awaitingIntegration'] },
  approve: { roles: officers, person: 'holder', states: ['inCharge'] },
  reject: { roles: officers, person: 'holder', states: ['inCharge'] },
  retryRegistration: {
    roles: ['operator', 'manager', 'administrator'],
    person: 'anyone',
    states: ['registering', 'integrationRequested', 'integrationReceived', 'deciding', 'registeringOutcome'],
  },
};

const clock: PracticeClock = { deadlines: [], suspended: false };
const PEOPLE = [APPLICANT, OFFICER, 'person-other'];

function expectedCode(act: Act, status: Status, role: Role, person: string): string {
  const rule = EXPECTED[act];
  if (!rule) return 'ACT_NOT_AVAILABLE';
  if (!rule.roles.includes(role)) return 'ROLE_NOT_ALLOWED';
  if (rule.person === 'applicant' && person !== APPLICANT) return 'NOT_APPLICANT';
  if (!rule.states.includes(status)) {
    return (FINAL_STATUSES as readonly Status[]).includes(status) ? 'PRACTICE_CLOSED' : 'ACT_NOT_ALLOWED_IN_STATE';
  }
  return rule.person === 'holder' && person !== OFFICER ? 'NOT_ASSIGNEE' : 'yes';
}

describe.each(ACTS)('%s', (act) => {
  test.each(STATUSES)('in %s is allowed to whom the regulation says, and to nobody else', (status) => {
    const state = practiceIn(status, { attention: ['registrationRejected'] });
    const found: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const role of ROLES) {
      for (const person of PEOPLE) {
        const told = guard(state, clock, command(act, { actor: actor(role, person), actVersion: state.actVersion }));
        found[`${role} ${person}`] = told?.code ?? 'yes';
        expected[`${role} ${person}`] = expectedCode(act, status, role, person);
      }
    }
    expect(found).toEqual(expected);
  });
});

test('without registration a received practice is taken in charge at once', () => {
  const { rules, ...rest } = practiceIn('received');
  const state = { ...rest, rules: { ...rules, registration: 'none' as const } };
  expect(guard(state, clock, command('takeCharge', { actVersion: 4 }))).toBeUndefined();
});

test('a registration that nobody refused needs no retry', () => {
  const state = practiceIn('registering', { attention: ['deliveryFailed', 'termPassed'] });
  expect(guard(state, clock, command('retryRegistration'))?.code).toBe('ACT_NOT_ALLOWED_IN_STATE');
});
