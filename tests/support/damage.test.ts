import { chainHash } from '../../src/application/projection/hash-chain';
import { instant } from '../../src/domain/ids';
import type { PracticeEvent } from '../../src/domain/practice/events';
import { completeDraft, registeredPractice } from './builders';
import { countDamage, NO_DAMAGE } from './damage';
import { buildSystem, type System } from './system';

let system: System;
beforeEach(async () => {
  system = await buildSystem();
});
afterEach(() => system.stop());

/** Adds an event as a defect would: after the last one, with its hash. */
async function addEvent(practiceId: string, type: string, cause: string, data: object): Promise<void> {
  const practice = await system.db.prisma.practice.findUniqueOrThrow({ where: { id: practiceId } });
  const last = await system.db.prisma.practiceEventRow.findFirstOrThrow({
    where: { practiceId },
    orderBy: { seq: 'desc' },
  });
  const seq = last.seq + 1;
  const event = { seq, type, at: instant(new Date()), cause, data } as unknown as PracticeEvent;
  const hash = chainHash(last.hash, practiceId, practice.salt, event);
  const { tenantId, status } = last;
  await system.db.prisma.practiceEventRow.create({
    data: { practiceId, tenantId, seq, type, at: event.at, cause, data, status, prevHash: last.hash, hash },
  });
}

async function registered(): Promise<string> {
  await system.startWorker();
  system.startSender();
  return registeredPractice(system, await system.as('giulia.bianchi'));
}

test('what nobody carries out is lost, and its practice is left without anybody', async () => {
  const id = await completeDraft(await system.as('giulia.bianchi'));
  const { lost, doubled, unresolved, cases } = await countDamage(system, 0);
  expect({ lost, doubled, unresolved }).toEqual({ lost: 1, doubled: 0, unresolved: 1 });
  expect(cases).toEqual([
    expect.stringMatching(/^lost: createDraft .* has no outcome$/),
    `unresolved: ${id} has not begun`,
  ]);
});

test('a practice that lives as it should costs nothing', async () => {
  await registered();
  expect(await countDamage(system)).toEqual(NO_DAMAGE);
});

test('a second payment, a second number and a second effect of one act are each counted', async () => {
  const id = await registered();
  const { prisma } = system.db;
  const of = (type: string) => prisma.practiceEventRow.findFirstOrThrow({ where: { practiceId: id, type } });
  const paid = await of('paymentReceived');
  const numbered = await of('requestRegistered');
  await addEvent(id, 'paymentReceived', 'signal:another', paid.data as object);
  await addEvent(id, 'requestRegistered', 'step:again', { ...(numbered.data as object), number: '9999999' });
  await addEvent(id, 'submitted', paid.cause, {});
  const { doubled, cases } = await countDamage(system, 0);
  expect(cases).toEqual([
    `doubled: ${id} document 1 has 2 numbers`,
    `doubled: ${id} position 1 is paid twice`,
    `doubled: ${id} ${paid.cause} had its effect 2 times`,
  ]);
  expect(doubled).toBe(3);
});

test('a practice that stands between two steps and waits for nobody is counted, unless somebody was told', async () => {
  const id = await registered();
  const { snapshot, tenantId } = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  const stored = snapshot as { readonly state: object };
  const stuck = { ...stored, state: { ...stored.state, status: 'submitted' } };
  await system.db.prisma.practice.update({ where: { id }, data: { snapshot: stuck } });
  expect(await countDamage(system, 0)).toMatchObject({
    unresolved: 1,
    cases: [`unresolved: ${id} is submitted and waits for nobody`],
  });
  const task = { id, tenantId, practiceId: id, reason: 'parked', detail: {}, openedAt: new Date() };
  await system.db.prisma.operatorTask.create({ data: task });
  expect(await countDamage(system, 0)).toEqual(NO_DAMAGE);
});
