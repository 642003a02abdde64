import { publishService, seedId } from '../../src/application/seed';
import type { ServiceDefinition } from '../../src/application/services/definition';
import { systemClock } from '../../src/platform/clock';
import { freshDatabase, type TestDatabase } from '../support/database';
import { brokenInPractices } from '../support/invariants';
import { aService } from '../support/services';
import { Walk, type Walked } from './walker';

const COUNT = Number(process.env['ITER_WALKS'] ?? 100);
const SEED = Number(process.env['ITER_WALK_SEED'] ?? Date.now() % 1_000_000);
const LENGTH = 25;
/** Walks at the same time: as many as connections that are not idle. */
const WIDTH = 6;

const fee = { windowMinutes: 600, reason: 'Diritti', formula: 100 } as const;
const phases = [
  { key: 'precheck', label: 'Preistruttoria', next: ['review'] },
  { key: 'review', label: 'Istruttoria', next: ['precheck'], decisions: ['approved' as const, 'rejected' as const] },
];

let db: TestDatabase;
let services: ServiceDefinition[];
beforeAll(async () => {
  db = await freshDatabase(WIDTH + 2);
  services = [
    aService(),
    aService({ registration: 'none', switches: { reopening: true } }),
    aService({ registration: 'onAcceptance', rejectionNotice: 'required', draftDays: 20 }),
    aService({ payment: { ...fee, onExpiry: 'draft' }, stamps: { atRequest: { count: 1 }, atRelease: { count: 1 } } }),
    aService({ payment: { ...fee, onExpiry: 'expired' }, releasePayment: fee, switches: { partialApproval: true } }),
    aService({ registration: 'none', releasePayment: { ...fee, onExpiry: 'annulled' }, rejectionNotice: 'optional' }),
    aService({ phases, switches: { reopening: true } }),
    aService({ workflow: 'forward' }),
    aService({ workflow: 'forward', registration: 'none' }),
    aService({ workflow: 'paymentOnly', registration: 'none', payment: { ...fee, onExpiry: 'draft' } }),
    aService({ workflow: 'paymentOnly', payment: { ...fee, onExpiry: 'expired' } }),
  ];
  for (const service of services) await publishService(db, systemClock, 'bugliano', service);
});
afterAll(async () => {
  jest.useRealTimers();
  await db.drop();
});

test(`${COUNT} random lives, seed ${SEED}: entity and PostgreSQL agree on every event, and every move is an edge`, async () => {
  jest.useFakeTimers({
    now: Date.UTC(2026, 0, 1),
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
  const tenantId = seedId('bugliano', 'tenant', 'bugliano');
  const walked: Walked[] = [];
  let begun = 0;
  const walker = async () => {
    while (begun < COUNT) {
      const seed = SEED + begun;
      const service = services[begun % services.length] as ServiceDefinition;
      begun += 1;
      // The clock of the process is only looked at between two awaits of the same step: walks may share it.
      const walk = new Walk(db, tenantId, service, seed, (at) => jest.setSystemTime(at));
      walked.push(
        await walk.run(LENGTH).catch((error: unknown) => {
          throw new Error(`walk with seed ${seed} of ${service.code} failed: ${String(error)}`, { cause: error });
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, walker));
  expect(walked).toHaveLength(COUNT);
  expect(await brokenInPractices(db)).toEqual([]);
  const ends = new Map<string, number>();
  for (const { status } of walked) ends.set(status, (ends.get(status) ?? 0) + 1);
  const sum = (of: (w: Walked) => number) => walked.reduce((total, w) => total + of(w), 0);
  process.stdout.write(
    `walks: ${COUNT}, acts ${sum((w) => w.acts)} (refused ${sum((w) => w.refused)}), events ${sum((w) => w.events)}, ` +
      `ends ${[...ends].map(([status, n]) => `${status} ${n}`).join(', ')}\n`,
  );
}, 3_600_000);
