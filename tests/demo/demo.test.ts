import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { runDemo } from '../../src/cli/demo/demo';
import type { DemoOptions } from '../../src/cli/demo/options';
import { DemoFailure } from '../../src/cli/demo/patience';
import { TALES } from '../../src/cli/demo/stories';
import { Courier } from '../support/courier';
import { checkInvariants } from '../support/invariants';
import { buildSystem, type System, startSystem } from '../support/system';

const systems: System[] = [];
let courier: Courier | undefined;

afterEach(async () => {
  await courier?.stop();
  courier = undefined;
  for (const system of systems.splice(0)) await system.stop();
});

test('the demo leads a practice of each kind to its end, and shows every event beside what the manual requires', async () => {
  const { system, demo, told } = await listening(await startSystem());
  const results = await runDemo(demo);
  expect(
    results.map(({ code, outcome, documents }) => [code.replace(/\d{4}-/, ''), outcome, documents.length]),
  ).toEqual([
    ['ZTL-000001', 'Accettata', 4],
    ['ZTL-000002', 'Rifiutata', 2],
    ['PC-000001', 'Accettata', 4],
    ['PC-000002', 'Parzialmente approvata', 2],
    ['ATTI-000001', 'Rifiutata', 4],
    ['OSP-000001', 'Accettata', 2],
    ['OSP-000002', 'Ritirata', 2],
    ['CILA-000001', 'Archiviata', 4],
  ]);
  for (const [index, { documents, mails }] of results.entries()) {
    expect(documents).toEqual(
      documents.map(() => ({ title: expect.any(String), registration: expect.stringMatching(/^\d{7}\/\d{4}$/) })),
    );
    const { mails: told = [], mailsToOthers = [] } = TALES[index]?.end ?? {};
    expect(mails).toHaveLength(told.length + mailsToOthers.length);
  }
  const required = TALES.flatMap(({ manual }) => manual.map(([label]) => label));
  expect(told.filter((text) => text.startsWith('  ✓'))).toHaveLength(required.length);
  expect(told.filter((text) => text.startsWith('  ✗'))).toEqual([]);
  const events = await system.db.prisma.practiceEventRow.count();
  expect(told.filter((text) => /^ {2}(?:✓ .*| +)\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d {2}/.test(text))).toHaveLength(events);
  expect(told.filter((text) => text.includes('refused, as it must be'))).toHaveLength(3);
  await checkInvariants(system);
}, 180_000);

test('a requirement of the manual that the timeline does not fulfil makes the demo fail', async () => {
  const { demo, told } = await listening(await startSystem());
  const [tale] = TALES.filter(({ service, end }) => service === 'occupazione-suolo' && end.status === 'withdrawn');
  if (!tale) throw new Error('there is no such tale');
  const stricter = { ...tale, manual: [...tale.manual, ['Rimborsata', 'paymentReceived'] as const] };
  const { message } = await failureOf(runDemo(demo, [stricter]));
  expect(message).toBe('the manual requires "Rimborsata" in the timeline: missing');
  expect(told).toContainEqual(expect.stringMatching(/^ {2}✗ {2}Rimborsata +missing$/));
});

test('without a worker the demo names the first event that is missing and where to look', async () => {
  const { system, demo } = await listening(await buildSystem(), 500);
  const { message, look } = await failureOf(runDemo(demo));
  expect(message).toBe('expected event 1: Bozza creata (draftCreated); it did not come within 0.5 s');
  const practice = await system.db.prisma.practice.findFirstOrThrow();
  expect(look).toEqual([
    expect.stringMatching(/^state: Bozza \(draft\); acts without outcome: createDraft \(received at \d\d:\d\d:\d\d\)$/),
    `Practice     ${demo.apiUrl}/api/v1/practices/${practice.id}`,
    `Temporal UI  http://temporal.example/namespaces/iter/workflows/practice%2Fbugliano%2F${practice.id}`,
    `timeline: ${demo.apiUrl}/api/v1/practices/${practice.id}/timeline`,
    'logs of worker and API: /somewhere/logs',
  ]);
});

test('a mail that nobody sent makes the demo fail, although the timeline is complete', async () => {
  const silent = await startSystem({
    wrapActivities: (activities) => ({
      ...activities,
      notifications: {
        ...activities.notifications,
        notify: async () => ({ deliveredAt: systems[0]?.application.clock.now() as never }),
      },
    }),
  });
  const { demo, told } = await listening(silent);
  // Patient until the decision is delivered; what is missing then will never come.
  const impatient: DemoOptions = {
    ...demo,
    get limitMs() {
      return told.filter((text) => text.includes('Comunicazione consegnata')).length < 2 ? demo.limitMs : 100;
    },
  };
  const { message } = await failureOf(runDemo(impatient));
  // Those with legal effect; what only tells goes another way.
  expect(message).toBe(
    'expected the mails awaitingPayment, submitted, registered, inCharge, integrationRequested, integrationReceived, ' +
      'approved; sent: awaitingPayment, submitted, registered, inCharge, integrationReceived',
  );
});

test('when nothing is running the demo says so at once', async () => {
  const demo = options(`http://127.0.0.1:${await unusedPort()}`, 'http://127.0.0.1:1', 120_000, []);
  const { message, look } = await failureOf(runDemo(demo));
  expect(message).toBe(`Iter is not running: nothing answers at ${demo.apiUrl}/health (ECONNREFUSED).`);
  expect(look[0]).toContain('npm start');
});

interface Listening {
  readonly system: System;
  readonly demo: DemoOptions;
  readonly told: readonly string[];
}

/** Lets the API listen on a port, as the demo needs it, and the gateway's receipts arrive. */
async function listening(system: System, limitMs = 20_000): Promise<Listening> {
  systems.push(system);
  const apiUrl = await system.app.listen({ host: '127.0.0.1', port: 0 });
  courier = new Courier(system, apiUrl);
  const told: string[] = [];
  return { system, demo: options(apiUrl, system.sandbox.url, limitMs, told), told };
}

function options(apiUrl: string, sandboxUrl: string, limitMs: number, told: string[]): DemoOptions {
  return {
    apiUrl,
    sandboxUrl,
    temporalUiUrl: 'http://temporal.example',
    namespace: 'iter',
    logs: '/somewhere/logs',
    limitMs,
    report: (text) => told.push(text),
  };
}

async function failureOf(run: Promise<unknown>): Promise<DemoFailure> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof DemoFailure) return error;
  throw error ?? new Error('the demo succeeded');
}

function unusedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
