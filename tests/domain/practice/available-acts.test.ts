import * as fc from 'fast-check';
import { ROLES } from '../../../src/domain/practice/acts';
import { DECIDABLE_ACTS } from '../../../src/domain/practice/decide';
import { availableActs, guard } from '../../../src/domain/practice/guard';
import { STATUSES } from '../../../src/domain/practice/states';
import { APPLICANT, command, freeRules, OFFICER, practiceIn, printedSeed, ztlRules } from '../support';

const situations = fc.record({
  status: fc.constantFrom(...STATUSES),
  who: fc.record({ id: fc.constantFrom(APPLICANT, OFFICER, 'person-other'), role: fc.constantFrom(...ROLES) }),
  assignee: fc.constantFrom(OFFICER, 'person-other'),
  attention: fc.constantFrom([], ['registrationRejected' as const], ['registrationUncertain' as const]),
  rules: fc.constantFrom(
    ztlRules,
    freeRules({ registration: 'none' }),
    freeRules({ switches: { ...ztlRules.switches, integration: false, withdraw: false } }),
  ),
});

test('what a screen offers is what the guard lets through, and its reasons are the same', async () => {
  await fc.assert(
    fc.property(situations, ({ who, ...changes }) => {
      const state = practiceIn(changes.status, changes);
      const clock = { deadlines: [], suspended: false };
      const offered = availableActs(state, who);
      const told = offered.map(({ act }) => {
        const refusal = guard(state, clock, command(act, { actor: who, actVersion: state.actVersion }));
        return refusal ? { act, refusal } : { act };
      });
      expect(offered).toEqual(told);
    }),
    { seed: printedSeed(), numRuns: 1_000 },
  );
});

test('every act that can be decided is offered or explained, except opening what is open already', () => {
  const offered = availableActs(practiceIn('inCharge'), { id: OFFICER, role: 'operator' }).map(({ act }) => act);
  expect([...offered].sort()).toEqual(DECIDABLE_ACTS.filter((act) => act !== 'createDraft').sort());
});
