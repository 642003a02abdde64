import { bundleSource } from '../../scripts/workflow-bundle';
import { endRuntime, quietRuntime } from '../support/runtime';
import { replaced } from './mutations';
import { misfits, REPLAY_LIMIT_MS } from './replayed';

beforeAll(() => quietRuntime());
afterAll(() => endRuntime());

/** What every release may change, because it alters neither kind nor order of commands. */
const CHANGES: readonly (readonly [string, string, string, string])[] = [
  ['a comment', 'entity.ts', '/** Takes a payment receipt. */', '/** Takes what the gateway says. */'],
  ['a text for the engine’s screens', 'steps/documents.ts', 'summary: `Documento $', 'summary: `Atto $'],
  [
    'time-outs and retries',
    'proxies.ts',
    "startToCloseTimeout: '20s'",
    "startToCloseTimeout: '25s', heartbeatTimeout: '5s'",
  ],
  [
    'a function of its own',
    'steps/payments.ts',
    'await p.receive(closed.news);',
    'await (async () => p.receive(closed.news))();',
  ],
  [
    'a new message',
    'handlers.ts',
    'setHandler(snapshotQuery',
    "setHandler(defineSignal('somethingNew'), () => {});\n  setHandler(snapshotQuery",
  ],
];

test(
  `${CHANGES.map(([name]) => name).join(', ')}: every lived history still replays`,
  async () => {
    // All of them at once, because each costs a replay of everything; a history that is named tells which it was.
    const made: string[] = [];
    const bundle = await bundleSource((path, source) => {
      const changes = CHANGES.filter(([, short]) => path === `src/workflows/practice/${short}`);
      made.push(...changes.map(([name]) => name));
      const head = path.endsWith('/handlers.ts') ? "import { defineSignal } from '@temporalio/workflow';\n" : '';
      return changes.reduce((text, [, , from, to]) => replaced(text, from, to), head + source);
    });
    expect(made.sort()).toEqual(CHANGES.map(([name]) => name).sort());
    expect(await misfits(bundle)).toEqual([]);
  },
  REPLAY_LIMIT_MS,
);
