import { completeDraft, expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';
import {
  anInstant,
  expectProblem,
  frozen,
  invalid,
  malformed,
  PRACTICE_NOT_FOUND,
  sendRaw,
  tooLarge,
  unsupported,
} from './support';

let system: System;
let citizen: ApiClient;
let id: string;
let path: string;
beforeAll(async () => {
  system = await buildSystem();
  citizen = await system.as('giulia.bianchi');
  id = (await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }))).id;
  path = `/api/v1/practices/${id}/draft`;
});
afterAll(() => system.stop());

async function stored(practice = id) {
  const { content, version } = await system.db.prisma.draft.findUniqueOrThrow({ where: { practiceId: practice } });
  return { content, version };
}

test('what is written is kept, complete or not, and every save counts', async () => {
  const first = await citizen.put(path, { data: { applicant: { givenName: 'Giulia' }, altro: ['è', 1, null] } });
  expect(first).toMatchObject({ status: 200, body: { savedAt: anInstant, version: 2 } });
  const second = await citizen.put(path, { data: { applicant: { givenName: 'Anna' } } });
  expect(second.body).toEqual({ savedAt: anInstant, version: 3 });
  expect((await citizen.get(`/api/v1/practices/${id}`)).body.data).toEqual({ applicant: { givenName: 'Anna' } });
});

test.each<[string, unknown, { path: string; rule: string; message: string }]>([
  ['no data', {}, { path: 'data', rule: 'required', message: 'Manca "data".' }],
  ['data that is text', { data: 'x' }, { path: 'data', rule: 'type', message: '"data" deve essere un oggetto.' }],
  ['data that is a list', { data: [1] }, { path: 'data', rule: 'type', message: '"data" deve essere un oggetto.' }],
  ['data that is null', { data: null }, { path: 'data', rule: 'type', message: '"data" deve essere un oggetto.' }],
  [
    'a member beside data',
    { data: {}, note: 'x' },
    { path: 'note', rule: 'unknown', message: '"note" qui non esiste: controlla il nome.' },
  ],
  [
    'NUL in a value',
    { data: { a: { b: '\u0000' } } },
    {
      path: 'data.a.b',
      rule: 'characters',
      message: 'Il testo contiene caratteri che non si possono conservare: riscrivilo.',
    },
  ],
  [
    'NUL in a name',
    { data: { 'a\u0000': 1 } },
    {
      path: 'data',
      rule: 'characters',
      message: 'Il testo contiene caratteri che non si possono conservare: riscrivilo.',
    },
  ],
  [
    'half a character',
    { data: { a: '\ud83d' } },
    {
      path: 'data.a',
      rule: 'characters',
      message: 'Il testo contiene caratteri che non si possono conservare: riscrivilo.',
    },
  ],
])('%s: refused, and the draft stays as it was', async (_name, body, error) => {
  const before = await stored();
  expectProblem(await citizen.put(path, body), invalid(error));
  expect(await stored()).toEqual(before);
});

test('values nested beyond any form are refused before anything recurses into them', async () => {
  const text = `{"data":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
  const { status, body } = await sendRaw(citizen, 'PUT', path, text);
  expect(status).toBe(422);
  expect(body.errors).toEqual([
    {
      path: expect.stringMatching(/^data\.a\.0/),
      rule: 'tooDeep',
      message: 'Il valore è annidato troppo in profondità: al massimo 20 livelli.',
    },
  ]);
});

test('a body that is missing, no JSON, of another type or too large is refused as such', async () => {
  expectProblem(await citizen.send('PUT', path), malformed('il corpo è vuoto'));
  expectProblem(await sendRaw(citizen, 'PUT', path, '{"data":{}'), malformed('non è JSON valido'));
  expectProblem(await sendRaw(citizen, 'PUT', path, '{"data":{}}', 'text/plain'), unsupported('text/plain'));
  expectProblem(await sendRaw(citizen, 'PUT', path, '{"data":{}}', null), unsupported(''));
  expectProblem(await citizen.put(path, { data: { a: 'x'.repeat(512 * 1024) } }), tooLarge(512 * 1024));
});

test('an id that is none, or of nobody, is refused', async () => {
  expectProblem(
    await citizen.put('/api/v1/practices/abc/draft', { data: {} }),
    invalid({ path: 'id', rule: 'format', message: '"id" deve essere un identificativo (UUID).' }),
  );
  const unknown = '00000000-0000-7000-8000-000000000000';
  expectProblem(await citizen.put(`/api/v1/practices/${unknown}/draft`, { data: {} }), PRACTICE_NOT_FOUND);
});

test('another citizen learns nothing of the draft', async () => {
  const other = await system.as('paolo.esposito');
  expectProblem(await other.put(path, { data: {} }), PRACTICE_NOT_FOUND);
});

test('from the moment it was sent a draft does not change, whatever the engine has done of it', async () => {
  const sent = await completeDraft(citizen);
  const before = await stored(sent);
  // Nobody carries it to the engine: the row still says draft, the application has been sent all the same.
  system.setWait(0);
  await expectStatus(202, citizen.post(`/api/v1/practices/${sent}/submit`));
  expectProblem(await citizen.put(`/api/v1/practices/${sent}/draft`, { data: {} }), frozen('Inviata'));
  expect(await stored(sent)).toEqual(before);
});
