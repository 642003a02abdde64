import { fitting } from '../../src/application/notifications/attachments';
import { seedId } from '../../src/application/seed';
import { beginLife, GIULIA, type Life, type MailRoom, mailRoom } from '../support/mails';
import { arrived, fact, paragraphs, service, told } from './support';

let room: MailRoom;
beforeAll(async () => {
  room = await mailRoom();
});
afterAll(() => room.stop());

const messageOf = (life: Life, seq: number) =>
  room.db.prisma.message.findUniqueOrThrow({
    where: { practiceId_seq_channel: { practiceId: life.id, seq, channel: 'mail' } },
  });

test('one mail is sent though the activity repeats, and it is kept as it was sent', async () => {
  const life = await beginLife(room, service());
  const seq = await arrived(room, life);
  const before = (await room.mailsTo(GIULIA)).length;
  const first = await room.notify(life.id, [seq]);
  room.clock.forward(60_000);
  expect(await room.notify(life.id, [seq])).toEqual(first);
  const mails = await room.mailsTo(GIULIA);
  expect(mails).toHaveLength(before + 1);
  const message = await messageOf(life, seq);
  expect(message).toMatchObject({
    template: 'submitted',
    recipient: GIULIA,
    status: 'sent',
    subject: mails.at(-1)?.subject,
    serverResponse: expect.stringContaining('Stored as'),
    deliveredAt: new Date(first.deliveredAt),
    lastError: null,
  });
  expect(mails.at(-1)?.messageId).toBe(`<${message.id}@iter.invalid>`);
  const raw = await room.deps.store.read('bugliano', message.rawSha256 as never);
  expect(raw.toString('latin1')).toContain(`Message-ID: <${message.id}@iter.invalid>`);
});

test('a refused address is recorded, is not tried again by itself, and keeps no other mail from being sent', async () => {
  const life = await beginLife(room, service());
  const seq = await arrived(room, life, { email: 'nessuno@rifiuta.example' });
  const next = await life.happens('requestRegistered', fact(1));
  await expect(room.notify(life.id, [seq, next])).rejects.toMatchObject({
    type: 'RecipientRefused',
    nonRetryable: true,
    // What the server said names the person: it stays in the row.
    message: 'the recipient’s address was refused',
  });
  for (const row of [await messageOf(life, seq), await messageOf(life, next)]) {
    expect(row).toMatchObject({ status: 'refused', attempts: 1, deliveredAt: null, rawSha256: null });
    expect(row.lastError).toContain('550');
  }
});

test('a server out of order is tried again, and the mail that leaves is the one recorded', async () => {
  const life = await beginLife(room, service());
  const seq = await arrived(room, life);
  const fault = await fetch(`${room.sandbox.url}/control/faults`, {
    method: 'POST',
    headers: { authorization: 'Bearer secret-of-the-tests', 'content-type': 'application/json' },
    body: JSON.stringify({ mailFailures: 1 }),
  });
  expect(fault.ok).toBe(true);
  await expect(room.notify(life.id, [seq])).rejects.toMatchObject({ name: 'MailUnavailable' });
  expect(await messageOf(life, seq)).toMatchObject({ status: 'sending', attempts: 1 });
  const mail = await told(room, life, seq);
  expect(await messageOf(life, seq)).toMatchObject({ status: 'sent', subject: mail.subject });
});

describe('who is written to', () => {
  const PAOLO = 'paolo.esposito@posta.example';
  const begin = (authorKind: string, owner = 'paolo.esposito') => beginLife(room, service(), { authorKind, owner });

  test.each(['professional', 'delegate'])('the client, with a copy to the %s who filed for them', async (kind) => {
    const life = await begin(kind);
    const mail = await told(room, life, await arrived(room, life));
    expect(mail.to).toContain(GIULIA);
    expect(mail.cc).toBe(`"Paolo Esposito" <${PAOLO}>`);
    expect(paragraphs(mail)[0]).toBe('Gentile Giulia Bianchi,');
  });

  test('nobody twice: who files with their own address gets one mail', async () => {
    const life = await begin('professional');
    const mail = await told(room, life, await arrived(room, life, { email: PAOLO }), PAOLO);
    expect(mail.cc).toBe('');
  });

  test.each([['citizen'], ['operator']])('filed by a %s: the applicant alone', async (kind) => {
    const life = await begin(kind);
    const mail = await told(room, life, await arrived(room, life));
    expect(mail.cc).toBe('');
  });

  test('a guest, who has no area, gets the confirmation as everybody', async () => {
    const id = seedId('bugliano', 'account', 'guest');
    const { id: _id, ...like } = await room.db.prisma.account.findUniqueOrThrow({
      where: { id: seedId('bugliano', 'account', 'giulia.bianchi') },
    });
    const email = 'ospite@posta.example';
    await room.db.prisma.account.create({ data: { ...like, id, username: 'guest', kind: 'guest', email } });
    const life = await begin('citizen', 'guest');
    const mail = await told(room, life, await arrived(room, life, { email }), email);
    expect(mail.subject).toMatch(/^Ricevuta di presentazione - /);
  });

  test('a copy that is refused keeps nothing from the applicant; an applicant who is refused is not reached by a copy', async () => {
    const where = { id: seedId('bugliano', 'account', 'paolo.esposito') };
    await room.db.prisma.account.update({ where, data: { email: 'studio@rifiuta.example' } });
    const life = await begin('professional');
    await told(room, life, await arrived(room, life));
    await room.db.prisma.account.update({ where, data: { email: PAOLO } });
    const other = await begin('professional');
    const seq = await arrived(room, other, { email: 'nessuno@rifiuta.example' });
    await expect(room.notify(other.id, [seq])).rejects.toMatchObject({ type: 'RecipientRefused' });
    expect(await messageOf(other, seq)).toMatchObject({ status: 'refused' });
  });
});

test('an event that is told to nobody makes no row', async () => {
  const life = await beginLife(room, service());
  await arrived(room, life);
  const seq = await life.happens('prioritySet', { priority: 'high' });
  await room.notify(life.id, [seq]);
  expect(await room.db.prisma.message.count({ where: { practiceId: life.id } })).toBe(0);
});

test('the largest files are left out until the rest fits, documents too', () => {
  const file = (name: string, bytes: number) => ({ name, contentType: 'application/pdf', bytes, sha256: name });
  const sorted = fitting([file('atto.pdf', 4)], [file('a', 6), file('b', 3), file('c', 6)], 10);
  expect(sorted.files.map(({ name }) => name)).toEqual(['atto.pdf', 'b']);
  expect(sorted).toMatchObject({ leftOut: ['a', 'c'], complete: true });
  expect(fitting([file('atto.pdf', 11)], [file('a', 10)], 10)).toMatchObject({
    leftOut: ['atto.pdf'],
    complete: false,
  });
  expect(fitting([], [], 10)).toEqual({ files: [], leftOut: [], complete: false });
});
