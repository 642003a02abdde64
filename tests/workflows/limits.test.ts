import { temporal } from '@temporalio/proto';
import { readSnapshot } from '../../src/application/snapshot';
import { act, expectStatus, practiceInCharge, reach } from '../support/builders';
import { historyOf, payloadsOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

let system: System;
let id: string;
beforeAll(async () => {
  system = await startSystem();
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  id = await practiceInCharge(system, citizen, operator);
  await expectStatus(200, act(operator, id, 'approve', { message: 'Requisiti verificati.' }));
  await reach(citizen, id, 'approved');
  await until('the workflow to end', async () => {
    const { status } = await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
    return status.name === 'COMPLETED';
  });
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('a straightforward practice takes at most 120 events and 40 KB of history', async () => {
  const history = await historyOf(system, id);
  const bytes = temporal.api.history.v1.History.encode(history).finish().length;
  expect(history.events?.length).toBeLessThanOrEqual(120);
  expect(bytes).toBeLessThanOrEqual(40 * 1024);
});

test('no payload is larger than 16 KB and the state is smaller than 64 KB', async () => {
  const history = await historyOf(system, id);
  const large = payloadsOf(history).filter(({ bytes }) => bytes > 16 * 1024);
  expect(large).toEqual([]);
  const practice = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  expect(Buffer.byteLength(JSON.stringify(readSnapshot(practice.snapshot)))).toBeLessThan(64 * 1024);
});

test('nothing of the person reaches the engine: neither names, tax code, addresses nor texts', async () => {
  const history = await historyOf(system, id);
  const text = Buffer.from(temporal.api.history.v1.History.encode(history).finish()).toString('latin1');
  for (const canary of [
    'Giulia',
    'Bianchi',
    'BNCGLI85T50D612A',
    'posta.example',
    'Garibaldi',
    'AB123CD',
    'Requisiti verificati',
  ]) {
    expect(text).not.toContain(canary);
  }
});
