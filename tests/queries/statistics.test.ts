import { asId, type Instant } from '../../src/domain/ids';
import { expectProblem, invalid } from '../api/support';
import { expectStatus } from '../support/builders';
import type { Body } from '../support/client';
import { buildSystem, type System } from '../support/system';
import { seedPractices } from './seed';

let system: System;
beforeAll(async () => {
  system = await buildSystem({ clock: { now: () => asId<Instant>('2026-11-24T10:00:00.000Z') } });
  const decided = (receivedAt: string, endedAt: string, status = 'approved') => ({
    status,
    outcome: status,
    createdAt: receivedAt,
    receivedAt,
    endedAt,
  });
  await seedPractices(system, [
    // The last second of 2025 in Rome, and the first of 2026.
    decided('2025-12-31T22:59:59.000Z', '2026-01-10T22:59:59.000Z'),
    decided('2025-12-31T23:00:00.000Z', '2026-01-20T23:00:00.000Z', 'rejected'),
    { ...decided('2026-03-01T08:00:00.000Z', '2026-03-31T08:00:00.000Z'), late: true },
    { status: 'inCharge', createdAt: '2026-03-02T08:00:00.000Z', late: true },
    { status: 'withdrawn', createdAt: '2026-03-02T08:00:00.000Z', endedAt: '2026-03-03T08:00:00.000Z' },
    { status: 'awaitingPayment', createdAt: '2026-03-02T08:00:00.000Z', receivedAt: null },
    { status: 'draft' },
    { status: 'expired', createdAt: '2026-03-02T08:00:00.000Z', discardedAt: '2026-03-03T08:00:00.000Z' },
    { service: 'cila', status: 'toAccept', createdAt: '2026-11-02T08:00:00.000Z' },
    { service: 'segnalazione', office: 'polizia-locale', createdAt: '2026-11-03T08:00:00.000Z' },
    { service: 'segnalazione', createdAt: '2026-11-04T08:00:00.000Z' },
    { tenant: 'vicinato', createdAt: '2026-11-05T08:00:00.000Z' },
  ]);
});
afterAll(() => system.stop());

async function statistics(query = '', username = 'revisore', tenant = 'bugliano'): Promise<Body> {
  const client = await system.as(username, tenant);
  return expectStatus(200, client.get(`/api/v1/statistics?${query}`));
}

test('an officer’s numbers: practices per month and year of Rome, service, state and outcome, days and lateness', async () => {
  const { byMonth, ...rest } = await statistics('', 'marco.conti');
  expect(rest).toEqual({
    from: '2025-12-31',
    to: '2026-11-24',
    practices: 5,
    byYear: [
      { year: 2025, practices: 1 },
      { year: 2026, practices: 4 },
    ],
    byService: [{ service: 'permesso-ztl', name: 'Permesso di accesso alla ZTL', practices: 5 }],
    byState: [
      { status: 'inCharge', label: 'In carico', practices: 1 },
      { status: 'approved', label: 'Accettata', practices: 2 },
      { status: 'rejected', label: 'Rifiutata', practices: 1 },
      { status: 'withdrawn', label: 'Ritirata', practices: 1 },
    ],
    byOutcome: [
      { status: 'approved', label: 'Accettata', practices: 2 },
      { status: 'rejected', label: 'Rifiutata', practices: 1 },
    ],
    decided: 3,
    medianDays: 20,
    p90Days: 28,
    late: 2,
    lateShare: 0.4,
    activeServices: 2,
  });
  expect(byMonth).toHaveLength(12);
  expect(byMonth.filter(({ practices }: Body) => practices > 0)).toEqual([
    { year: 2025, month: 12, practices: 1 },
    { year: 2026, month: 1, practices: 1 },
    { year: 2026, month: 3, practices: 3 },
  ]);
});

test('those who oversee see the numbers of all services, of their municipality alone', async () => {
  for (const username of ['revisore', 'admin']) {
    const all = await statistics('', username);
    expect([all.practices, all.byService.map(({ service }: Body) => service).sort()]).toEqual([
      8,
      ['cila', 'permesso-ztl', 'segnalazione'],
    ]);
    expect(all.activeServices).toBe(7);
  }
  expect((await statistics('', 'admin', 'vicinato')).practices).toBe(1);
  expect((await statistics('', 'olga.marini')).practices).toBe(3);
  expect((await statistics('', 'luca.neri')).practices).toBe(0);
});

test('a period counts the days of Rome on which practices arrived, both included', async () => {
  const year = await statistics('from=2026-01-01&to=2026-03-01');
  expect([year.practices, year.byMonth.map(({ practices }: Body) => practices)]).toEqual([2, [1, 0, 1]]);
  expect((await statistics('from=2025-12-31&to=2025-12-31')).practices).toBe(1);
  expect((await statistics('to=2025-12-30')).practices).toBe(0);
});

test('a service and an office narrow it; what was assigned to another office is not an office’s', async () => {
  expect((await statistics('service=cila')).practices).toBe(1);
  expect((await statistics('service=volo')).practices).toBe(0);
  expect((await statistics('office=mobilita')).practices).toBe(5);
  // Its own, and the one that nobody was given yet.
  expect((await statistics('office=polizia-locale')).practices).toBe(2);
  expect((await statistics('office=urp')).byService).toEqual([
    { service: 'segnalazione', name: 'Segnalazione di un disservizio', practices: 1 },
  ]);
  expect((await statistics('office=unknown')).practices).toBe(0);
  // An officer does not see the work of others by naming their office.
  expect((await statistics('office=edilizia', 'marco.conti')).practices).toBe(0);
});

test('where nothing arrived there is no time and no share', async () => {
  expect(await statistics('from=2024-01-01&to=2024-01-31')).toMatchObject({
    practices: 0,
    byMonth: [{ year: 2024, month: 1, practices: 0 }],
    decided: 0,
    medianDays: null,
    p90Days: null,
    late: 0,
    lateShare: null,
  });
});

test('a period that ends before it begins is refused', async () => {
  const client = await system.as('revisore');
  const error = { path: 'from', rule: 'order', message: 'La data iniziale viene dopo quella finale.' };
  expectProblem(await client.get('/api/v1/statistics?from=2026-02-01&to=2026-01-31'), invalid(error));
  expectProblem(await client.get('/api/v1/statistics?from=2027-01-01'), invalid(error));
});

test('statistics are not for applicants', async () => {
  const { status, body } = await (await system.as('giulia.bianchi')).get('/api/v1/statistics');
  expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
});
