import * as fc from 'fast-check';
import { ACTS } from '../../../src/domain/practice/acts';
import { availableActs, guard } from '../../../src/domain/practice/guard';
import { STATUSES } from '../../../src/domain/practice/states';
import { freeRules, printedSeed } from '../support';
import { KINDS, type Kind, PEOPLE, type Person } from './kinds';
import { Life } from './life';
import { situation } from './state-table/situations';

const situations = (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
  STATUSES.flatMap((status) => {
    try {
      const life = situation(kind, status);
      return life.state.status === status ? [life] : [];
    } catch {
      // No practice of this kind comes to this state.
      return [];
    }
  }),
);
const people = fc.constantFrom(...(Object.keys(PEOPLE) as Person[]));
/** Minutes since the practice came to its state: before and after every deadline. */
const later = fc.constantFrom(0, 20, 31, 60 * 24 * 12, 60 * 24 * 40);

test('what a screen offers is what the guard lets through, and its reasons are the same', async () => {
  await fc.assert(
    fc.property(fc.constantFrom(...situations), people, later, (life, who, minutes) => {
      const { state, clock } = life;
      const receivedAt = new Date(Date.parse(life.now) + minutes * 60_000).toISOString() as typeof life.now;
      const offered = availableActs(state, PEOPLE[who], { clock, now: receivedAt });
      const told = offered.map(({ act }) => {
        const refusal = guard(state, clock, { ...life.command(act, who), receivedAt });
        return refusal ? { act, refusal } : { act };
      });
      expect(offered).toEqual(told);
    }),
    { seed: printedSeed(), numRuns: 500 },
  );
});

test('every act is offered or explained, except opening what is open already', () => {
  const { state } = situation('approval, nothing registered', 'inCharge');
  const offered = availableActs(state, PEOPLE.holder).map(({ act }) => act);
  expect(offered).toEqual(ACTS.filter((act) => act !== 'createDraft'));
});

test('a rejection that needs an exemption is offered: whether one is named is known only with the act', () => {
  const rules = freeRules({ registration: 'none', noticeRequired: true });
  const life = new Life(rules).does('applicant', 'submit').step().does('holder', 'takeCharge');
  const at = { clock: life.clock, now: life.now };
  expect(availableActs(life.state, PEOPLE.holder, at)).toContainEqual({ act: 'reject' });
  expect(life.refuses('holder', 'reject').code).toBe('REJECTION_NOTICE_REQUIRED');
});
