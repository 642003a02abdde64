import { randomUUID } from 'node:crypto';
import {
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
} from '../api/support';
import { aPdf, expectStatus, reach } from '../support/builders';
import { ApiClient, type Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { does, offer, sent } from '../support/services';
import { type System, startSystem } from '../support/system';

let system: System;
let service: string;
let citizen: ApiClient;
let operator: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  service = await offer(system, { registration: 'none' });
  citizen = await clientWithSession(system, 'giulia.bianchi');
  operator = await clientWithSession(system, 'marco.conti');
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

const path = (id: string) => `/api/v1/practices/${id}/notes`;
const page = (person: ApiClient, id: string, query = ''): Promise<Body> =>
  expectStatus(200, person.get(`${path(id)}${query}`));

test('any operator of the service writes a note, with files; all of them and who oversees read it', async () => {
  const id = await received();
  const file = await expectStatus(201, operator.upload(id, 'note', 'appunti.pdf', await aPdf()));
  const body = { text: 'Il richiedente ha telefonato.', attachments: [file.id] };
  const note = await expectStatus(201, operator.post(path(id), body));
  expect(note).toEqual({
    id: anId,
    author: { id: anId, name: 'Marco Conti' },
    text: 'Il richiedente ha telefonato.',
    attachments: [{ ...file, href: `/api/v1/practices/${id}/attachments/${file.id}` }],
    createdAt: anInstant,
  });
  const manager = await clientWithSession(system, 'elena.riva');
  const second = await expectStatus(201, manager.post(path(id), { text: 'Visto.' }));
  for (const username of ['marco.conti', 'sara.ferri', 'elena.riva', 'admin', 'revisore']) {
    const person = await clientWithSession(system, username);
    expect(await page(person, id)).toEqual({ items: [second, note], next: null });
  }
});

test('no applicant reads or writes one, nor sees a trace of it among the messages', async () => {
  const id = await received();
  await expectStatus(201, operator.post(path(id), { text: 'Da approfondire.' }));
  for (const answer of [await citizen.get(path(id)), await citizen.post(path(id), { text: 'Ciao.' })]) {
    expect([answer.status, answer.body.code]).toEqual([403, 'FORBIDDEN']);
  }
  expect(await expectStatus(200, citizen.get(`/api/v1/practices/${id}/messages`))).toEqual({ items: [], next: null });
  expect(await system.db.prisma.mailing.count({ where: { practiceId: id } })).toBe(0);
});

test('who oversees does not write; other offices, other bodies and strangers find nothing', async () => {
  const id = await received();
  for (const username of ['admin', 'revisore']) {
    const { status, body } = await (await clientWithSession(system, username)).post(path(id), { text: 'Ciao.' });
    expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
  }
  for (const [username, tenant] of [
    ['luca.neri', 'bugliano'],
    ['marco.conti', 'vicinato'],
  ] as const) {
    const person = await clientWithSession(system, username, tenant);
    expectProblem(await person.post(path(id), { text: 'Ciao.' }), PRACTICE_NOT_FOUND);
    expectProblem(await person.get(path(id)), PRACTICE_NOT_FOUND);
  }
  expect((await ApiClient.stranger(system).get(path(id))).status).toBe(401);
});

test('notes stay possible after the end', async () => {
  const id = await received();
  await does(citizen, id, 'withdrawals', {});
  await reach(citizen, id, 'withdrawn');
  await expectStatus(201, operator.post(path(id), { text: 'Archiviata nel faldone 12.' }));
});

test('the same key again gives the first note; another text under it is refused; without one nothing is written', async () => {
  const id = await received();
  const key = randomUUID();
  const first = await expectStatus(201, operator.post(path(id), { text: 'Una volta.' }, key));
  expect(await expectStatus(201, operator.post(path(id), { text: 'Una volta.' }, key))).toEqual(first);
  expectProblem(await operator.post(path(id), { text: 'Altro.' }, key), IDEMPOTENCY_KEY_REUSED);
  expectProblem(await operator.send('POST', path(id), { body: { text: 'Ciao.' } }), IDEMPOTENCY_KEY_MISSING);
  // A message has its own keys: notes are apart from them.
  await expectStatus(201, operator.post(`/api/v1/practices/${id}/messages`, { text: 'Altro.' }, key));
  expect((await page(operator, id)).items).toEqual([first]);
});

test('a note’s files are its writer’s own, uploaded for a note, each used once', async () => {
  const id = await received();
  const pdf = await aPdf();
  const upload = async (person: ApiClient, field: string): Promise<string> =>
    (await expectStatus(201, person.upload(id, field, 'a.pdf', pdf))).id;
  const mine = await upload(operator, 'note');
  const message = await upload(operator, 'message');
  const theirs = await upload(await clientWithSession(system, 'sara.ferri'), 'note');
  await expectStatus(201, operator.post(path(id), { text: 'Ecco.', attachments: [mine] }));
  const wrong = (index: number) => ({
    path: `attachments.${index}`,
    rule: 'attachment',
    message: 'L\'allegato non è stato caricato qui: caricalo con field "note" e usa il nuovo identificativo.',
  });
  expectProblem(
    await operator.post(path(id), { text: 'Ecco.', attachments: [message, theirs] }),
    invalid(wrong(0), wrong(1)),
  );
  const used = { path: 'attachments.0', rule: 'used', message: "L'allegato è già stato inviato: caricalo di nuovo." };
  expectProblem(await operator.post(path(id), { text: 'Ecco.', attachments: [mine] }), invalid(used));
});

test('too long, empty or enormous notes are refused, and nothing is kept', async () => {
  const id = await received();
  const before = await rowCounts(system);
  const long = { path: 'text', rule: 'tooBig', message: '"text" può avere al massimo 5000 caratteri.' };
  expectProblem(await operator.post(path(id), { text: 'a'.repeat(5001) }), invalid(long));
  const empty = { path: 'text', rule: 'required', message: '"text" non può essere vuoto.' };
  expectProblem(await operator.post(path(id), { text: '' }), invalid(empty));
  const text = JSON.stringify({ text: 'a'.repeat(5 * 1024 * 1024) });
  expectProblem(await sendRaw(operator, 'POST', path(id), text), tooLarge(256 * 1024));
  expect((await rowCounts(system))['note']).toBe(before['note']);
});

test('pages are cut by key, and a cursor of the messages is none of the notes', async () => {
  const id = await received();
  const ids: string[] = [];
  for (let index = 1; index <= 3; index += 1) {
    ids.push((await expectStatus(201, operator.post(path(id), { text: `Nota ${index}` }))).id);
    await expectStatus(201, operator.post(`/api/v1/practices/${id}/messages`, { text: `Messaggio ${index}` }));
  }
  const first = await page(operator, id, '?limit=2');
  const second = await page(operator, id, `?limit=2&cursor=${first.next}`);
  const read = [...first.items, ...second.items].map((item: { id: string }) => item.id);
  expect([read, second.next]).toEqual([[...ids].reverse(), null]);
  const messages = await expectStatus(200, operator.get(`/api/v1/practices/${id}/messages?limit=1`));
  const message = 'Il valore è di una lista con altri filtri o un altro ordine: ricomincia dalla prima pagina.';
  expectProblem(
    await operator.get(`${path(id)}?cursor=${messages.next}`),
    invalid({ path: 'cursor', rule: 'otherList', message }),
  );
});
