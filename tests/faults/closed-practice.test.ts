import { randomUUID } from 'node:crypto';
import { refuseTelling } from '../../src/application/mailing/tellings';
import { act, deliverReceipt, expectStatus, practiceInCharge, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
let id: string;
beforeAll(async () => {
  system = await startSystem();
  citizen = await system.as('giulia.bianchi');
  operator = await system.as('marco.conti');
  id = await practiceInCharge(system, citizen, operator);
  await expectStatus(200, act(operator, id, 'approve'));
  await reach(citizen, id, 'approved');
  await until('the workflow to end', async () => (await describe_()).status.name === 'COMPLETED');
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

function describe_() {
  return system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
}

test('an act on a practice that has ended is refused at the door', async () => {
  const answer = await act(operator, id, 'reject', { message: 'Ci abbiamo ripensato, non va bene.' });
  expect(answer).toMatchObject({ status: 409, body: { code: 'PRACTICE_CLOSED' } });
});

test('an act that crossed the end of the practice is refused by the engine and brings nothing back to life', async () => {
  const { runId } = await describe_();
  const commandId = randomUUID();
  const practice = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  // As if it had been taken a moment before the end: past the guard of the intake.
  await system.db.prisma.inboxRow.create({
    data: {
      id: commandId,
      tenantId: practice.tenantId,
      practiceId: id,
      kind: 'act',
      type: 'reject',
      actorKey: 'account:crossing',
      actorId: practice.assigneeId,
      actorRole: 'operator',
      idempotencyKey: commandId,
      bodySha256: '0'.repeat(64),
      payload: { message: 'Incrociata con la fine della pratica.' },
      actVersion: practice.actVersion,
      receivedAt: new Date(),
    },
  });
  const outcome = await until('the outcome', async () => {
    const row = await system.db.prisma.inboxRow.findUnique({ where: { id: commandId } });
    return row?.outcome;
  });
  expect(outcome).toMatchObject({ result: 'refused', code: 'PRACTICE_CLOSED', params: { status: 'approved' } });
  expect((await describe_()).runId).toBe(runId);
});

test('money that arrives after the end opens a refund task and moves nothing', async () => {
  const receipt = {
    receiptId: 'late-1',
    requestId: `${id}/pay/1`,
    iuv: '01000000000000000',
    amountCents: 1600,
    paidAt: new Date().toISOString(),
    provider: 'Banca di prova',
  };
  await expectStatus(202, deliverReceipt(system, receipt));
  const task = await until('the refund task', () =>
    system.db.prisma.operatorTask.findFirst({ where: { practiceId: id, reason: 'paymentUnmatched' } }),
  );
  expect(task.detail).toEqual({ receipt: 'late-1', payment: 1 });
  await until('its outcome', async () => {
    const row = await system.db.prisma.inboxRow.findFirst({ where: { idempotencyKey: 'late-1' } });
    return row?.outcome;
  });
  const title = 'money that arrives after the end opens a refund task and moves nothing';
  await conclude(system, { fault: 'F12', title, seed: undefined, runs: 1, injected: 1, worstRecoveryMs: undefined });
});

test('a mail that is refused after the end opens a task and moves nothing', async () => {
  const { runId } = await describe_();
  const { tenantId } = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  await refuseTelling(system.db, { tenantId, practiceId: id, seq: 1, attempts: 1 }, system.application.clock.now());
  await until('its outcome', async () => {
    const row = await system.db.prisma.inboxRow.findFirst({ where: { practiceId: id, type: 'mailRefused' } });
    return row?.outcome;
  });
  const tasks = await system.db.prisma.operatorTask.findMany({ where: { practiceId: id, reason: 'deliveryFailed' } });
  expect(tasks).toHaveLength(1);
  expect((await describe_()).runId).toBe(runId);
});
