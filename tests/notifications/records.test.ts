import { announceMessage } from '../../src/application/mailing/conversation-mail';
import { Postman } from '../../src/application/mailing/postman';
import { seedId } from '../../src/application/seed';
import { aDigest, anId, anInstant, expectProblem, PRACTICE_NOT_FOUND } from '../api/support';
import { expectStatus } from '../support/builders';
import type { Body } from '../support/client';
import { beginLife, GIULIA, type Life, readMail } from '../support/mails';
import { type ApiRoom, apiRoom, arrived, command, fact, inCharge, service } from './support';

const NOTIFICATION_NOT_FOUND = {
  code: 'NOTIFICATION_NOT_FOUND',
  status: 404,
  title: 'Mail non trovata',
  detail: 'La mail non esiste in questa pratica, o non è ancora partita.',
  remedy: 'Guarda in /notifications quali mail ci sono e quali sono partite.',
};
const nobody = '01920000-0000-7000-8000-00000000dead';

let room: ApiRoom;
let life: Life;
beforeAll(async () => {
  room = await apiRoom();
  life = await beginLife(room, service({ name: 'Passo di prova' }));
  const receipt = await arrived(room, life);
  const registered = await life.happens('requestRegistered', fact(1));
  await room.notify(life.id, [receipt, registered]);
});
afterAll(() => room.stop());

const list = async (username: string, id = life.id): Promise<Body[]> =>
  (await expectStatus(200, (await room.as(username)).get(`/api/v1/practices/${id}/notifications`))).items;

test('each mail shows channel, address, text and delivery, to the applicant and to the office alike', async () => {
  const items = await list('giulia.bianchi');
  expect(items.map(({ template }) => template)).toEqual(['submitted', 'registered']);
  for (const item of items) {
    expect(item).toEqual({
      id: anId,
      seq: expect.any(Number),
      channel: 'mail',
      template: expect.any(String),
      recipient: GIULIA,
      subject: expect.stringContaining('Passo di prova'),
      text: expect.stringContaining('Questo indirizzo non viene letto'),
      status: 'sent',
      attempts: 0,
      lastError: null,
      createdAt: anInstant,
      deliveredAt: anInstant,
      rawSha256: aDigest,
      href: `/api/v1/practices/${life.id}/notifications/${item.id}/raw`,
    });
  }
  for (const username of ['marco.conti', 'elena.riva', 'admin', 'revisore'])
    expect(await list(username)).toEqual(items);
});

test('the mail as sent is a file, byte by byte what the server took', async () => {
  const [item] = await list('giulia.bianchi');
  const caught = (await room.mailsTo(GIULIA)).find(({ subject }) => subject === item.subject);
  for (const username of ['giulia.bianchi', 'marco.conti', 'elena.riva', 'admin', 'revisore']) {
    const answer = await (await room.as(username)).get(item.href);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('message/rfc822');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="submitted-${item.seq}.eml"`);
    const read = await readMail(answer.body);
    expect([read.messageId, read.subject, read.files]).toEqual([caught?.messageId, caught?.subject, caught?.files]);
  }
});

test('nobody reads mails about a practice that is not theirs', async () => {
  const [item] = await list('giulia.bianchi');
  for (const username of ['paolo.esposito', 'luca.neri']) {
    const person = await room.as(username);
    expectProblem(await person.get(`/api/v1/practices/${life.id}/notifications`), PRACTICE_NOT_FOUND);
    expectProblem(await person.get(item.href), PRACTICE_NOT_FOUND);
  }
  const elsewhere = await room.as('elena.riva', 'vicinato');
  expectProblem(await elsewhere.get(item.href), PRACTICE_NOT_FOUND);
});

test('a mail that there is not, that is another practice’s, or that did not leave is not found', async () => {
  const other = await beginLife(room, service());
  const seq = await arrived(room, other, { email: 'nessuno@rifiuta.example' });
  await expect(room.notify(other.id, [seq])).rejects.toThrow();
  const [refused] = await list('marco.conti', other.id);
  const citizen = await room.as('giulia.bianchi');
  const [own] = await list('giulia.bianchi');
  for (const [practice, id] of [
    [life.id, nobody],
    [other.id, own.id],
    [other.id, refused.id],
  ]) {
    const answer = await citizen.get(`/api/v1/practices/${practice}/notifications/${id}/raw`);
    expectProblem(answer, NOTIFICATION_NOT_FOUND);
  }
});

test('what the mail server said of a refused address is for the office', async () => {
  const other = await beginLife(room, service());
  const seq = await arrived(room, other, { email: 'nessuno@rifiuta.example' });
  await expect(room.notify(other.id, [seq])).rejects.toThrow();
  const shown = { status: 'refused', attempts: 1, deliveredAt: null, rawSha256: null, href: null };
  expect(await list('marco.conti', other.id)).toEqual([
    expect.objectContaining({ ...shown, lastError: expect.stringContaining('550') }),
  ]);
  expect(await list('giulia.bianchi', other.id)).toEqual([expect.objectContaining({ ...shown, lastError: null })]);
});

test('a communication to another office is not the applicant’s mail; a message of the office is', async () => {
  const other = await beginLife(room, service());
  await inCharge(room, other);
  const recipient = { name: 'Genio civile', email: 'genio.civile@regione.example' };
  const act = await other.act('communicate', {
    to: 'office',
    recipient,
    subject: 'Parere',
    message: 'Testo',
    files: [],
  });
  await other.happens('communicationSent', { document: 2, command: command(act), to: 'office' });
  await other.document(2, 'communication', 'Comunicazione');
  await room.notify(other.id, [await other.happens('documentRegistered', fact(2))]);
  await room.db.prisma.$transaction((tx) =>
    announceMessage(
      tx,
      {
        id: nobody,
        tenantId: seedId('bugliano', 'tenant', 'bugliano'),
        practiceId: other.id,
        authorId: seedId('bugliano', 'account', 'marco.conti'),
        side: 'office',
        text: 'Puoi passare domani?',
        files: [],
        at: room.clock.now(),
      },
      room.deps.publicUrl,
    ),
  );
  const queued = (await list('giulia.bianchi', other.id)).at(-1);
  expect(queued).toMatchObject({ template: 'message', seq: null, status: 'queued', href: null });
  await new Postman(room.db, room.deps.mail, room.deps.store, room.clock, room.deps.log).round();
  expect((await list('marco.conti', other.id)).map(({ template }) => template).sort()).toEqual([
    'communicationToOffice',
    'message',
  ]);
  const [message, ...more] = await list('giulia.bianchi', other.id);
  expect(more).toEqual([]);
  expect(message).toMatchObject({ template: 'message', status: 'sent', recipient: GIULIA, channel: 'mail' });
  const raw = await (await room.as('giulia.bianchi')).get(message.href);
  expect((await readMail(raw.body)).text).toContain('Puoi passare domani?');
});

test('of a draft there is nothing to read', async () => {
  const draft = await beginLife(room, service());
  expect(await list('giulia.bianchi', draft.id)).toEqual([]);
});
