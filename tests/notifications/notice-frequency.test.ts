import { expectProblem, invalid, malformed } from '../api/support';
import { ApiClient } from '../support/client';
import { type ApiRoom, apiRoom } from './support';

const PATH = '/api/v1/me/notices';

let room: ApiRoom;
beforeAll(async () => {
  room = await apiRoom();
});
afterAll(() => room.stop());

test('an operator and a manager are told at once until they choose otherwise, each for themselves', async () => {
  const operator = await room.as('marco.conti');
  const manager = await room.as('elena.riva');
  for (const person of [operator, manager]) expect((await person.get(PATH)).body).toEqual({ frequency: 'atOnce' });
  const answer = await operator.put(PATH, { frequency: 'daily' });
  expect([answer.status, answer.body]).toEqual([200, { frequency: 'daily' }]);
  expect((await operator.get(PATH)).body).toEqual({ frequency: 'daily' });
  expect((await manager.get(PATH)).body).toEqual({ frequency: 'atOnce' });
  expect((await operator.put(PATH, { frequency: 'atOnce' })).body).toEqual({ frequency: 'atOnce' });
});

test.each(['never', 'off', '', 'ATONCE'])('"%s" is no choice: notices can not be switched off', async (frequency) => {
  const operator = await room.as('sara.ferri');
  const message = '"frequency" può essere solo: atOnce, daily.';
  expectProblem(await operator.put(PATH, { frequency }), invalid({ path: 'frequency', rule: 'choice', message }));
  expect((await operator.get(PATH)).body).toEqual({ frequency: 'atOnce' });
});

test('a body without a choice, with more, or none at all, is refused', async () => {
  const operator = await room.as('sara.ferri');
  const missing = { path: 'frequency', rule: 'required', message: 'Manca "frequency".' };
  expectProblem(await operator.put(PATH, {}), invalid(missing));
  const unknown = { path: 'email', rule: 'unknown', message: '"email" qui non esiste: controlla il nome.' };
  expectProblem(await operator.put(PATH, { frequency: 'daily', email: 'x' }), invalid(unknown));
  expectProblem(await operator.send('PUT', PATH), malformed('il corpo è vuoto'));
});

test.each([
  ['giulia.bianchi', 'cittadino', 'citizen'],
  ['admin', 'amministratore', 'administrator'],
  ['revisore', 'revisore', 'auditor'],
])('%s has no notices to choose', async (username, label, role) => {
  const person = await room.as(username);
  for (const answer of [await person.get(PATH), await person.put(PATH, { frequency: 'daily' })]) {
    expectProblem(answer, {
      code: 'FORBIDDEN',
      status: 403,
      title: 'Non consentito',
      detail: `Il ruolo "${label}" non può usare questa risorsa.`,
      remedy: 'Serve uno di questi ruoli: operatore, responsabile.',
      params: { role, roles: 'operator, manager' },
    });
  }
});

test('a stranger learns nothing', async () => {
  const answer = await ApiClient.stranger(room).get(PATH);
  expect([answer.status, answer.body.code]).toEqual([401, 'UNAUTHENTICATED']);
});
