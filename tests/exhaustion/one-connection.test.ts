import { act, aPng, expectStatus, practiceInCharge, reach } from '../support/builders';
import { freshDatabase } from '../support/database';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';

let system: System;

beforeAll(async () => {
  system = await startSystem({ database: await freshDatabase(1) });
});
afterAll(() => system.stop());

/** Who holds a connection and asks for another waits for itself when there is only one. */
test('nothing on the way from draft to decision needs two connections at once', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  const request = { message: 'Serve una foto del veicolo.', documents: [{ key: 'photo', label: 'Foto' }] };
  await expectStatus(200, act(operator, id, 'integration-requests', request));
  await reach(citizen, id, 'awaitingIntegration');
  const photo = await expectStatus(201, citizen.upload(id, 'integration.1.photo', 'foto.png', aPng));
  const answer = { documents: { photo: [photo.id] } };
  await expectStatus(200, citizen.post(`/api/v1/practices/${id}/integration-answers`, answer));
  await expectStatus(201, operator.post(`/api/v1/practices/${id}/messages`, { text: 'Buongiorno.' }));
  await expectStatus(201, operator.post(`/api/v1/practices/${id}/notes`, { text: 'Veicolo visto.' }));
  await reach(citizen, id, 'inCharge');
  await expectStatus(200, act(operator, id, 'approve', { message: 'Vale per un veicolo.' }));
  await reach(citizen, id, 'approved');
  await expectStatus(200, operator.get('/api/v1/practices'));
  await checkInvariants(system);
});
