import { ACT_PATHS } from '../../src/application/acts/catalogue';
import { ACT_RULES, type Act } from '../../src/domain/practice/acts';
import { practiceInCharge } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';

let system: System;
let id: string;
let document: Body;
const people: Record<string, ApiClient> = {};
beforeAll(async () => {
  system = await startSystem();
  people['applicant'] = await system.as('giulia.bianchi');
  people['officer'] = await system.as('marco.conti');
  people['manager'] = await system.as('elena.riva');
  id = await practiceInCharge(system, people['applicant'], people['officer']);
  document = (await people['officer'].get('/api/v1/openapi.json')).body;
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

function whoDoes(act: Act): ApiClient {
  const { roles, who } = ACT_RULES[act];
  const name = who === 'applicant' ? 'applicant' : roles.includes('operator') ? 'officer' : 'manager';
  return people[name] as ApiClient;
}

function exampleOf(path: string): object | undefined {
  const media = document.paths[`/practices/{id}/${path}`].post.requestBody?.content['application/json'];
  const inside = (media?.schema?.anyOf ?? []).find((shape: Body) => shape.examples ?? shape.example);
  return media?.example ?? inside?.example ?? inside?.examples[0];
}

const acts = Object.entries(ACT_PATHS).filter(([act]) => act !== 'submit' && act !== 'answerIntegration');

/** What an example may be refused for: the practice is in another state than the example supposes, never its form. */
const ABOUT_THE_PRACTICE = [
  'ACT_NOT_ALLOWED_IN_STATE',
  'ACT_DISABLED_BY_SERVICE',
  'STALE_VERSION',
  'NOTHING_TO_RETRY',
  'WITHDRAW_AFTER_PAYMENT',
  'NOT_APPLICANT',
  'ALREADY_IN_CHARGE',
  'ALREADY_YOURS',
];

test.each(acts)('the example of %s is understood by the API as it stands in the description', async (act, path) => {
  const example = exampleOf(path ?? '');
  const body = example && { ...example, ...('actVersion' in example && { actVersion: 999_999 }) };
  const answer = await whoDoes(act as Act).post(`/api/v1/practices/${id}/${path}`, body);
  if (answer.status === 200) return;
  if (act === 'acceptMessages') {
    // Its message is nobody's here: that is the only thing wrong with it.
    expect(answer.body.errors.map(({ path: where }: Body) => where)).toEqual(['messages.0']);
    return;
  }
  expect(ABOUT_THE_PRACTICE).toContain(answer.body.code);
});

test('every act that takes a body shows one', () => {
  const without = acts.filter(([, path]) => !exampleOf(path ?? '')).map(([act]) => act);
  expect(without.sort()).toEqual(['deleteDraft', 'reportPayment', 'retryPayment', 'retryRegistration']);
});
