import { seedPractices } from '../queries/seed';
import { expectStatus } from '../support/builders';
import type { Body } from '../support/client';
import { buildSystem, type System } from '../support/system';

let system: System;
const ids: Record<string, string> = {};
beforeAll(async () => {
  system = await buildSystem();
  const rows = {
    draft: { status: 'draft' },
    opened: { status: 'draft', author: 'marco.conti', authorKind: 'operator' },
    sent: { status: 'inCharge' },
    unpaid: { status: 'awaitingPayment', receivedAt: null },
    unstamped: { status: 'awaitingStamps', receivedAt: null },
    /** Confirmed once, nobody paid, and it became a draft again. */
    again: { status: 'draft', confirmedAt: '2026-01-02T10:00:00.000Z' },
    discarded: { status: 'expired', discardedAt: '2026-01-03T10:00:00.000Z', confirmedAt: null, receivedAt: null },
    unstampedAndDeleted: { status: 'expired', discardedAt: '2026-01-03T10:00:00.000Z', receivedAt: null },
    filedFor: { status: 'inCharge', applicant: 'anna.galli', beneficiary: 'paolo.esposito' },
    beingFiledFor: { status: 'draft', applicant: 'anna.galli', beneficiary: 'paolo.esposito' },
    building: { service: 'cila', status: 'toAccept', applicant: 'anna.galli' },
    neighbours: { tenant: 'vicinato', status: 'inCharge' },
  };
  const made = await seedPractices(system, Object.values(rows));
  for (const [index, name] of Object.keys(rows).entries()) ids[name] = made[index] ?? '';
});
afterAll(() => system.stop());

/** Names of what somebody finds in the list; each of them is also found by its id, and its page opens. */
async function seenBy(username: string, tenant = 'bugliano'): Promise<string[]> {
  const client = await system.as(username, tenant);
  const { items } = await expectStatus(200, client.get('/api/v1/practices?limit=100'));
  const found = new Set(items.map(({ id }: Body) => id));
  const seen = Object.keys(ids).filter((name) => found.has(ids[name]));
  expect(seen).toHaveLength(items.length);
  for (const [name, id] of Object.entries(ids)) {
    const answer = await expectStatus(200, client.get(`/api/v1/practices?q=${id}&count=exact`));
    expect([name, answer.items.length, answer.total]).toEqual([name, ...(seen.includes(name) ? [1, 1] : [0, 0])]);
    // The page of one practice decides by the row, the list by a condition: they must agree.
    const page = await client.get(`/api/v1/practices/${id}/timeline`);
    expect([name, page.status]).toEqual([name, seen.includes(name) ? 200 : 404]);
  }
  return seen.sort();
}

test('applicants see what they filed and are writing, nothing that was discarded', async () => {
  expect(await seenBy('giulia.bianchi')).toEqual(['again', 'draft', 'opened', 'sent', 'unpaid', 'unstamped']);
  expect(await seenBy('anna.galli')).toEqual(['beingFiledFor', 'building', 'filedFor']);
});

test('whoever benefits sees what was filed for them once it was sent', async () => {
  expect(await seenBy('paolo.esposito')).toEqual(['filedFor']);
});

test('officers see what was confirmed for the services of their offices, paid or not, and the drafts they opened', async () => {
  const confirmed = ['filedFor', 'sent', 'unpaid', 'unstamped'];
  expect(await seenBy('sara.ferri')).toEqual(confirmed);
  expect(await seenBy('marco.conti')).toEqual([...confirmed, 'opened'].sort());
  expect(await seenBy('elena.riva')).toEqual(confirmed);
  expect(await seenBy('pietro.leoni')).toEqual(['building']);
  expect(await seenBy('luca.neri')).toEqual([]);
});

test('those who oversee see all that was confirmed', async () => {
  for (const username of ['admin', 'revisore']) {
    expect(await seenBy(username)).toEqual(['building', 'filedFor', 'sent', 'unpaid', 'unstamped']);
  }
});

test('an officer without an office sees nothing, not everything', async () => {
  await system.db.prisma.account.updateMany({ where: { username: 'ivo.serra' }, data: { officeIds: [] } });
  expect(await seenBy('ivo.serra')).toEqual([]);
});

test('nothing of one municipality reaches another', async () => {
  for (const username of ['giulia.bianchi', 'marco.conti', 'admin']) {
    expect(await seenBy(username, 'vicinato')).toEqual(['neighbours']);
  }
});
