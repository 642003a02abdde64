import { registeredPractice } from '../support/builders';
import type { ApiClient } from '../support/client';
import { anOffice, expectIdempotent, refusesAsEveryOfficeAct } from './office-acts';
import { ALREADY_IN_CHARGE, actionsOf, anId, anInstant, expectProblem } from './support';

const office = anOffice();

refusesAsEveryOfficeAct(office, {
  path: 'take-charge',
  act: 'takeCharge',
  label: 'Prendi in carico',
  body: {},
  impossible: { on: 'inCharge', status: 'inCharge', statusLabel: 'In carico' },
  refused: ALREADY_IN_CHARGE,
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

test('of two officers at once one gets the practice, the other is told that it is taken', async () => {
  const { system, citizen, operator, colleague } = office();
  const id = await registeredPractice(system, citizen);
  const { actVersion } = (await operator.get(`/api/v1/practices/${id}`)).body;
  const path = `/api/v1/practices/${id}/take-charge`;
  const answers = await Promise.all([operator, colleague].map((client) => client.post(path, { actVersion })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409);
  if (!refused) throw new Error('both got it');
  const params = { act: 'takeCharge', actLabel: 'Prendi in carico', status: 'inCharge', statusLabel: 'In carico' };
  expectProblem(refused, { ...ALREADY_IN_CHARGE, params: expect.objectContaining(params) });
});

test('the applicant reads the name of who is in charge, not the account', async () => {
  const { citizen, inCharge } = office();
  const { body } = await citizen.get(`/api/v1/practices/${inCharge}`);
  expect(body.assignee).toEqual({ id: null, name: 'Marco Conti' });
});

test('who holds it is shown every act of the office with its answer, a colleague that it is held', async () => {
  const { operator, colleague, inCharge } = office();
  const seenBy = async (client: ApiClient) => actionsOf((await client.get(`/api/v1/practices/${inCharge}`)).body);
  const byHolder = await seenBy(operator);
  expect(byHolder).toEqual([
    ['deleteDraft', 'NOT_APPLICANT'],
    ['submit', 'NOT_APPLICANT'],
    ['retryPayment', 'ACT_NOT_ALLOWED_IN_STATE'],
    ['recordCounterPayment', 'ACT_NOT_ALLOWED_IN_STATE'],
    ['accept', 'ACT_DISABLED_BY_SERVICE'],
    ['takeCharge', 'ALREADY_IN_CHARGE'],
    ['takeOver', 'ALREADY_YOURS'],
    ['assign', 'allowed'],
    ['release', 'allowed'],
    ['setPriority', 'allowed'],
    ['changePhase', 'ACT_DISABLED_BY_SERVICE'],
    ['communicateStart', 'allowed'],
    ['requestIntegration', 'allowed'],
    ['acceptMessages', 'ACT_NOT_ALLOWED_IN_STATE'],
    ['cancelIntegration', 'ACT_NOT_ALLOWED_IN_STATE'],
    ['noticeRejection', 'ACT_DISABLED_BY_SERVICE'],
    ['approve', 'allowed'],
    ['approvePartially', 'ACT_DISABLED_BY_SERVICE'],
    ['reject', 'allowed'],
    ['communicate', 'allowed'],
    ['archive', 'allowed'],
    ['reopen', 'ACT_DISABLED_BY_SERVICE'],
    ['retryRegistration', 'NOTHING_TO_RETRY'],
  ]);
  const needsHolder = [
    'release',
    'communicateStart',
    'requestIntegration',
    'approve',
    'reject',
    'communicate',
    'archive',
  ];
  expect(await seenBy(colleague)).toEqual(
    byHolder.map(([name, answer]) => {
      if (name === 'takeOver') return [name, 'allowed'];
      return [name, needsHolder.includes(name) ? 'NOT_ASSIGNEE' : answer];
    }),
  );
});
