import { epochMs, type Instant, instant } from '../../src/domain/ids';
import { act, expectStatus, practiceInCharge, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { isAtRest } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { startTimeSkippingSystem, type TimeSkippingSystem } from '../support/time-skipping';
import { until } from '../support/until';

let system: TimeSkippingSystem;
let citizen: ApiClient;
let operator: ApiClient;
beforeEach(async () => {
  // Without a cache tasks wait for any worker, not for the one that is gone.
  system = await startTimeSkippingSystem({ maxCachedWorkflows: 0 });
  citizen = await system.as('giulia.bianchi');
  operator = await system.as('marco.conti');
});
afterEach(async () => {
  await checkInvariants(system);
  await system.stop();
});

const answer = { values: { 'vehicle.plate': 'AB123CE' } };

async function openIntegration(): Promise<{ id: string; answerBy: Instant }> {
  const id = await practiceInCharge(system, citizen, operator);
  const request = { message: 'Indica di nuovo la targa del veicolo.', fields: ['vehicle.plate'] };
  await act(operator, id, 'integration-requests', request);
  const { integration } = await reach(citizen, id, 'awaitingIntegration');
  await until('the request to be delivered', async () => {
    const { items } = (await citizen.get(`/api/v1/practices/${id}/timeline`)).body;
    return items.at(-1).type === 'delivered';
  });
  // The test server skips no time while a task or an activity is open.
  await until('the practice to be at rest', () => isAtRest(system, id));
  return { id, answerBy: integration.answerBy };
}

async function engineDown(): Promise<void> {
  system.setWait(50);
  await system.stopSender();
  await system.stopWorker();
}

async function engineBack(): Promise<void> {
  await system.startWorker();
  system.startSender();
}

/** What the command became, once it became something. */
function outcomeOf(commandId: string) {
  return until('the outcome', async () => (await citizen.get(`/api/v1/commands/${commandId}`)).body.outcome);
}

test('an answer received before the expiry wins, although the timer fires first when the engine is back', async () => {
  const { id, answerBy } = await openIntegration();
  await engineDown();
  await system.passUntil(instant(epochMs(answerBy) - 60_000));
  const taken = await expectStatus(202, citizen.post(`/api/v1/practices/${id}/integration-answers`, answer));
  await system.passUntilWorkIsDue(answerBy);
  await engineBack();
  expect(await outcomeOf(taken.commandId)).toMatchObject({ result: 'done' });
  await reach(operator, id, 'inCharge');
  const { items } = (await operator.get(`/api/v1/practices/${id}/timeline`)).body;
  const types = items.map((event: { type: string }) => event.type);
  expect(types).toContain('integrationAnswerRegistered');
  expect(types).not.toContain('integrationLapsed');
});

test('an answer received after the expiry is refused with the instant, although the engine was not there to see it pass', async () => {
  const { id, answerBy } = await openIntegration();
  await engineDown();
  await system.passUntil(answerBy, 1_000);
  const late = await citizen.post(`/api/v1/practices/${id}/integration-answers`, answer);
  expect(late).toMatchObject({ status: 409, body: { code: 'DEADLINE_PASSED' } });
  await engineBack();
  await reach(operator, id, 'inCharge');
  const { items } = (await operator.get(`/api/v1/practices/${id}/timeline`)).body;
  expect(items.map((event: { type: string }) => event.type)).toContain('integrationLapsed');
});
