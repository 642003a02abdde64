import { DEMO_ACCOUNTS } from '../../src/application/demo-data';
import { instant } from '../../src/domain/ids';
import { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';
import {
  anInstant,
  clientWithSession,
  expectProblem,
  invalid,
  MovableClock,
  malformed,
  sendRaw,
  unsupported,
  type WholeProblem,
} from './support';

const WRONG_CREDENTIALS: WholeProblem = {
  code: 'WRONG_CREDENTIALS',
  status: 401,
  title: 'Credenziali non valide',
  detail: 'Nome utente o password non corretti.',
  remedy: 'Controlla i dati e riprova; dopo cinque tentativi l’accesso è sospeso per alcuni minuti.',
};
const UNAUTHENTICATED: WholeProblem = {
  code: 'UNAUTHENTICATED',
  status: 401,
  title: 'Accesso necessario',
  detail: 'Manca un accesso valido: il token non c’è, è scaduto o è stato revocato.',
  remedy: 'Ottieni un token con POST /api/v1/tokens e invialo in Authorization: Bearer.',
};

const clock = new MovableClock(instant(Date.now()));
let system: System;
beforeAll(async () => {
  system = await buildSystem({ clock });
});
afterAll(() => system.stop());

let callers = 0;

function anAddress(): string {
  callers += 1;
  return `10.0.0.${callers}`;
}

/** Each call comes from an address of its own, so that the limit on log-ins is not what answers. */
function logIn(body: unknown, address = anAddress()) {
  const headers = { 'x-forwarded-for': address };
  return ApiClient.stranger(system).send('POST', '/api/v1/tokens', { body, headers });
}

function as(username: string, password = `${username}-demo`, tenant = 'bugliano') {
  return logIn({ tenant, username, password });
}

test('everybody of the demo logs in, with role and name', async () => {
  for (const { username, role, name } of DEMO_ACCOUNTS) {
    const { status, body } = await as(username);
    expect([status, body]).toEqual([
      201,
      { token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), expiresAt: anInstant, role, name },
    ]);
  }
});

test('the token is kept only as a digest', async () => {
  const { token } = (await as('giulia.bianchi')).body;
  const { rows } = await system.db.pool.query('SELECT row_to_json(session)::text AS row FROM session');
  expect(rows.map(({ row }) => row).join()).not.toContain(token);
});

test('a wrong password, an unknown user, a wrong municipality: one answer, which tells nothing', async () => {
  expectProblem(await as('giulia.bianchi', 'wrong'), WRONG_CREDENTIALS);
  expectProblem(await as('nessuno'), WRONG_CREDENTIALS);
  expectProblem(await as('giulia.bianchi', 'giulia.bianchi-demo', 'altrove'), WRONG_CREDENTIALS);
  await system.db.prisma.account.updateMany({ where: { username: 'paolo.esposito' }, data: { enabled: false } });
  expectProblem(await as('paolo.esposito'), WRONG_CREDENTIALS);
});

test.each<[string, unknown, { path: string; rule: string; message: string }[]]>([
  [
    'nothing',
    {},
    [
      { path: 'tenant', rule: 'required', message: 'Manca "tenant".' },
      { path: 'username', rule: 'required', message: 'Manca "username".' },
      { path: 'password', rule: 'required', message: 'Manca "password".' },
    ],
  ],
  [
    'an empty password',
    { tenant: 'bugliano', username: 'x', password: '' },
    [{ path: 'password', rule: 'required', message: '"password" non può essere vuoto.' }],
  ],
  [
    'a password that is a list',
    { tenant: 'bugliano', username: 'x', password: ['x'] },
    [{ path: 'password', rule: 'type', message: '"password" deve essere un testo.' }],
  ],
  [
    'a password of a novel',
    { tenant: 'bugliano', username: 'x', password: 'x'.repeat(201) },
    [{ path: 'password', rule: 'tooBig', message: '"password" può avere al massimo 200 caratteri.' }],
  ],
  [
    'a user name with NUL',
    { tenant: 'bugliano', username: 'a\u0000', password: 'x' },
    [
      {
        path: 'username',
        rule: 'characters',
        message: 'Il testo contiene caratteri che non si possono conservare: riscrivilo.',
      },
    ],
  ],
])('%s: refused without looking for anybody', async (_name, body, errors) => {
  expectProblem(await logIn(body), invalid(...errors));
});

