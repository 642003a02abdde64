import { randomUUID } from 'node:crypto';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';
import {
  actionsOf,
  anId,
  anInstant,
  expectProblem,
  IDEMPOTENCY_KEY_MISSING,
  IDEMPOTENCY_KEY_REUSED,
  invalid,
  malformed,
  sendRaw,
  tooLarge,
  unsupported,
} from './support';

const PATH = '/api/v1/practices';

let system: System;
let citizen: ApiClient;
beforeAll(async () => {
  system = await buildSystem();
  citizen = await system.as('giulia.bianchi');
});
afterAll(() => system.stop());

test('a draft is there at once, whole, also with the engine stopped', async () => {
  const { status, headers, body } = await citizen.post(PATH, {
    service: 'permesso-ztl',
    data: { vehicle: { plate: 'AB1' } },
  });
  expect(status).toBe(201);
  expect(headers['location']).toBe(`/api/v1/practices/${body.id}`);
  expect(body).toEqual({
    id: anId,
    code: null,
    service: { code: 'permesso-ztl', version: 2, name: 'Permesso di accesso alla ZTL' },
    status: 'draft',
    statusLabel: 'Bozza',
    seq: 0,
    actVersion: 0,
    createdAt: anInstant,
    changedAt: body.createdAt,
    confirmedAt: null,
    receivedAt: null,
    answerBy: null,
    termSuspended: false,
    late: false,
    attention: [],
    assignee: null,
    office: null,
    priority: 'medium',
    phase: null,
    folder: null,
    filedBy: 'citizen',
    identity: null,
    language: 'it',
    draftVersion: 1,
    stamps: { needed: 0, given: [] },
    notice: null,
    registration: null,
    outcome: null,
    data: { vehicle: { plate: 'AB1' } },
    dataSha256: null,
    payment: null,
    integration: null,
    pending: [
      {
        commandId: anId,
        act: 'createDraft',
        receivedAt: body.createdAt,
        href: `/api/v1/commands/${body.pending[0].commandId}`,
      },
    ],
    actions: expect.any(Array),
  });
  expect(actionsOf(body)).toEqual([
    ['deleteDraft', 'allowed'],
    ['submit', 'allowed'],
    ['provideStamps', 'ACT_NOT_ALLOWED_IN_STATE'],
    ['reportPayment', 'ACT_NOT_ALLOWED_IN_STATE'],
    ['retryPayment', 'ACT_NOT_ALLOWED_IN_STATE'],
    ['answerIntegration', 'ACT_NOT_ALLOWED_IN_STATE'],
    ['submitObservations', 'ACT_NOT_ALLOWED_IN_STATE'],
    ['withdraw', 'ACT_NOT_ALLOWED_IN_STATE'],
  ]);
  expect([body.actions[1], body.actions[7]]).toEqual([
    {
      act: 'submit',
      label: 'Invia',
      method: 'POST',
      allowed: true,
      href: `/api/v1/practices/${body.id}/submit`,
      reason: null,
    },
    {
      act: 'withdraw',
      label: 'Ritira',
      method: 'POST',
      allowed: false,
      href: `/api/v1/practices/${body.id}/withdrawals`,
      reason: {
        code: 'ACT_NOT_ALLOWED_IN_STATE',
        message: '"Ritira" non è possibile: la pratica è nello stato "Bozza".',
        remedy:
          'Si può fare quando la pratica è: Inviata, Acquisita, Da accettare, In attesa di protocollazione, Protocollata, In carico, In attesa di integrazioni, Preavviso di rigetto. Ricarica la pratica per vedere che cosa è cambiato.',
      },
    },
  ]);
  expect((await citizen.get(`${PATH}/${body.id}`)).body).toEqual(body);
});

test('a service that does not exist is named in the refusal', async () => {
  expectProblem(await citizen.post(PATH, { service: 'permesso-volo' }), {
    code: 'SERVICE_NOT_FOUND',
    status: 404,
    title: 'Servizio non trovato',
    detail: 'Il servizio "permesso-volo" non esiste o non è pubblicato.',
    remedy: 'Scegli uno dei servizi elencati in /api/v1/services.',
    params: { service: 'permesso-volo' },
  });
});

