import pino from 'pino';
import { MailUnavailable, type OutgoingMail } from '../../src/activities/ports/mail';
import { announceMessage } from '../../src/application/mailing/conversation-mail';
import { Postman } from '../../src/application/mailing/postman';
import { enqueueMail, mailingId, type QueuedMail } from '../../src/application/mailing/queue';
import { seedId } from '../../src/application/seed';
import { beginLife, later, type MailRoom, mailRoom } from '../support/mails';
import { until } from '../support/until';
import { inCharge, paragraphs, service } from './support';

const log = pino({ level: 'silent' });
const tenantId = seedId('bugliano', 'tenant', 'bugliano');

let room: MailRoom;
beforeAll(async () => {
  room = await mailRoom();
});
beforeEach(() => room.clear());
afterAll(() => room.stop());

const postman = (mail = room.deps.mail) => new Postman(room.db, mail, room.deps.store, room.clock, log);
const aMailing = (changes: Partial<QueuedMail> = {}): QueuedMail => ({
  tenantId,
  kind: 'message',
  dedupe: 'one',
  to: { name: 'Giulia', address: 'giulia@posta.example' },
  subject: 'Nuovo messaggio',
  text: 'Testo',
  html: '<p>Testo</p>',
  notBefore: room.clock.now(),
  createdAt: room.clock.now(),
  ...changes,
});
const enqueue = (changes: Partial<QueuedMail> = {}) =>
  room.db.prisma.$transaction((tx) => enqueueMail(tx, aMailing(changes)));
const rowOf = (id: string) => room.db.prisma.mailing.findUniqueOrThrow({ where: { id } });

test('a queued mail is sent once, with its evidence and the mail as sent', async () => {
  const id = await enqueue();
  expect(await enqueue()).toBe(id);
  await postman().round();
  await postman().round();
  const mails = await room.mailsTo('giulia@posta.example');
  expect(mails.map(({ subject, messageId }) => [subject, messageId])).toEqual([
    ['Nuovo messaggio', `<${id}@iter.invalid>`],
  ]);
  const row = await rowOf(id);
  expect(row).toMatchObject({ status: 'sent', attempts: 1, serverResponse: expect.stringContaining('Stored') });
  const raw = await room.deps.store.read('bugliano', row.rawSha256 as never);
  expect(raw.toString()).toContain(`Message-ID: <${id}@iter.invalid>`);
  await enqueue();
  await postman().round();
  expect(await room.mailsTo('giulia@posta.example')).toHaveLength(1);
});

test('the same words of another tenant are another mail', () => {
  const own = mailingId({ tenantId, kind: 'message', dedupe: 'one' });
  expect(mailingId({ tenantId: seedId('vicinato', 'tenant', 'vicinato'), kind: 'message', dedupe: 'one' })).not.toBe(
    own,
  );
});

test('nothing leaves of a transaction that was not committed', async () => {
  await expect(
    room.db.prisma.$transaction(async (tx) => {
      await enqueueMail(tx, aMailing());
      throw new Error('not committed');
    }),
  ).rejects.toThrow('not committed');
  expect(await room.db.prisma.mailing.count()).toBe(0);
});

test('a mail does not leave before its time', async () => {
  await enqueue({ notBefore: later(room.clock, 1_000) });
  await postman().round();
  expect(await room.mailsTo('giulia@posta.example')).toHaveLength(0);
  room.clock.forward(1_000);
  await postman().round();
  expect(await room.mailsTo('giulia@posta.example')).toHaveLength(1);
});

test('a refused address is not tried again', async () => {
  const id = await enqueue({ to: { name: 'Nessuno', address: 'nessuno@rifiuta.example' } });
  await postman().round();
  room.clock.forward(24 * 3_600_000);
  await postman().round();
  expect(await rowOf(id)).toMatchObject({ status: 'refused', attempts: 1, deliveredAt: null });
});

test('while the server is down the pauses grow up to an hour, and the mail is not lost', async () => {
  const id = await enqueue();
  const down = { send: async () => Promise.reject(new MailUnavailable('out of order')) };
  const pauses: number[] = [];
  for (let attempt = 0; attempt < 11; attempt += 1) {
    await postman(down).round();
    const { notBefore, status } = await rowOf(id);
    expect(status).toBe('queued');
    const pause = notBefore.getTime() - Date.parse(room.clock.now());
    pauses.push(pause / 1_000);
    room.clock.forward(pause);
  }
  expect(pauses).toEqual([15, 30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600]);
  await postman().round();
  expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 12 });
});

