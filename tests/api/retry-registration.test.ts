import { act } from '../support/builders';
import { anOffice, refusesAsEveryOfficeAct } from './office-acts';
import { expectProblem, malformed, NOTHING_TO_RETRY, sendRaw } from './support';

const office = anOffice();

refusesAsEveryOfficeAct(office, {
  path: 'retry-registration',
  act: 'retryRegistration',
  label: 'Riprova la protocollazione',
  body: {},
  impossible: {
    on: 'inCharge',
    status: 'inCharge',
    statusLabel: 'In carico',
  },
  refused: NOTHING_TO_RETRY,
  alsoAfterTheEnd: true,
  versioned: false,
});

test('an administrator, who may retry, is told the same', async () => {
  const { system, inCharge } = office();
  const admin = await system.as('admin');
  const answer = await admin.post(`/api/v1/practices/${inCharge}/retry-registration`, {});
  expect([answer.status, answer.body.code]).toEqual([409, 'NOTHING_TO_RETRY']);
});

test('it needs no body, but one that is no JSON is refused', async () => {
  const { operator, inCharge } = office();
  const path = `/api/v1/practices/${inCharge}/retry-registration`;
  const answer = await operator.post(path);
  expect([answer.status, answer.body.code]).toEqual([409, 'NOTHING_TO_RETRY']);
  expectProblem(await sendRaw(operator, 'POST', path, '{'), malformed('non è JSON valido'));
});

test('a version that it does not ask for is refused like any other stranger', async () => {
  const { operator, inCharge } = office();
  const answer = await act(operator, inCharge, 'retry-registration');
  expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, 'actVersion']);
});
