import { randomUUID } from 'node:crypto';
import { aPdf, completeDraft, expectStatus, reach } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { decides, does, offer, sent } from '../support/services';
import { type System, startSystem } from '../support/system';
import {
  aDigest,
  anId,
  anInstant,
  clientWithSession,
  expectProblem,
  IDEMPOTENCY_KEY_MISSING,
  IDEMPOTENCY_KEY_REUSED,
  invalid,
  PRACTICE_NOT_FOUND,
  rowCounts,
  sendRaw,
  tooLarge,
  type WholeProblem,
} from './support';

let system: System;
let service: string;
let citizen: ApiClient;
let operator: ApiClient;
/** For requests that leave no message behind. */
let quiet: string;
/** For messages that nobody counts. */
let busy: string;
/** Nobody has written about these; each test takes its own. */
let untouched: readonly string[];
let taken = 0;
beforeAll(async () => {
  system = await startSystem();
  service = await offer(system, { registration: 'none' });
  citizen = await clientWithSession(system, 'giulia.bianchi');
  operator = await clientWithSession(system, 'marco.conti');
  const ids: string[] = [];
  // Three at a time: more only wait for one another.
  while (ids.length < 9) ids.push(...(await Promise.all([received(), received(), received()])));
  [quiet, busy, ...untouched] = ids as [string, string, ...string[]];
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

async function received(): Promise<string> {
  const id = await sent(citizen, service);
  await reach(citizen, id, 'received');
  return id;
}

function untouchedPractice(): string {
  const id = untouched[taken++];
  if (!id) throw new Error('beforeAll makes too few practices');
  return id;
}

const path = (id: string) => `/api/v1/practices/${id}/messages`;
const write = (person: ApiClient, id: string, text: string, attachments?: readonly string[]) =>
  expectStatus(201, person.post(path(id), { text, ...(attachments && { attachments }) }));
const page = (person: ApiClient, id: string, query = ''): Promise<Body> =>
  expectStatus(200, person.get(`${path(id)}${query}`));
const upload = async (person: ApiClient, id: string, field = 'message') =>
  expectStatus(201, person.upload(id, field, 'piano.pdf', await aPdf()));

const MESSAGES_NOT_OPEN: WholeProblem = {
  code: 'MESSAGES_NOT_OPEN',
  status: 409,
  title: 'Messaggi non ancora possibili',
  detail: 'La domanda è ancora una bozza: nessuno leggerebbe il messaggio.',
  remedy: 'Invia la domanda e poi scrivi il messaggio; prima usa i contatti dell’ufficio.',
};

test('applicant and office write to each other, with files; each reads who wrote, the office also how its mail fares', async () => {
  const id = untouchedPractice();
  const file = await upload(citizen, id);
  const asked = await write(citizen, id, 'Buongiorno, quando avrò <b>risposta</b>?\nGrazie.', [file.id]);
  expect(asked).toEqual({
    id: anId,
    side: 'applicant',
    author: { id: anId, name: 'Giulia Bianchi' },
    text: 'Buongiorno, quando avrò <b>risposta</b>?\nGrazie.',
    attachments: [
      {
        id: file.id,
        field: 'message',
        name: 'piano.pdf',
        contentType: 'application/pdf',
        bytes: expect.any(Number),
        sha256: aDigest,
        href: `/api/v1/practices/${id}/attachments/${file.id}`,
      },
    ],
    createdAt: anInstant,
    readAt: null,
    delivery: null,
  });
  const answered = await write(operator, id, 'Entro venerdì.');
  const delivery = { status: 'queued', address: 'giulia.bianchi@posta.example', sentAt: null, error: null };
  expect(answered).toEqual({
    id: anId,
    side: 'office',
    author: { id: anId, name: 'Marco Conti' },
    text: 'Entro venerdì.',
    attachments: [],
    createdAt: anInstant,
    readAt: null,
    delivery,
  });
  const auditor = await clientWithSession(system, 'revisore');
  expect(await page(auditor, id)).toEqual({ items: [answered, asked], next: null });
  const forCitizen = { ...answered, author: { id: null, name: 'Marco Conti' }, delivery: null };
  expect(await page(citizen, id)).toEqual({ items: [forCitizen, asked], next: null });
});

test('a message is read when the other side first fetches it, not by its author nor by who only oversees', async () => {
  const id = untouchedPractice();
  await write(citizen, id, 'Prima domanda.');
  const readAt = async (person: ApiClient) => (await page(person, id)).items[0].readAt;
  for (const person of [
    citizen,
    await clientWithSession(system, 'admin'),
    await clientWithSession(system, 'revisore'),
  ]) {
    expect([await readAt(person), await readAt(person)]).toEqual([null, null]);
  }
  expect((await operator.send('HEAD', path(id))).status).toBe(200);
  expect(await readAt(citizen)).toBeNull();
  // New to its reader on the page that brings it.
  expect(await readAt(operator)).toBeNull();
  const first = await readAt(citizen);
  expect(first).toEqual(anInstant);
  expect(await readAt(await clientWithSession(system, 'sara.ferri'))).toBe(first);
});

test('pages are cut by key: what is written meanwhile neither repeats nor hides others', async () => {
  const id = untouchedPractice();
  const written: string[] = [];
  for (let index = 1; index <= 5; index += 1) written.push((await write(citizen, id, `Messaggio ${index}`)).id);
  const first = await page(operator, id, '?limit=2');
  const newer = await write(operator, id, 'Nel frattempo');
  const second = await page(operator, id, `?limit=2&cursor=${first.next}`);
  const third = await page(operator, id, `?limit=2&cursor=${second.next}`);
  const ids = [first, second, third].flatMap(({ items }) => items.map((item: { id: string }) => item.id));
  expect(ids).toEqual([...written].reverse());
  expect(third.next).toBeNull();
  expect((await page(operator, id, '?limit=1')).items[0].id).toBe(newer.id);
});

test.each([
  ['limit=0', { path: 'limit', rule: 'tooSmall', message: '"limit" deve essere almeno 1.' }],
  ['limit=101', { path: 'limit', rule: 'tooBig', message: '"limit" può essere al massimo 100.' }],
  ['cursor=x', { path: 'cursor', rule: 'cursor', message: 'Usa il valore "next" ricevuto con la pagina precedente.' }],
  ['page=2', { path: 'page', rule: 'unknown', message: '"page" qui non esiste: controlla il nome.' }],
])('a page asked for with %s is refused', async (query, error) => {
  expectProblem(await citizen.get(`${path(quiet)}?${query}`), invalid(error));
});

test('a cursor of another practice is refused', async () => {
  const one = untouchedPractice();
  for (const text of ['Uno.', 'Due.']) await write(citizen, one, text);
  const { next } = await page(citizen, one, '?limit=1');
  const message = 'Il valore è di una lista con altri filtri o un altro ordine: ricomincia dalla prima pagina.';
  expectProblem(
    await citizen.get(`${path(quiet)}?cursor=${next}`),
    invalid({ path: 'cursor', rule: 'otherList', message }),
  );
});

test('messages stay open after the practice has ended', async () => {
  const id = untouchedPractice();
  await does(citizen, id, 'withdrawals', { reason: 'Non mi serve più.' });
  await reach(citizen, id, 'withdrawn');
  const file = await upload(citizen, id);
  await write(citizen, id, 'Avete chiuso tutto?', [file.id]);
  await write(operator, id, 'Sì.');
  expect((await page(citizen, id)).items).toHaveLength(2);
});

test('nobody writes about a draft; once it was sent, also while the engine is away', async () => {
  const draft = await completeDraft(citizen);
  expectProblem(await citizen.post(path(draft), { text: 'Buongiorno.' }), MESSAGES_NOT_OPEN);
  expect(await page(citizen, draft)).toEqual({ items: [], next: null });
  expectProblem(await operator.post(path(draft), { text: 'Buongiorno.' }), PRACTICE_NOT_FOUND);
  await system.stopSender();
  system.setWait(0);
  await expectStatus(202, citizen.post(`/api/v1/practices/${draft}/submit`));
  await write(citizen, draft, 'Ho appena inviato.');
  system.setWait(20_000);
  system.startSender();
  await reach(citizen, draft, 'awaitingPayment');
  expect((await page(operator, draft)).items).toHaveLength(1);
});

test('who oversees reads and does not write; strangers find nothing', async () => {
  for (const username of ['admin', 'revisore']) {
    const person = await clientWithSession(system, username);
    const { status, body } = await person.post(path(quiet), { text: 'Buongiorno.' });
    expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
  }
  for (const [username, tenant] of [
    ['paolo.esposito', 'bugliano'],
    ['luca.neri', 'bugliano'],
    ['giulia.bianchi', 'vicinato'],
    ['marco.conti', 'vicinato'],
  ] as const) {
    const person = await clientWithSession(system, username, tenant);
    expectProblem(await person.post(path(quiet), { text: 'Buongiorno.' }), PRACTICE_NOT_FOUND);
    expectProblem(await person.get(path(quiet)), PRACTICE_NOT_FOUND);
  }
});

test('the same key again gives the first message, whoever is slower; another text under it is refused', async () => {
  const id = untouchedPractice();
  const key = randomUUID();
  const file = await upload(citizen, id);
  const body = { text: 'Una volta sola.', attachments: [file.id] };
  const answers = await Promise.all(Array.from({ length: 5 }, () => citizen.post(path(id), body, key)));
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.body.id}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(201);
  expect((await page(citizen, id)).items).toHaveLength(1);
  expectProblem(await citizen.post(path(id), { text: 'Un altro.' }, key), IDEMPOTENCY_KEY_REUSED);
  expectProblem(await citizen.post(path(quiet), body, key), IDEMPOTENCY_KEY_REUSED);
  // Keys are each person's own.
  await expectStatus(201, operator.post(path(id), { text: 'Risposta.' }, key));
});

test('without a key nothing is written', async () => {
  expectProblem(await citizen.send('POST', path(quiet), { body: { text: 'Ciao.' } }), IDEMPOTENCY_KEY_MISSING);
  expectProblem(await citizen.post(path(quiet), { text: 'Ciao.' }, 'corta'), IDEMPOTENCY_KEY_MISSING);
});

test.each<[string, Body, { path: string; rule: string; message: string }]>([
  ['no text', {}, { path: 'text', rule: 'required', message: 'Manca "text".' }],
  ['an empty text', { text: ' \n ' }, { path: 'text', rule: 'required', message: '"text" non può essere vuoto.' }],
  [
    'a text of 5001 characters',
    { text: 'a'.repeat(5001) },
    { path: 'text', rule: 'tooBig', message: '"text" può avere al massimo 5000 caratteri.' },
  ],
  [
    'a NUL',
    { text: 'a\u0000b' },
    {
      path: 'text',
      rule: 'characters',
      message: 'Il testo contiene caratteri che non si possono conservare: riscrivilo.',
    },
  ],
  [
    'an HTML field',
    { text: 'a', html: '<b>a</b>' },
    { path: 'html', rule: 'unknown', message: '"html" qui non esiste: controlla il nome.' },
  ],
  [
    'a file that is no id',
    { text: 'a', attachments: ['1'] },
    { path: 'attachments.0', rule: 'format', message: '"attachments" deve essere un identificativo (UUID).' },
  ],
  [
    'twenty-one files',
    { text: 'a', attachments: Array.from({ length: 21 }, () => randomUUID()) },
    { path: 'attachments', rule: 'tooBig', message: '"attachments" può avere al massimo 20 elementi.' },
  ],
])('a message with %s is refused, and nothing is kept', async (_what, body, error) => {
  const before = await rowCounts(system);
  expectProblem(await citizen.post(path(quiet), body), invalid(error));
  const after = await rowCounts(system);
  expect([after['conversation_message'], after['mailing']]).toEqual([
    before['conversation_message'],
    before['mailing'],
  ]);
});

test('a message of 5 MB is refused before it is read', async () => {
  const text = JSON.stringify({ text: 'a'.repeat(5 * 1024 * 1024) });
  expectProblem(await sendRaw(citizen, 'POST', path(quiet), text), tooLarge(256 * 1024));
  expect((await page(citizen, quiet)).items).toEqual([]);
});

test('exactly 5000 characters are a message, and text is text', async () => {
  const text = `<script>alert(1)</script>\u202e${'è'.repeat(4974)}`;
  expect(text).toHaveLength(5000);
  expect((await write(citizen, busy, text)).text).toBe(text);
});

test('files are the writer’s own, uploaded for a message of this practice, each used once', async () => {
  const id = untouchedPractice();
  const [mine, another] = [await upload(citizen, id), await upload(citizen, id)];
  const [theirs, note] = [await upload(operator, id), await upload(operator, id, 'note')];
  const elsewhere = await upload(citizen, quiet);
  await write(citizen, id, 'Ecco il piano.', [mine.id]);
  const attachments = [another.id, theirs.id, note.id, elsewhere.id, randomUUID(), another.id];
  const wrong = (index: number) => ({
    path: `attachments.${index}`,
    rule: 'attachment',
    message: 'L\'allegato non è stato caricato qui: caricalo con field "message" e usa il nuovo identificativo.',
  });
  const doubled = { path: 'attachments.5', rule: 'doubled', message: "L'allegato è indicato due volte." };
  expectProblem(
    await citizen.post(path(id), { text: 'Ancora.', attachments }),
    invalid(wrong(1), wrong(2), wrong(3), wrong(4), doubled),
  );
  const used = { path: 'attachments.1', rule: 'used', message: "L'allegato è già stato inviato: caricalo di nuovo." };
  expectProblem(await citizen.post(path(id), { text: 'Ancora.', attachments: [another.id, mine.id] }), invalid(used));
  expectProblem(await operator.post(path(id), { text: 'Ecco.', attachments: [another.id] }), invalid(wrong(0)));
  expect((await page(citizen, id)).items).toHaveLength(1);
});

test('of two messages with the same file one is written', async () => {
  const file = await upload(citizen, busy);
  const answers = await Promise.all(
    ['Uno.', 'Due.', 'Tre.'].map((text) => citizen.post(path(busy), { text, attachments: [file.id] })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
});

test('any operator of the service writes, in charge or not', async () => {
  await decides(operator, busy, 'take-charge');
  for (const username of ['sara.ferri', 'elena.riva']) {
    await write(await clientWithSession(system, username), busy, 'Buongiorno.');
  }
});
