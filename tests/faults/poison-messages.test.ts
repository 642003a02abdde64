import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import { expectStatus } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { liveOn, type People, peopleOf, STAGES, wholeLife } from './support/life';
import { GARBAGE, type Poison, poisons, signalRaw, startRaw } from './support/poison';
import { announce, numbers, SEED, shuffled, times } from './support/rounds';

let system: System;
let people: People;
const random = numbers();
beforeAll(async () => {
  announce('poison messages');
  system = await startSystem();
  people = await peopleOf(system);
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

const ROUNDS = times(1, 6);
const workflowOf = (id: string) => `practice/bugliano/${id}`;

async function tasksOf(practiceId: string): Promise<string[]> {
  const rows = await system.db.prisma.operatorTask.findMany({ where: { practiceId, reason: 'strangeMessage' } });
  return rows.map(({ detail }) => saying(detail as unknown as Poison['told'])).sort();
}

const saying = ({ message, why }: Poison['told']) => `${message}: ${why}`;
const told = (all: readonly Poison[]) => [...new Set(all.map((poison) => saying(poison.told)))].sort();

test(
  'a signal that nobody can read or knows moves nothing, is told to a person, and the practice lives on',
  async () => {
    let sent = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const stage = shuffled(STAGES.slice(0, -1), random)[0] ?? 'registered';
      const [id, other] = await Promise.all([
        wholeLife(system, people, undefined, stage),
        wholeLife(system, people, undefined, 'registered'),
      ]);
      const all = shuffled(poisons(id), random);
      for (const poison of all) await signalRaw(system, workflowOf(id), poison);
      sent += all.length;
      // The neighbour notices nothing.
      await liveOn(system, people, other, 'registered', 'inCharge');
      await until('each kind to be told', async () => (await tasksOf(id)).join() === told(all).join());
      // Whoever takes the practice up again finds all of it in the history.
      await system.stopWorker();
      await system.startWorker();
      await Promise.all([liveOn(system, people, id, stage), liveOn(system, people, other, 'inCharge')]);
      expect(await tasksOf(id)).toEqual(told(all));
      expect(await tasksOf(other)).toEqual([]);
    }
    await conclude(system, {
      fault: 'F20',
      title: 'a signal that nobody can read or knows moves nothing, is told to a person, and the practice lives on',
      seed: SEED,
      runs: ROUNDS,
      injected: sent,
      worstRecoveryMs: undefined,
    });
  },
  ROUNDS * 60_000 + 60_000,
);

test('an update that nobody knows, or without the form of an act, is refused and leaves no trace', async () => {
  const id = await wholeLife(system, people, undefined, 'registered');
  const handle = system.client.workflow.getHandle(workflowOf(id));
  const command = {
    id: randomUUID(),
    actor: { id: randomUUID(), role: 'operator' },
    receivedAt: new Date().toISOString(),
  };
  const wrong: readonly (readonly [string, readonly unknown[]])[] = [
    ['takeCharge', []],
    ['takeCharge', ['me']],
    ['takeCharge', [{ ...command, actor: undefined }]],
    ['takeCharge', [{ ...command, actor: { id: 'nobody', role: 'operator' } }]],
    ['takeCharge', [{ ...command, receivedAt: 'yesterday' }]],
    ['assign', [{ ...command, facts: { assignTo: 5 } }]],
    ['submit', [{ ...command, facts: { feeCents: -1 } }]],
  ];
  const before = (await handle.describe()).historyLength;
  for (const [name, args] of wrong) {
    const error = await handle.executeUpdate(name, { args: args as [unknown] }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
    expect((error as WorkflowUpdateFailedError).cause).toMatchObject({ type: 'StrangeMessage', message: `no ${name}` });
  }
  const unknown = await handle.executeUpdate('approveEverything', { args: [command] }).catch((reason) => reason);
  expect((unknown as WorkflowUpdateFailedError).cause).toBeInstanceOf(ApplicationFailure);
  expect((await handle.describe()).historyLength).toBe(before);
  await liveOn(system, people, id, 'registered');
  await conclude(system, {
    fault: 'F20',
    title: 'an update that nobody knows, or without the form of an act, is refused and leaves no trace',
    seed: undefined,
    runs: 1,
    injected: wrong.length + 1,
    worstRecoveryMs: undefined,
  });
}, 120_000);

test('a workflow that is started with garbage ends at once and disturbs no practice', async () => {
  const id = await wholeLife(system, people, undefined, 'registered');
  for (const [index, input] of GARBAGE.entries()) {
    const workflowId = workflowOf(`garbage-${index}`);
    await startRaw(system, workflowId, input);
    const handle = system.client.workflow.getHandle(workflowId);
    await until('it to end', async () => (await handle.describe()).status.name === 'FAILED');
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'NotAPractice' } });
  }
  await liveOn(system, people, id, 'registered');
  await conclude(system, {
    fault: 'F20',
    title: 'a workflow that is started with garbage ends at once and disturbs no practice',
    seed: undefined,
    runs: GARBAGE.length,
    injected: GARBAGE.length,
    worstRecoveryMs: undefined,
  });
}, 120_000);

test('a body of three megabytes is refused at the door and by the engine, with a reason that says the limit', async () => {
  const id = await wholeLife(system, people, undefined, 'registered');
  const note = 'x'.repeat(3_000_000);
  const { citizen, operator } = people;
  const draft = await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  const limits: readonly (readonly [Promise<{ status: number; body: object }>, number])[] = [
    [citizen.post('/api/v1/practices', { service: 'permesso-ztl', data: { note } }), 256],
    [citizen.put(`/api/v1/practices/${draft.id}/draft`, { data: { note } }), 512],
    [operator.post(`/api/v1/practices/${id}/take-charge`, { actVersion: 1, message: note }), 256],
    [citizen.send('POST', '/api/v1/callbacks/payments/sandbox', { body: { note } }), 64],
  ];
  for (const [answer, kilobytes] of limits) {
    const { status, body } = await answer;
    expect(status).toBe(413);
    expect(body).toMatchObject({ code: 'BODY_TOO_LARGE', params: { maxBytes: kilobytes * 1024 } });
  }
  const huge = { signal: 'paymentReceipt', payloads: [defaultPayloadConverter.toPayload(note)] };
  const sending = signalRaw(system, workflowOf(id), { ...huge, told: { message: '', why: '' } });
  await expect(sending).rejects.toThrow('Blob data size exceeds limit');
  await liveOn(system, people, id, 'registered');
  await conclude(system, {
    fault: 'F20',
    title: 'a body of three megabytes is refused at the door and by the engine, with a reason that says the limit',
    seed: undefined,
    runs: 1,
    injected: limits.length + 1,
    worstRecoveryMs: undefined,
  });
}, 120_000);
