import { seedPractices } from '../queries/seed';
import { act, awaitingPayment, expectStatus, registeredPractice } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { anId, anInstant, expectProblem, invalid } from './support';

let system: System;
let citizen: ApiClient;
let other: ApiClient;
let operator: ApiClient;
/** Giulia's: one in charge to Marco, one registered, one that waits for its payment. Paolo's: one registered. */
let taken: string;
let free: string;
let unpaid: string;
let paolos: string;
beforeAll(async () => {
  system = await startSystem();
  [citizen, other, operator] = await Promise.all([
    system.as('giulia.bianchi'),
    system.as('paolo.esposito'),
    system.as('marco.conti'),
  ]);
  [taken, free, unpaid, paolos] = await Promise.all([
    registeredPractice(system, citizen),
    registeredPractice(system, citizen),
    awaitingPayment(citizen),
    registeredPractice(system, other),
  ]);
  await expectStatus(200, act(operator, taken, 'take-charge'));
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

async function list(client: ApiClient, query: Record<string, string> = {}): Promise<Body> {
  return expectStatus(200, client.get(`/api/v1/practices?${new URLSearchParams(query)}`));
}

async function ids(client: ApiClient, query: Record<string, string> = {}): Promise<string[]> {
  return (await list(client, query)).items.map(({ id }: Body) => id).sort();
}

test('everybody sees their own: applicants what they filed, officers what was sent to their office', async () => {
  expect(await ids(citizen)).toEqual([taken, free, unpaid].sort());
  expect(await ids(other)).toEqual([paolos]);
  // What waits for its payment is there, too: an officer takes money at the counter.
  const confirmed = [taken, free, unpaid, paolos].sort();
  for (const username of ['marco.conti', 'sara.ferri', 'elena.riva', 'admin', 'revisore']) {
    expect([username, await ids(await system.as(username))]).toEqual([username, confirmed]);
  }
  expect(await ids(await system.as('luca.neri'))).toEqual([]);
  for (const username of ['giulia.bianchi', 'marco.conti', 'admin']) {
    expect(await ids(await system.as(username, 'vicinato'))).toEqual([]);
  }
});

test('a row says what a list shows, last changed first', async () => {
  const { items, next } = await list(operator);
  expect(next).toBeNull();
  const changes = items.map(({ changedAt }: Body) => changedAt);
  expect(changes).toEqual([...changes].sort().reverse());
  expect(items.find(({ id }: Body) => id === taken)).toEqual({
    id: taken,
    code: expect.stringMatching(/^ZTL-\d{4}-\d{6}$/),
    serviceCode: 'permesso-ztl',
    serviceName: 'Permesso di accesso alla ZTL',
    status: 'inCharge',
    statusLabel: 'In carico',
    actVersion: expect.any(Number),
    applicant: { name: 'Giulia Bianchi', taxCode: 'BNCGLI85T50D612A' },
    identity: { provider: expect.any(String), level: 1, verified: true },
    author: { kind: 'citizen', label: 'Cittadino' },
    createdAt: anInstant,
    changedAt: anInstant,
    confirmedAt: anInstant,
    receivedAt: anInstant,
    answerBy: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    late: false,
    attention: [],
    assignee: { id: anId, name: 'Marco Conti' },
    office: { code: 'mobilita', name: 'Mobilità e permessi' },
    priority: { value: 'medium', label: 'Media' },
    phase: null,
    registration: expect.stringMatching(/^\d{7}\/\d{4}$/),
    registrationText: expect.stringMatching(/^\d{7}\/\d{4}$/),
    registeredAt: anInstant,
    folder: { id: anId, label: expect.stringMatching(/^Permesso di accesso alla ZTL \d{4}$/) },
    area: null,
    outcome: null,
    endedAt: null,
    language: 'it',
    href: `/api/v1/practices/${taken}`,
  });
});

test('an applicant learns who is in charge, not the account, and nothing of the office’s own', async () => {
  const { items } = await list(citizen);
  expect(items.find(({ id }: Body) => id === taken)).toMatchObject({
    assignee: { id: null, name: 'Marco Conti' },
    priority: null,
  });
  const { body } = await operator.get('/api/v1/operators');
  const text = JSON.stringify(items);
  for (const { id } of body.items) expect(text).not.toContain(id);
});

test('a registration is a number, or says why there is none', async () => {
  const text = async (client: ApiClient, id: string) =>
    (await list(client, { q: id })).items.map((item: Body) => [item.registration, item.registrationText])[0];
  expect(await text(citizen, unpaid)).toEqual([null, null]);
  const [waiting = '', unneeded = ''] = await seedPractices(system, [
    { applicant: 'davide.greco', status: 'registering' },
    { applicant: 'davide.greco', status: 'inCharge', service: 'diritti-segreteria' },
  ]);
  const delegate = await system.as('davide.greco');
  expect(await text(delegate, waiting)).toEqual([null, 'In attesa di protocollazione']);
  expect(await text(delegate, unneeded)).toEqual([null, '(non necessario)']);
  await system.db.prisma.practice.deleteMany({ where: { id: { in: [waiting, unneeded] } } });
});

test('filters: state, service, work, and all of them together', async () => {
  expect(await ids(operator, { status: 'inCharge' })).toEqual([taken]);
  expect(await ids(operator, { status: 'awaitingPayment' })).toEqual([unpaid]);
  expect(await ids(citizen, { status: 'awaitingPayment' })).toEqual([unpaid]);
  expect(await ids(operator, { service: 'permesso-ztl' })).toHaveLength(4);
  expect(await ids(operator, { service: 'altro' })).toEqual([]);
  expect(await ids(operator, { work: 'mine' })).toEqual([taken]);
  expect(await ids(await system.as('sara.ferri'), { work: 'mine' })).toEqual([]);
  expect(await ids(operator, { work: 'unassigned' })).toEqual([free, paolos].sort());
  expect(await ids(operator, { work: 'unassigned', q: 'bianchi', status: 'registered' })).toEqual(
    [free, paolos].sort(),
  );
});

test('search finds by code and registration number, and by the applicant as written in the application', async () => {
  const { code, registration } = (await list(operator)).items.find(({ id }: Body) => id === free);
  for (const q of [code, code.toLowerCase(), registration, free])
    expect([q, await ids(operator, { q })]).toEqual([q, [free]]);
  const all = [taken, free, unpaid, paolos].sort();
  for (const q of ['bianchi', 'Giulia Bianchi', 'BIANCHI  GIULIA', 'bncgli85t50d612a', 'bian']) {
    expect([q, await ids(operator, { q })]).toEqual([q, all]);
  }
  for (const q of ['paolo bianchi', 'zz', code.slice(0, -1)]) expect([q, await ids(operator, { q })]).toEqual([q, []]);
});

test('characters that mean something to the database mean only themselves', async () => {
  for (const q of ['__', '%%', 'a%', '\\\\', "' OR 1=1 --"]) expect([q, await ids(operator, { q })]).toEqual([q, []]);
});

test('pages repeat nothing and hide nothing while new rows arrive', async () => {
  const before = new Set(await ids(citizen));
  const drafts = await Promise.all(
    Array.from({ length: 7 }, () => expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }))),
  );
  for (const { id } of drafts) before.add(id);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Body = await list(citizen, { limit: '3', ...(cursor && { cursor }) });
    expect(page.items.length).toBeLessThanOrEqual(3);
    seen.push(...page.items.map(({ id }: Body) => id));
    cursor = page.next;
    await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  } while (cursor);
  expect(new Set(seen).size).toBe(seen.length);
  expect([...before].filter((id) => !seen.includes(id))).toEqual([]);
});

