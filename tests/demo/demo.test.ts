import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { runDemo } from '../../src/cli/demo/demo';
import type { DemoOptions } from '../../src/cli/demo/options';
import { DemoFailure } from '../../src/cli/demo/patience';
import { deliverReceipt } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { buildSystem, SANDBOX_SECRET, type System, startSystem } from '../support/system';

const systems: System[] = [];
let courier: Courier | undefined;

afterEach(async () => {
  await courier?.stop();
  courier = undefined;
  for (const system of systems.splice(0)) await system.stop();
});

test('the demo leads one application to approval and one to rejection, and shows every event of both', async () => {
  const { system, demo, told } = await listening(await startSystem());
  const results = await runDemo(demo);
  expect(results).toEqual([
    expect.objectContaining({
      code: expect.stringMatching(/^ZTL-\d{4}-000001$/),
      outcome: 'Accettata',
      documents: Array(4).fill({ title: expect.any(String), registration: expect.stringMatching(/^\d{7}\/\d{4}$/) }),
      mails: Array(7).fill(expect.objectContaining({ to: 'giulia.bianchi@posta.example' })),
    }),
    expect.objectContaining({
      code: expect.stringMatching(/^ZTL-\d{4}-000002$/),
      outcome: 'Rifiutata',
      documents: Array(2).fill(expect.anything()),
      mails: Array(5).fill(expect.objectContaining({ to: 'paolo.esposito@posta.example' })),
    }),
  ]);
  expect(told.filter((text) => /^ {2}\d\d:\d\d:\d\d {2}/.test(text))).toHaveLength(19 + 7 + 12 + 5);
  await checkInvariants(system);
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
      notifications: { notify: async () => ({ deliveredAt: systems[0]?.application.clock.now() as never }) },
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
  expect(message).toMatch(/^expected the mails paymentRequested, .*; sent: none$/);
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
  courier = new Courier(system);
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

/** In tests the gateway's double does not know our address: its receipts are brought by hand, as soon as they are there. */
class Courier {
  private readonly delivered = new Set<string>();
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(private readonly system: System) {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const open = await this.system.db.prisma.payment.findMany({ where: { status: 'open' } });
      for (const { requestId } of open) await this.bring(requestId);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  private async bring(requestId: string): Promise<void> {
    const url = `${this.system.sandbox.url}/gateway/positions/${encodeURIComponent(requestId)}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${SANDBOX_SECRET}` } });
    const { receipt } = (await answer.json()) as { readonly receipt?: { readonly receiptId: string } };
    if (!receipt || this.delivered.has(receipt.receiptId)) return;
    this.delivered.add(receipt.receiptId);
    await deliverReceipt(this.system, receipt);
  }
}

function unusedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
