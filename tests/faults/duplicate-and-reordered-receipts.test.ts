import type { PaymentsPort } from '../../src/activities/ports/payments';
import { awaitingPayment, completeDraft, deliverReceipt, expectStatus, payAtGateway, reach } from '../support/builders';
import type { Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { Barrier, until } from '../support/until';
import { conclude } from './support/conclude';
import { hasCompleted, type People, peopleOf, storyOf } from './support/life';
import { announce, numbers, SEED, shuffled, times } from './support/rounds';

/** While set, the gateway's answer to a new position is held back: the position is there, and we don't know it. */
let answerHeld: Barrier | undefined;

function slowToAnswer(gateway: PaymentsPort): PaymentsPort {
  return Object.assign(Object.create(gateway) as PaymentsPort, {
    createPosition: async (request: Parameters<PaymentsPort['createPosition']>[0]) => {
      const position = await gateway.createPosition(request);
      await answerHeld?.wait();
      return position;
    },
  });
}

let system: System;
let people: People;
const random = numbers();
beforeAll(async () => {
  announce('receipts');
  system = await startSystem({ replaceDeps: (deps) => ({ payments: slowToAnswer(deps.payments) }) });
  people = await peopleOf(system);
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

const PRACTICES = times(3, 30);
const REPETITIONS = 50;
const LATE = times(3, 20);
const EARLY = times(2, 10);

/** Brings each receipt so many times, all mixed, some at once. */
async function bring(receipts: readonly object[], repetitions: number): Promise<void> {
  const deliveries = shuffled(
    receipts.flatMap((receipt) => Array.from({ length: repetitions }, () => receipt)),
    random,
  );
  while (deliveries.length > 0) {
    const answers = await Promise.all(deliveries.splice(0, 20).map((receipt) => deliverReceipt(system, receipt)));
    for (const answer of answers) expect(answer).toEqual({ status: 202, body: { received: true } });
  }
}

function receiptRows(practiceId: string): Promise<number> {
  return system.db.prisma.inboxRow.count({ where: { practiceId, type: 'paymentReceipt' } });
}

function refundTask(practiceId: string, receipt: string) {
  return until(`the refund task of ${practiceId}`, async () => {
    const tasks = await system.db.prisma.operatorTask.findMany({ where: { practiceId, reason: 'paymentUnmatched' } });
    return tasks.find(({ detail }) => (detail as { receipt?: string }).receipt === receipt);
  });
}

const payments = (story: readonly string[]) => story.filter((type) => type === 'paymentReceived');

test(
  'receipts that come fifty times each, mixed with those of others, submit each practice once',
  async () => {
    const ids = await Promise.all(Array.from({ length: PRACTICES }, () => awaitingPayment(people.citizen)));
    const receipts = await Promise.all(ids.map((id) => payAtGateway(system, id)));
    await bring(receipts, REPETITIONS);
    for (const id of ids) {
      await reach(people.citizen, id, 'registered');
      expect(await receiptRows(id)).toBe(1);
      expect(payments(await storyOf(system, id))).toHaveLength(1);
    }
    await conclude(system, {
      fault: 'F12',
      title: 'receipts that come fifty times each, mixed with those of others, submit each practice once',
      seed: SEED,
      runs: PRACTICES,
      injected: PRACTICES * (REPETITIONS - 1),
      worstRecoveryMs: undefined,
    });
  },
  60_000 + PRACTICES * 5_000,
);

test('of a right and a wrong receipt, in either order, the right one submits and the wrong one is given back', async () => {
  const ids = await Promise.all(Array.from({ length: PRACTICES }, () => awaitingPayment(people.citizen)));
  for (const [index, id] of ids.entries()) {
    const right = await payAtGateway(system, id);
    const wrong = { ...right, receiptId: `wrong-${id}`, amountCents: 1 };
    await bring(index % 2 === 0 ? [wrong] : [right], 2);
    await bring(index % 2 === 0 ? [right] : [wrong], 2);
    await reach(people.citizen, id, 'registered');
    const { receiptId } = wrong;
    // One that comes when the position is paid is the same payment under another name.
    if (index % 2 === 0) await refundTask(id, receiptId);
    expect(payments(await storyOf(system, id))).toHaveLength(1);
    expect(await receiptRows(id)).toBe(2);
  }
  await conclude(system, {
    fault: 'F12',
    title: 'of a right and a wrong receipt, in either order, the right one submits and the wrong one is given back',
    seed: SEED,
    runs: PRACTICES,
    injected: PRACTICES * 3,
    worstRecoveryMs: undefined,
  });
}, 300_000);

test('money that is quicker than the gateway’s answer about its position submits the practice', async () => {
  for (let round = 0; round < EARLY; round += 1) {
    const held = new Barrier();
    answerHeld = held;
    const id = await completeDraft(people.citizen);
    await expectStatus(200, people.citizen.post(`/api/v1/practices/${id}/submit`));
    await held.reached;
    answerHeld = undefined;
    await bring([await payAtGateway(system, id)], 5);
    await until('the payment to be seen', async () => payments(await storyOf(system, id)).length > 0);
    held.release();
    await reach(people.citizen, id, 'registered');
    const payment = await system.db.prisma.payment.findUniqueOrThrow({ where: { requestId: `${id}/pay/1` } });
    expect(payment).toMatchObject({ status: 'paid', means: 'online' });
  }
  await conclude(system, {
    fault: 'F12',
    title: 'money that is quicker than the gateway’s answer about its position submits the practice',
    seed: SEED,
    runs: EARLY,
    injected: EARLY * 5,
    worstRecoveryMs: undefined,
  });
}, 300_000);

test('money that comes when the application was taken back moves nothing and opens a task for its refund', async () => {
  for (let round = 0; round < LATE; round += 1) {
    const id = await awaitingPayment(people.citizen);
    let receipt: Body;
    if (random() < 0.5) {
      // The money is there and the news is not.
      receipt = await payAtGateway(system, id);
      await expectStatus(204, people.citizen.post(`/api/v1/practices/${id}/delete-draft`));
    } else {
      // The gateway took it although its position was closed.
      await expectStatus(204, people.citizen.post(`/api/v1/practices/${id}/delete-draft`));
      await until('the end', () => hasCompleted(system, id));
      const requestId = `${id}/pay/1`;
      const paidAt = new Date().toISOString();
      receipt = {
        receiptId: `late-${id}`,
        requestId,
        iuv: '0'.repeat(17),
        amountCents: 1600,
        paidAt,
        provider: 'Banca',
      };
    }
    await bring([receipt], 10);
    await refundTask(id, receipt.receiptId);
    await until('the end', () => hasCompleted(system, id));
    expect(await receiptRows(id)).toBe(1);
    expect(payments(await storyOf(system, id))).toEqual([]);
    expect(await system.db.prisma.practice.findUnique({ where: { id } })).toMatchObject({ status: 'expired' });
  }
  await conclude(system, {
    fault: 'F12',
    title: 'money that comes when the application was taken back moves nothing and opens a task for its refund',
    seed: SEED,
    runs: LATE,
    injected: LATE * 10,
    worstRecoveryMs: undefined,
  });
}, 300_000);