test.each<[string, { path: string; rule: string; message: string }]>([
  ['limit=0', { path: 'limit', rule: 'tooSmall', message: '"limit" deve essere almeno 1.' }],
  ['limit=101', { path: 'limit', rule: 'tooBig', message: '"limit" può essere al massimo 100.' }],
  ['limit=dieci', { path: 'limit', rule: 'type', message: '"limit" deve essere un numero.' }],
  ['limit=1.5', { path: 'limit', rule: 'type', message: '"limit" deve essere un numero intero.' }],
  [
    'work=all',
    { path: 'work', rule: 'choice', message: '"work" può essere solo: mine, myOffices, unassigned, toAccept.' },
  ],
  ['q=a', { path: 'q', rule: 'tooSmall', message: '"q" deve avere almeno 2 caratteri.' }],
  [
    'q=a%00b',
    {
      path: 'q',
      rule: 'characters',
      message: 'Il testo contiene caratteri che non si possono conservare: riscrivilo.',
    },
  ],
  ['stato=draft', { path: 'stato', rule: 'unknown', message: '"stato" qui non esiste: controlla il nome.' }],
  ...[
    'abc',
    '_',
    '2026-01-01T00:00:00Z',
    '2026-01-01_x',
    `0000-01-01T00:00:00Z_${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)}`,
  ].map((cursor): [string, { path: string; rule: string; message: string }] => [
    `cursor=${cursor}`,
    { path: 'cursor', rule: 'cursor', message: 'Usa il valore "next" ricevuto con la pagina precedente.' },
  ]),
])('%s: refused', async (query, error) => {
  expectProblem(await operator.get(`/api/v1/practices?${query}`), invalid(error));
});

test('a state that does not exist is refused with those that do', async () => {
  const { status, body } = await operator.get('/api/v1/practices?status=aperta');
  expect([status, body.errors[0].path, body.errors[0].rule]).toEqual([422, 'status.0', 'choice']);
  expect(body.errors[0].message).toMatch(/^"status" può essere solo: draft, .*, expired\.$/);
});
