import { reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { as, decides, draftOf, happened, offer, registered, sent, story } from '../support/services';
import { startTimeSkippingSystem, type TimeSkippingSystem } from '../support/time-skipping';
import { until } from '../support/until';

let system: TimeSkippingSystem;
beforeAll(async () => {
  system = await startTimeSkippingSystem();
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

const DAY = 86_400_000;
const later = (days: number) => new Date(Date.parse(system.application.clock.now()) + days * DAY).toISOString();

test('a draft that nobody sends is announced and expires, its owner is told by mail, and it is gone', async () => {
  const citizen = await as(system, 'giulia.bianchi');
  const id = await draftOf(citizen, await offer(system, { draftDays: 10 }));
  await until('the workflow to have begun', async () => (await story(citizen, id)).includes('draftCreated'));
  await system.passUntil(later(8), 10_000);
  await happened(citizen, id, 'draftExpiryAnnounced');
  await system.passUntil(later(5), 10_000);
  await until('the draft to be gone', async () => (await citizen.get(`/api/v1/practices/${id}`)).status === 404);
  const mails = await until('both mails', async () => {
    const rows = await system.db.prisma.message.findMany({ where: { practiceId: id, status: 'sent' } });
    return rows.length === 2 ? rows.map(({ template }) => template).sort() : undefined;
  });
  expect(mails).toEqual(['draftExpired', 'draftExpiring']);
});

test('a rejection notice that nobody answers gives the practice back after ten days', async () => {
  const citizen = await as(system, 'giulia.bianchi');
  const operator = await as(system, 'marco.conti');
  const id = await sent(citizen, await offer(system, { rejectionNotice: 'required' }));
  await reach(citizen, id, 'registered');
  await decides(operator, id, 'take-charge');
  await decides(operator, id, 'rejection-notices', { message: 'Mancano i requisiti del regolamento.' });
  await registered(citizen, id, 'rejectionNotice');
  await system.passUntil(later(12), 10_000);
  const back = await reach(operator, id, 'inCharge');
  expect(back.notice.closedBy).toBe('lapse');
  await decides(operator, id, 'reject', { message: 'Nessuna osservazione è arrivata.' });
  await reach(citizen, id, 'rejected');
});

test('a deferred payment that expires is closed at the gateway and asked for again, with a reminder', async () => {
  const citizen = await as(system, 'giulia.bianchi');
  const operator = await as(system, 'marco.conti');
  const releasePayment = { amountCents: 5000, windowMinutes: 60 * 24 * 10, reason: 'Canone' };
  const id = await sent(citizen, await offer(system, { releasePayment }));
  await reach(citizen, id, 'registered');
  await decides(operator, id, 'take-charge');
  await decides(operator, id, 'approve');
  await reach(citizen, id, 'awaitingFinalPayment');
  await until('the first position', async () => {
    const row = await system.db.prisma.payment.findFirst({ where: { practiceId: id, ordinal: 1 } });
    return row?.status === 'open';
  });
  await system.passUntil(later(11), 10_000);
  await until('the second position', async () => {
    const row = await system.db.prisma.payment.findFirst({ where: { practiceId: id, ordinal: 2 } });
    return row?.status === 'open';
  });
  expect((await system.application.payments.findPosition(`${id}/pay/1`))?.status).toBe('invalidated');
  expect((await reach(citizen, id, 'awaitingFinalPayment')).payment).toMatchObject({ ordinal: 2, amountCents: 5000 });
});

test('a payment whose outcome nobody tells counts as not made after a quarter of an hour, and may be tried again', async () => {
  const citizen = await as(system, 'giulia.bianchi');
  const payment = { amountCents: 500, windowMinutes: 60 * 24 * 30, onExpiry: 'expired', reason: 'Diritti' } as const;
  const id = await sent(citizen, await offer(system, { payment }));
  await until('the position', async () => {
    const row = await system.db.prisma.payment.findFirst({ where: { practiceId: id } });
    return row?.status === 'open';
  });
  await citizen.post(`/api/v1/practices/${id}/payment-returns`);
  await reach(citizen, id, 'awaitingOutcome');
  await system.passUntil(later(0.1), 10_000);
  await happened(citizen, id, 'paymentFailed');
  await reach(citizen, id, 'awaitingPayment');
  expect((await citizen.get(`/api/v1/practices/${id}/checkout`)).status).toBe(200);
});
