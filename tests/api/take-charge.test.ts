import { registeredPractice } from '../support/builders';
import { anOffice, expectIdempotent, refusesAsEveryOfficeAct } from './office-acts';
import { anId, anInstant } from './support';

const office = anOffice();

refusesAsEveryOfficeAct(office, {
  path: 'take-charge',
  act: 'takeCharge',
  label: 'Prendi in carico',
  body: {},
  impossible: { on: 'inCharge', status: 'inCharge', statusLabel: 'In carico', allowedIn: 'Protocollata, Acquisita' },
});

test('a registered practice is taken in charge; asked again with the same key nothing more happens', async () => {
  const { system, citizen, operator } = office();
  const id = await registeredPractice(system, citizen);
  const { body: seen } = await operator.get(`/api/v1/practices/${id}`);
  const version = { actVersion: seen.actVersion };
  const body = await expectIdempotent(operator, id, 'take-charge', version, { actVersion: seen.actVersion + 1 });
  expect(body).toEqual({
    commandId: anId,
    receivedAt: anInstant,
    practice: expect.objectContaining({
      id,
      status: 'inCharge',
      actVersion: seen.actVersion + 1,
      assignee: { id: anId, name: 'Marco Conti' },
    }),
  });
});

test('of two officers at once one gets the practice, the other is told that it changed', async () => {
  const { system, citizen, operator, colleague } = office();
  const id = await registeredPractice(system, citizen);
  const { actVersion } = (await operator.get(`/api/v1/practices/${id}`)).body;
  const path = `/api/v1/practices/${id}/take-charge`;
  const answers = await Promise.all([operator, colleague].map((client) => client.post(path, { actVersion })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409);
  expect(['STALE_VERSION', 'ACT_NOT_ALLOWED_IN_STATE']).toContain(refused?.body.code);
});

test('the applicant reads the name of who is in charge, not the account', async () => {
  const { citizen, inCharge } = office();
  const { body } = await citizen.get(`/api/v1/practices/${inCharge}`);
  expect(body.assignee).toEqual({ id: null, name: 'Marco Conti' });
});
