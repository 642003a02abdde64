import * as fc from 'fast-check';
import { ACTS, type Actor, ROLES } from '../../../src/domain/practice/acts';
import { DECIDABLE_ACTS } from '../../../src/domain/practice/decide';
import { APPLICANT, freeRules, OFFICER, printedSeed, ztlRules } from '../support';
import { Diary, Walk } from './walk';

const STEPS = 10_000;

/** Lives that differ in everything a service decides. */
const SERVICES = [
  ztlRules,
  freeRules({ integrationDays: 10 }),
  { ...ztlRules, payment: { amountCents: 1600, windowMinutes: 60, onExpiry: 'draft' as const } },
  freeRules({ registration: 'none', switches: { ...ztlRules.switches, integration: false } }),
];

class Step implements fc.Command<object, Walk> {
  constructor(
    private readonly text: string,
    private readonly ms: number,
    private readonly move: (walk: Walk) => void,
  ) {}
  check(): boolean {
    return true;
  }
  run(_model: object, walk: Walk): void {
    walk.tick(this.ms);
    this.move(walk);
  }
  toString(): string {
    return `${this.text} after ${this.ms} ms`;
  }
}

/** From a second to three weeks: most steps come soon, some after a deadline. */
const pause = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1_000, max: 3_600_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 3_600_000, max: 21 * 86_400_000 }) },
);
const rightActors: fc.Arbitrary<Actor> = fc.constantFrom(
  { id: APPLICANT, role: 'citizen' },
  { id: OFFICER, role: 'operator' },
  { id: OFFICER, role: 'manager' },
  { id: 'person-other', role: 'operator' },
);
const anyActor: fc.Arbitrary<Actor> = fc.record({
  id: fc.constantFrom(APPLICANT, OFFICER, 'person-other'),
  role: fc.constantFrom(...ROLES),
});
const version = fc.oneof(
  { weight: 8, arbitrary: fc.constant('current' as const) },
  { weight: 1, arbitrary: fc.constantFrom('stale' as const, 'missing' as const) },
);

const steps = [
  fc
    .tuple(fc.nat(20), version, pause)
    .map(([choice, on, ms]) => new Step(`possible ${choice} ${on}`, ms, (walk) => walk.possible(choice, on))),
  fc
    .tuple(fc.constantFrom(...DECIDABLE_ACTS), rightActors, version, pause)
    .map(([act, who, on, ms]) => new Step(`${act} by ${who.role}`, ms, (walk) => walk.act(act, who, on))),
  fc
    .tuple(fc.constantFrom(...ACTS), anyActor, version, pause)
    .map(([act, who, on, ms]) => new Step(`${act} by ${who.id}/${who.role}`, ms, (walk) => walk.act(act, who, on))),
  fc
    .tuple(
      fc.constantFrom(1600, 1600, 1600, 1500),
      fc.constantFrom(0, 0, 0, -1, 1),
      fc.constantFrom(0, 60_000, 9e8),
      pause,
    )
    .map(([cents, off, ago, ms]) => new Step(`receipt of ${cents}`, ms, (walk) => walk.receipt(cents, off, ago))),
  fc
    .tuple(
      fc.constantFrom('registered', 'registered', 'registered', 'registrationRejected', 'registrationUncertain'),
      pause,
    )
    .map(([answer, ms]) => new Step(`step ${answer}`, ms, (walk) => walk.step(answer as 'registered'))),
  fc
    .tuple(fc.constantFrom('registered' as const), pause)
    .map(([answer, ms]) => new Step(`step ${answer}`, ms, (walk) => walk.step(answer))),
  pause.map((ms) => new Step('nearest deadline', ms, (walk) => walk.deadline())),
  fc.tuple(fc.nat(50), pause).map(([index, ms]) => new Step(`resend ${index}`, ms, (walk) => walk.resend(index))),
];

test('10,000 random steps never leave the table, lose a number or spoil a state', async () => {
  const diary = new Diary();
  await fc.assert(
    fc.property(fc.commands(steps, { maxCommands: 300, size: 'max' }), fc.nat(SERVICES.length - 1), (moves, first) => {
      const rules = [...SERVICES.slice(first), ...SERVICES.slice(0, first)];
      const walk = new Walk(rules, diary);
      fc.modelRun(() => ({ model: {}, real: walk }), moves);
      walk.checkReplay();
    }),
    { seed: printedSeed(), numRuns: 100 },
  );
  expect(diary.steps).toBeGreaterThanOrEqual(STEPS);
  // The walk is worth something only if it went everywhere.
  expect([...diary.statuses].sort()).toEqual([
    'approved',
    'awaitingIntegration',
    'awaitingPayment',
    'deciding',
    'draft',
    'expired',
    'inCharge',
    'integrationReceived',
    'integrationRequested',
    'received',
    'registered',
    'registering',
    'registeringOutcome',
    'rejected',
    'submitted',
  ]);
  expect([...diary.refusals]).toEqual(
    expect.arrayContaining([
      'ACT_DISABLED_BY_SERVICE',
      'ACT_NOT_ALLOWED_IN_STATE',
      'ACT_NOT_AVAILABLE',
      'NOT_APPLICANT',
      'NOT_ASSIGNEE',
      'PRACTICE_CLOSED',
      'ROLE_NOT_ALLOWED',
      'STALE_VERSION',
      'VERSION_REQUIRED',
    ]),
  );
});
