import { awaitingPayment, deliverReceipt, payAtGateway, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { startTimeSkippingSystem, type TimeSkippingSystem } from '../support/time-skipping';

let system: TimeSkippingSystem;
beforeAll(async () => {
  system = await startTimeSkippingSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('a payment whose news was lost is found at the gateway before the practice may expire', async () => {
  const citizen = await system.as('giulia.bianchi');
  const id = await awaitingPayment(citizen);
  const { payment } = (await citizen.get(`/api/v1/practices/${id}`)).body;
  const receipt = await payAtGateway(system, id);
  await system.passUntil(payment.expiresAt, 10_000);
  const practice = await reach(citizen, id, 'registered');
  expect(practice.receivedAt).toBe(receipt.paidAt);
  // The news comes after all: it is the same receipt, and nothing happens twice.
  expect((await deliverReceipt(system, receipt)).status).toBe(202);
  const rows = await system.db.prisma.inboxRow.findMany({ where: { practiceId: id, type: 'paymentReceipt' } });
  expect(rows).toHaveLength(1);
});