test('two postmen do not send the same mail, and the mail of one that died is sent by the other', async () => {
  const ids = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => enqueue({ dedupe: String(n) })));
  const sent: string[] = [];
  const slow = {
    send: async (mail: OutgoingMail) => {
      sent.push(mail.messageId);
      return room.deps.mail.send(mail);
    },
  };
  await Promise.all([postman(slow).round(), postman(slow).round()]);
  expect(sent.sort()).toEqual(ids.map((id) => `${id}@iter.invalid`).sort());

  const id = await enqueue({ dedupe: 'died' });
  const died = { send: () => new Promise<never>(() => undefined) };
  void postman(died).round();
  await until('the mail to be claimed', async () => (await rowOf(id)).status === 'sending');
  await postman().round();
  expect((await rowOf(id)).status).toBe('sending');
  room.clock.forward(5 * 60_000);
  await postman().round();
  expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 2 });
});

test('a postman that runs looks by itself, and stops when what it sends is sent', async () => {
  const running = new Postman(room.db, room.deps.mail, room.deps.store, room.clock, log, { batch: 2, lookEveryMs: 20 });
  running.start();
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((dedupe) => enqueue({ dedupe })));
  await until('five mails', async () => (await room.mailsTo('giulia@posta.example')).length === 5);
  await running.stop();
  await enqueue({ dedupe: 'late' });
  expect(await room.db.prisma.mailing.count({ where: { status: 'queued' } })).toBe(1);
});

describe('a message of the office', () => {
  const written = (practiceId: string, changes: object = {}) => ({
    id: '01920000-0000-7000-8000-000000000001',
    tenantId,
    practiceId,
    authorId: seedId('bugliano', 'account', 'marco.conti'),
    side: 'office' as const,
    text: 'Puoi passare domani?\nGrazie.',
    files: ['mappa.pdf'],
    at: room.clock.now(),
    ...changes,
  });
  const announce = (message: ReturnType<typeof written>) =>
    room.db.prisma.$transaction((tx) => announceMessage(tx, message, room.deps.publicUrl));

  test('goes to the applicant, whole, with the names of its files', async () => {
    const life = await beginLife(room, service({ name: 'Passo di prova' }));
    await inCharge(room, life);
    await announce(written(life.id));
    await announce(written(life.id));
    await postman().round();
    const mails = await room.mailsTo('giulia.bianchi@posta.example');
    expect(mails).toHaveLength(1);
    const { code } = await room.db.prisma.practice.findUniqueOrThrow({ where: { id: life.id } });
    expect(mails[0]?.subject).toBe(`Nuovo messaggio dall’ufficio - Passo di prova - ${code}`);
    expect(mails[0] && paragraphs(mails[0])).toEqual([
      'Gentile Giulia Bianchi,',
      'L’ufficio Mobilità e permessi ti ha scritto sulla domanda «Passo di prova»:',
      'Puoi passare domani?\nGrazie.',
      `Il numero della pratica è ${code}.`,
      'Il messaggio ha degli allegati. Li trovi nella pratica, nella tua area: mappa.pdf.',
      `Rispondi al messaggio: https://iter.example/api/v1/practices/${life.id}`,
    ]);
    expect(mails[0]?.html).toContain('Puoi passare domani?<br>Grazie.');
  });

  test('also goes to the professional who filed, in the language of the practice and the words of the service', async () => {
    const texts = { message: { de: { body: 'Nachricht: {{personal.message}}' } } };
    const options = { language: 'de', authorKind: 'professional', owner: 'paolo.esposito' };
    const life = await beginLife(room, service({ texts }), options);
    await inCharge(room, life);
    await announce(written(life.id, { files: [] }));
    await postman().round();
    for (const address of ['giulia.bianchi@posta.example', 'paolo.esposito@posta.example']) {
      const [mail, ...more] = await room.mailsTo(address);
      expect(more).toEqual([]);
      expect(mail?.text).toContain('Nachricht: Puoi passare domani?');
    }
  });
});
