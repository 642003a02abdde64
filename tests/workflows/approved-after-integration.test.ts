import { act, aPng, expectStatus, practiceInCharge, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('a practice is approved after an integration, with every document registered and delivered', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  await expectStatus(
    200,
    act(operator, id, 'integration-requests', {
      message: 'Serve una foto del veicolo in cui si legga la targa.',
      fields: ['vehicle.plate'],
      documents: [{ key: 'photo', label: 'Foto del veicolo' }],
    }),
  );
  await reach(citizen, id, 'awaitingIntegration');
  const photo = await expectStatus(201, citizen.upload(id, 'integration.1.photo', 'foto.png', aPng));
  await expectStatus(
    200,
    citizen.post(`/api/v1/practices/${id}/integration-answers`, {
      values: { 'vehicle.plate': 'ab 123 ce' },
      documents: { photo: [photo.id] },
    }),
  );
  await reach(operator, id, 'inCharge');
  await expectStatus(200, act(operator, id, 'approve', { message: 'Requisiti verificati.' }));
  await reach(citizen, id, 'approved');
  const types = await until('the decision to be delivered', async () => {
    const { items } = (await citizen.get(`/api/v1/practices/${id}/timeline`)).body;
    const all: string[] = items.map((event: { type: string }) => event.type);
    return all.at(-1) === 'delivered' ? all : undefined;
  });
  expect(types).toEqual([
    'draftCreated',
    'paymentRequested',
    'paymentReceived',
    'submitted',
    'documentReady',
    'registrationStarted',
    'requestRegistered',
    'chargeTaken',
    'integrationRequested',
    'documentReady',
    'integrationRequestRegistered',
    expect.stringMatching('delivered|integrationAnswered'),
    expect.any(String),
    'documentReady',
    'integrationAnswerRegistered',
    'decided',
    'documentReady',
    'outcomeRegistered',
    'delivered',
  ]);
});