test('a body that is missing, no JSON or of another type is refused as such', async () => {
  const stranger = ApiClient.stranger(system);
  expectProblem(await stranger.send('POST', '/api/v1/tokens'), malformed('il corpo è vuoto'));
  expectProblem(await sendRaw(stranger, 'POST', '/api/v1/tokens', '{'), malformed('non è JSON valido'));
  const form = 'application/x-www-form-urlencoded';
  expectProblem(await sendRaw(stranger, 'POST', '/api/v1/tokens', 'username=x', form), unsupported(form));
});

test('five wrong passwords lock the account for five minutes, also for the right one', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) expect((await as('sara.ferri', 'wrong')).status).toBe(401);
  expectProblem(await as('sara.ferri'), WRONG_CREDENTIALS);
  clock.forward(4 * 60_000);
  expectProblem(await as('sara.ferri'), WRONG_CREDENTIALS);
  expect((await as('sara.ferri', 'sara.ferri-demo', 'vicinato')).status).toBe(201);
  clock.forward(60_000);
  expect((await as('sara.ferri')).status).toBe(201);
});

test('wrong passwords that come all at once count as many', async () => {
  await Promise.all(Array.from({ length: 10 }, () => as('luca.neri', 'wrong')));
  expectProblem(await as('luca.neri'), WRONG_CREDENTIALS);
});

test('four wrong passwords and a right one start the count again', async () => {
  for (let round = 0; round < 2; round += 1) {
    for (let attempt = 0; attempt < 4; attempt += 1) await as('elena.riva', 'wrong');
    expect((await as('elena.riva')).status).toBe(201);
  }
});

test('from one address log-ins are limited, and the answer says when to try again', async () => {
  const attempts = [];
  for (let attempt = 0; attempt < 31; attempt += 1) attempts.push(await logIn({}, '10.1.1.1'));
  expect(attempts.slice(0, 30).map(({ status }) => status)).toEqual(Array(30).fill(422));
  const refused = attempts[30];
  if (!refused) throw new Error('no answer');
  const seconds = Number(refused.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  expectProblem(refused, {
    code: 'TOO_MANY_REQUESTS',
    status: 429,
    title: 'Troppe richieste',
    detail: 'Hai inviato troppe richieste in poco tempo.',
    remedy: `Riprova tra ${seconds} secondi.`,
    retryable: true,
    params: { retryAfterSeconds: seconds },
  });
});

test('logging out ends this session and no other', async () => {
  const [here, there] = await Promise.all(
    [1, 2].map(async () => ApiClient.withToken(system, (await as('giulia.bianchi')).body.token)),
  );
  const left = await here?.send('DELETE', '/api/v1/tokens/current');
  expect([left?.status, left?.body.length]).toEqual([204, 0]);
  for (let again = 0; again < 2; again += 1) {
    const answer = await here?.send('DELETE', '/api/v1/tokens/current');
    if (answer) expectProblem(answer, UNAUTHENTICATED);
  }
  expect((await there?.get('/api/v1/services'))?.status).toBe(200);
});

test('a token ends when it expires, and when its account is disabled', async () => {
  const client = await clientWithSession(system, 'marco.conti', 'bugliano', 60_000);
  expect((await client.get('/api/v1/services')).status).toBe(200);
  clock.forward(60_000);
  expectProblem(await client.get('/api/v1/services'), UNAUTHENTICATED);
  const another = await clientWithSession(system, 'revisore');
  await system.db.prisma.account.updateMany({ where: { username: 'revisore' }, data: { enabled: false } });
  expectProblem(await another.get('/api/v1/services'), UNAUTHENTICATED);
});

test.each([
  '',
  'Bearer',
  'Bearer ',
  'Bearer x',
  `Basic ${'a'.repeat(43)}`,
  `Bearer ${'a'.repeat(43)}`,
  `Bearer ${'è'.repeat(43)}`,
])('what is no token of ours (%j) opens nothing', async (authorization) => {
  const answer = await ApiClient.stranger(system).send('GET', '/api/v1/services', { headers: { authorization } });
  expectProblem(answer, UNAUTHENTICATED);
  expect(answer.headers['www-authenticate']).toBe('Bearer');
});
