import { act, expectStatus, practiceInCharge, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { startTimeSkippingSystem, type TimeSkippingSystem } from '../support/time-skipping';
import { until } from '../support/until';

let system: TimeSkippingSystem;
beforeAll(async () => {
  system = await startTimeSkippingSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('an integration that nobody answers suspends the term for thirty days and gives the practice back to the office', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  const before = (await operator.get(`/api/v1/practices/${id}`)).body;
  const request = { message: 'Indica di nuovo la targa del veicolo.', fields: ['vehicle.plate'] };
  await expectStatus(200, act(operator, id, 'integration-requests', request));
  const open = await reach(citizen, id, 'awaitingIntegration');
  expect(open).toMatchObject({ termSuspended: true, answerBy: null });
  await system.passUntil(open.integration.answerBy, 10_000);
  const back = await reach(operator, id, 'inCharge');
  expect(back).toMatchObject({ termSuspended: false, integration: null, assignee: { name: 'Marco Conti' } });
  const days = (Date.parse(back.answerBy) - Date.parse(before.answerBy)) / 86_400_000;
  // Thirty days of suspension, and at most the holidays around the new last day.
  expect(days).toBeGreaterThanOrEqual(28);
  expect(days).toBeLessThanOrEqual(34);
  await until('the applicant to be told', async () => {
    const { items } = (await citizen.get(`/api/v1/practices/${id}/notifications`)).body;
    return items.some(
      (message: { template: string; status: string }) =>
        message.template === 'integrationLapsed' && message.status === 'sent',
    );
  });
});
