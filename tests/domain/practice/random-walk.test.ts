import * as fc from 'fast-check';
import { ACTS, type Actor, ROLES } from '../../../src/domain/practice/acts';
import type { CommandFacts } from '../../../src/domain/practice/command';
import { EVENT_LABELS } from '../../../src/domain/practice/event-labels';
import type { ProcedureRules } from '../../../src/domain/practice/rules';
import { STATUSES } from '../../../src/domain/practice/states';
import { TRANSITIONS, type Transition } from '../../../src/domain/practice/transitions';
import { printedSeed } from '../support';
import { KINDS, PEOPLE } from './kinds';
import { Diary, Walk } from './walk';

const STEPS = 20_000;

/** The seven kinds, and what they may decide differently. */
const VARIANTS: readonly ProcedureRules[] = [
  {
    ...KINDS['approval, registered on submission'],
    noticeRequired: true,
    draftDays: 20,
    payment: { windowMinutes: 60, onExpiry: 'draft' },
    releasePayment: { windowMinutes: 60, onExpiry: 'annulled' },
  },
];
const SERVICES: readonly ProcedureRules[] = [...Object.values(KINDS), ...VARIANTS];

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
const person: fc.Arbitrary<Actor> = fc.constantFrom(...Object.values(PEOPLE));
const anybody: fc.Arbitrary<Actor> = fc.record({
  id: fc.constantFrom(...Object.values(PEOPLE).map(({ id }) => id)),
  role: fc.constantFrom(...ROLES),
});
const version = fc.oneof(
  { weight: 8, arbitrary: fc.constant('current' as const) },
  { weight: 1, arbitrary: fc.constantFrom('stale' as const, 'missing' as const) },
);
/** What an act may say; each act takes of it what concerns it. */
const facts: fc.Arbitrary<CommandFacts> = fc.record(
  {
    feeCents: fc.constantFrom(0, 0, 1600, 5_000),
    stamps: fc.constantFrom(0, 0, 1, 2),
    assignTo: fc.constantFrom({ operator: PEOPLE.holder.id }, { office: 'office-2' }),
    priority: fc.constantFrom('high', 'medium', 'low'),
    phase: fc.constantFrom('preliminary', 'review', 'nowhere'),
    to: fc.constantFrom('applicant', 'office'),
    noticeWaived: fc.constant('otherLaw'),
  },
  { requiredKeys: ['phase', 'priority'] },
);

const possible = fc
  .tuple(fc.nat(200), facts, pause)
  .map(([choice, what, ms]) => new Step(`possible ${choice}`, ms, (walk) => walk.possible(choice, what)));
const answer = fc.constantFrom('done', 'done', 'done', 'registrationRejected', 'registrationUncertain');
const work = fc
  .tuple(answer, pause)
  .map(([how, ms]) => new Step(`work ${how}`, ms, (walk) => walk.work(how as 'done')));
const anyAct = (who: fc.Arbitrary<Actor>) =>
  fc
    .tuple(fc.constantFrom(...ACTS), who, facts, version, pause)
    .map(([act, by, what, on, ms]) => new Step(`${act} by ${by.id}`, ms, (walk) => walk.act(act, by, what, on)));
const receipt = fc
  .tuple(fc.constantFrom(0, 0, 0, 1500), fc.constantFrom(0, 0, 0, -1, 1), fc.constantFrom(0, 60_000, 9e8), pause)
  .map(([cents, off, ago, ms]) => new Step(`receipt ${cents}`, ms, (walk) => walk.receipt(cents, off, ago)));

const steps = [
  ...[possible, possible, possible, possible, work, work, work, receipt, anyAct(person), anyAct(anybody)],
  pause.map((ms) => new Step('nearest deadline', ms, (walk) => walk.deadline())),
  pause.map((ms) => new Step('position refused', ms, (walk) => walk.positionRefused())),
  fc.tuple(fc.nat(50), pause).map(([index, ms]) => new Step(`resend ${index}`, ms, (walk) => walk.resend(index))),
];

const diary = new Diary();

test('20,000 random steps never leave the table, take money twice, lose a document, or end in a dead end', async () => {
  await fc.assert(
    fc.property(fc.commands(steps, { maxCommands: 300, size: 'max' }), fc.nat(SERVICES.length - 1), (moves, first) => {
      const walk = new Walk([...SERVICES.slice(first), ...SERVICES.slice(0, first)], diary);
      fc.modelRun(() => ({ model: {}, real: walk }), moves);
      walk.checkReplay();
    }),
    { seed: printedSeed(), numRuns: 220, endOnFailure: true },
  );
  expect(diary.steps).toBeGreaterThanOrEqual(STEPS);
});

describe('the walk is worth something because it went everywhere', () => {
  test('every state was seen', () => {
    const seen = new Set([...diary.statuses.values()].flatMap((statuses) => [...statuses]));
    expect(STATUSES.filter((status) => !seen.has(status))).toEqual([]);
  });

  test('every event happened but evidence of delivery, which moves nothing', () => {
    expect(Object.keys(EVENT_LABELS).filter((type) => !diary.events.has(type))).toEqual(['delivered']);
  });

  test('of ten edges of the table nine at least were followed', () => {
    const rows: readonly Transition[] = TRANSITIONS;
    const edges = rows.flatMap(({ from, to }) => from.flatMap((a) => to.map((b) => `${a} → ${b}`)));
    const missed = [...new Set(edges)].filter((edge) => !diary.edges.has(edge));
    expect(missed.length).toBeLessThan(edges.length / 10);
  });

  test('a service that only passes on or is only paid is decided by nobody', () => {
    for (const [rules, statuses] of diary.statuses) {
      if (rules.workflow === 'approval') continue;
      expect(
        [...statuses].filter((status) => ['deciding', 'approved', 'rejected', 'archived'].includes(status)),
      ).toEqual([]);
    }
  });

  test('it was refused for most reasons that the guard can give', () => {
    expect([...diary.refusals]).toEqual(
      expect.arrayContaining([
        'ACT_DISABLED_BY_SERVICE',
        'ACT_NOT_ALLOWED_IN_STATE',
        'NOTHING_TO_RETRY',
        'NOT_APPLICANT',
        'NOT_ASSIGNEE',
        'PRACTICE_CLOSED',
        'ROLE_NOT_ALLOWED',
      ]),
    );
  });
});
