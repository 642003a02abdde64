import { awaitingPayment, payAtGateway, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { startTimeSkippingSystem, type TimeSkippingSystem } from '../support/time-skipping';

let system: TimeSkippingSystem;
beforeAll(async () => {
  system = await startTimeSkippingSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('an application that nobody pays ends when its time is over, and its position can no longer be paid', async () => {
  const citizen = await system.as('giulia.bianchi');
  const id = await awaitingPayment(citizen);
  const { payment } = (await citizen.get(`/api/v1/practices/${id}`)).body;
  await system.passUntil(payment.expiresAt, 10_000);
  const practice = await reach(citizen, id, 'expired');
  expect(practice).toMatchObject({ statusLabel: 'Scaduta', payment: { status: 'expired' }, registration: null });
  const { items } = (await citizen.get(`/api/v1/practices/${id}/timeline`)).body;
  expect(items.at(-1)).toMatchObject({ type: 'paymentExpired', at: payment.expiresAt, actorRole: null });
  await expect(payAtGateway(system, id)).rejects.toThrow(/position-invalidated|position-expired/);
});
