import { act, expectStatus, practiceInCharge, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('a request of cancellation from the engine’s UI ends nothing: only acts do', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  await system.client.workflow.getHandle(`practice/bugliano/${id}`).cancel();
  await expectStatus(200, act(operator, id, 'reject', { message: 'Il veicolo non risulta intestato al richiedente.' }));
  const practice = await reach(citizen, id, 'rejected');
  expect(practice).toMatchObject({ outcome: 'rejected', statusLabel: 'Rifiutata' });
});
