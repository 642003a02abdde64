import { epochMs, instant } from '../../../../src/domain/ids';
import type { Act } from '../../../../src/domain/practice/acts';
import { guard, guardInTurn, late } from '../../../../src/domain/practice/guard';
import type { DeadlineKind } from '../../../../src/domain/terms/practice-clock';
import { freeRules } from '../../support';
import type { Person } from '../kinds';
import { Life } from '../life';
import { situation } from '../state-table/situations';

const REGISTERED = 'approval, registered on submission';
const draft = () => new Life(freeRules({ draftDays: 3 }));
const paying = () => situation(REGISTERED, 'awaitingPayment');

/** An act in the last millisecond of its time, and in the next one. */
function around(life: Life, who: Person, act: Act, kind: DeadlineKind) {
  const { state, clock } = life;
  const expiresAt = clock.deadlines.find((row) => row.kind === kind)?.expiresAt ?? life.now;
  const command = life.command(act, who);
  const inTime = { ...command, receivedAt: instant(epochMs(expiresAt) - 1) };
  return { state, clock, inTime, tooLate: { ...command, receivedAt: expiresAt } };
}

test.each([
  ['an application', draft, 'applicant', 'submit', 'draft'],
  ['a payment at the counter', paying, 'colleague', 'recordCounterPayment', 'payment'],
] as const)(
  '%s is taken until its time is over, and refused from then on although nobody carried the end out yet',
  (...of) => {
    const [, begin, who, act, kind] = of;
    const { state, clock, inTime, tooLate } = around(begin(), who, act, kind);
    expect(guard(state, clock, inTime)).toBeUndefined();
    expect(guard(state, clock, tooLate)).toMatchObject({ code: 'DEADLINE_PASSED', params: { deadline: kind } });
    expect([late(state, clock, inTime), late(state, clock, tooLate)?.code]).toEqual([undefined, 'DEADLINE_PASSED']);
  },
);

test('an act that an earlier release took too late is taken again when its history is replayed', () => {
  const { state, clock, tooLate } = around(draft(), 'applicant', 'submit', 'draft');
  expect(guardInTurn(state, clock, tooLate)).toBeUndefined();
});

test('an answer that comes too late is refused in its turn as well', () => {
  const life = situation(REGISTERED, 'awaitingIntegration');
  const { state, clock, inTime, tooLate } = around(life, 'applicant', 'answerIntegration', 'integration');
  expect(guardInTurn(state, clock, inTime)).toBeUndefined();
  expect(guardInTurn(state, clock, tooLate)).toMatchObject({ code: 'DEADLINE_PASSED' });
});
