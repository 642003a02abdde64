import { act, aPdf, expectStatus, pay, reach, ztlContent } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('a decision whose mail is refused stands, and somebody is told that the applicant was not reached', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const { id } = await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  const file = await expectStatus(
    201,
    citizen.upload(id, 'vehicle.registrationCertificate', 'libretto.pdf', await aPdf()),
  );
  const data = ztlContent([file.id], { applicant: { email: 'nessuno@rifiuta.example' } });
  await expectStatus(200, citizen.put(`/api/v1/practices/${id}/draft`, { data }));
  await expectStatus(200, citizen.post(`/api/v1/practices/${id}/submit`));
  await until(
    'the position',
    async () => (await citizen.get(`/api/v1/practices/${id}`)).body.payment?.status === 'open',
  );
  await pay(system, id);
  await reach(citizen, id, 'registered');
  await expectStatus(200, act(operator, id, 'take-charge'));
  await expectStatus(200, act(operator, id, 'approve'));
  const practice = await until('the flag on the approved practice', async () => {
    const { body } = await operator.get(`/api/v1/practices/${id}`);
    return body.status === 'approved' && body.attention.includes('deliveryFailed') ? body : undefined;
  });
  expect(practice.registration).not.toBeNull();
  const messages = await until('every mail to have been refused, that of the decision too', async () => {
    const { items } = (await operator.get(`/api/v1/practices/${id}/notifications`)).body;
    const refused = items.every((message: { status: string }) => message.status === 'refused');
    return refused && items.some((message: { template: string }) => message.template === 'approved') && items;
  });
  expect(messages).toHaveLength(5);
  const tasks = await system.db.prisma.operatorTask.findMany({ where: { practiceId: id, reason: 'deliveryFailed' } });
  expect(tasks).toHaveLength(1);
});
