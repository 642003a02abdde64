import { endRuntime, quietRuntime } from '../support/runtime';
import { aDrift } from './commands';
import { replaced } from './mutations';
import { REPLAY_LIMIT_MS } from './replayed';

beforeAll(() => quietRuntime());
afterAll(() => endRuntime());

/** Changes that replay itself lets through: the commands stay the same, what they say does not. */
const CHANGES: readonly (readonly [string, string, string, string])[] = [
  [
    'an act forgets its command',
    'domain/practice/decide.ts',
    "'reopened', at, actor, data: { command: id }",
    "'reopened', at, actor, data: {}",
  ],
  ['an act says something else', 'domain/practice/decide.ts', "to: facts?.to ?? 'applicant'", "to: 'office'"],
  [
    'a receipt is recorded otherwise',
    'domain/practice/happenings.ts',
    'receipt: news.receipt, paidAt',
    'receipt: news.id, paidAt',
  ],
  [
    'a deadline has another effect',
    'domain/practice/happenings.ts',
    "expired(rules.payment?.onExpiry ?? 'expired')",
    "expired('annulled')",
  ],
  ['the register is given another reference', 'workflows/practice/steps/registration.ts', '/$', '-$'],
  ['the grace of deadlines is shorter', 'workflows/practice/workflow.ts', 'GRACE_MS = 5_000', 'GRACE_MS = 4_000'],
  ['the cause of an event has another name', 'workflows/practice/workflow.ts', '`timer:', '`deadline:'],
  ['the next run forgets what was processed', 'domain/practice/state.ts', '[...state.processed, key]', '[key]'],
];

test.each(CHANGES)(
  '%s: seen, although it replays',
  async (_name, file, from, to) => {
    const different = await aDrift((path, source) => (path === `src/${file}` ? replaced(source, from, to) : source));
    expect(different).toEqual(expect.any(String));
  },
  REPLAY_LIMIT_MS,
);