test.each<[string, unknown, { path: string; rule: string; message: string }[]]>([
  ['no service', {}, [{ path: 'service', rule: 'required', message: 'Manca "service".' }]],
  [
    'an empty service',
    { service: '' },
    [{ path: 'service', rule: 'required', message: '"service" non può essere vuoto.' }],
  ],
  [
    'a service that is a number',
    { service: 7 },
    [{ path: 'service', rule: 'type', message: '"service" deve essere un testo.' }],
  ],
  [
    'a service name that is too long',
    { service: 's'.repeat(61) },
    [{ path: 'service', rule: 'tooBig', message: '"service" può avere al massimo 60 caratteri.' }],
  ],
  [
    'data that is a list',
    { service: 'permesso-ztl', data: [] },
    [{ path: 'data', rule: 'type', message: '"data" deve essere un oggetto.' }],
  ],
  [
    'a member that does not exist',
    { service: 'permesso-ztl', dati: {} },
    [{ path: 'dati', rule: 'unknown', message: '"dati" qui non esiste: controlla il nome.' }],
  ],
  ['a list', [], [{ path: '', rule: 'type', message: '"corpo" deve essere un oggetto.' }]],
  [
    'text with NUL',
    { service: 'a\u0000b' },
    [
      {
        path: 'service',
        rule: 'characters',
        message: 'Il testo contiene caratteri che non si possono conservare: riscrivilo.',
      },
    ],
  ],
  [
    'two mistakes',
    { service: null, data: 'x' },
    [
      { path: 'service', rule: 'type', message: '"service" deve essere un testo.' },
      { path: 'data', rule: 'type', message: '"data" deve essere un oggetto.' },
    ],
  ],
])('%s: every wrong member is listed', async (_name, body, errors) => {
  expectProblem(await citizen.post(PATH, body), invalid(...errors));
});

test('a body that is missing, no JSON, of another type or too large is refused as such', async () => {
  expectProblem(await citizen.post(PATH), malformed('il corpo è vuoto'));
  expectProblem(await sendRaw(citizen, 'POST', PATH, ''), malformed('il corpo è vuoto'));
  expectProblem(await sendRaw(citizen, 'POST', PATH, '{"service":'), malformed('non è JSON valido'));
  expectProblem(await sendRaw(citizen, 'POST', PATH, '{"__proto__":{}}'), malformed('non è JSON valido'));
  expectProblem(await sendRaw(citizen, 'POST', PATH, 'service=x', 'text/plain'), unsupported('text/plain'));
  expectProblem(await sendRaw(citizen, 'POST', PATH, '<a/>', 'application/xml'), unsupported('application/xml'));
  expectProblem(await citizen.post(PATH, { service: 'x', data: { a: 'y'.repeat(300_000) } }), tooLarge(256 * 1024));
});

test.each(['', 'short', 'a'.repeat(101), 'with space', 'è-una-chiave'])(
  'an idempotency key that is missing or of another form (%p) is refused',
  async (key) => {
    const headers: Record<string, string> = key === '' ? {} : { 'idempotency-key': key };
    const body = { service: 'permesso-ztl' };
    expectProblem(await citizen.send('POST', PATH, { body, headers }), IDEMPOTENCY_KEY_MISSING);
  },
);

test('the same request with the same key gives the same draft, also twenty at once', async () => {
  const key = randomUUID();
  const before = await system.db.prisma.practice.count();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => citizen.post(PATH, { service: 'permesso-ztl' }, key)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
  expect(await system.db.prisma.practice.count()).toBe(before + 1);
  expect(await system.db.prisma.inboxRow.count({ where: { idempotencyKey: key } })).toBe(1);
});

test('the same key with another body is refused, and is free for another person', async () => {
  const key = randomUUID();
  await citizen.post(PATH, { service: 'permesso-ztl' }, key);
  expectProblem(await citizen.post(PATH, { service: 'permesso-ztl', data: { a: 1 } }, key), IDEMPOTENCY_KEY_REUSED);
  const other = await system.as('paolo.esposito');
  expect((await other.post(PATH, { service: 'permesso-ztl' }, key)).status).toBe(201);
});
