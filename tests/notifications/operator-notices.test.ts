import pino from 'pino';
import { announceMessage } from '../../src/application/mailing/conversation-mail';
import { lastSummary } from '../../src/application/mailing/notice-mails';
import { OperatorNotices } from '../../src/application/mailing/operator-notices';
import { Postman } from '../../src/application/mailing/postman';
import { seedId } from '../../src/application/seed';
import { asId, type Instant, instant } from '../../src/domain/ids';
import { beginLife, type Life, type MailRoom, mailRoom } from '../support/mails';
import { arrived, command, digest, fact, inCharge, paragraphs, service } from './support';

const log = pino({ level: 'silent' });
const account = (username: string) => seedId('bugliano', 'account', username);
const address = (username: string) => `${username}@posta.example`;
const NAME = 'Passo di prova';

let room: MailRoom;
beforeAll(async () => {
  room = await mailRoom('2026-11-24T10:00:00.000Z');
});
beforeEach(() => room.clear());
afterAll(() => room.stop());

/** Everything that is due leaves. */
async function round(): Promise<void> {
  const notices = new OperatorNotices(room.db, room.clock, log, room.deps.publicUrl);
  while (await notices.round());
  const postman = new Postman(room.db, room.deps.mail, room.deps.store, room.clock, log);
  while (await postman.round());
}

const mails = (username: string) => room.mailsTo(address(username));
const choose = (username: string, noticeFrequency: string) =>
  room.db.prisma.account.update({ where: { id: account(username) }, data: { noticeFrequency } });
const codeOf = async (life: Life) =>
  (await room.db.prisma.practice.findUniqueOrThrow({ where: { id: life.id } })).code ?? '';

test('every change of state since the arrival is told in one mail, with what changed', async () => {
  const life = await beginLife(room, service({ name: NAME }));
  await life.happens('draftCreated', {});
  await arrived(room, life);
  await life.happens('registrationStarted', { document: 1 });
  await life.happens('requestRegistered', fact(1));
  await round();
  const code = await codeOf(life);
  const [mail, ...more] = await mails('marco.conti');
  expect(more).toEqual([]);
  expect(mail?.subject).toBe(`Pratica ${code}: Protocollata - ${NAME}`);
  const link = `https://iter.example/api/v1/practices/${life.id}`;
  expect(mail && paragraphs(mail)).toEqual([
    'Gentile Marco Conti,\nci sono novità sulle pratiche dei tuoi servizi.',
    [
      `${code} - ${NAME} - ora: Protocollata`,
      '24/11/2026, 11:00: Domanda presentata (Inviata)',
      '24/11/2026, 11:00: Documento prodotto (Acquisita)',
      '24/11/2026, 11:00: Protocollazione avviata (In attesa di protocollazione)',
      '24/11/2026, 11:00: Domanda protocollata (Protocollata)',
      link,
    ].join('\n'),
    `Apri la pratica: ${link}`,
  ]);
  expect(mail?.text).toContain('Questo indirizzo non viene letto: non rispondere a questa mail.');
  expect(mail?.text).toContain('Non si possono disattivare.');
  expect(mail?.html).toContain('Domanda protocollata (Protocollata)');
  // No name of the applicant.
  expect((mail?.text ?? '') + (mail?.html ?? '')).not.toContain('Bianchi');
});

test('the operators and managers of the service are told, nobody else, and each change once', async () => {
  const life = await beginLife(room, service({ name: NAME }));
  await arrived(room, life);
  await round();
  await round();
  const told: [string, number][] = [];
  for (const username of [
    'marco.conti',
    'sara.ferri',
    'elena.riva',
    'luca.neri',
    'admin',
    'revisore',
    'giulia.bianchi',
  ]) {
    told.push([username, (await mails(username)).length]);
  }
  expect(told).toEqual([
    ['marco.conti', 1],
    ['sara.ferri', 1],
    ['elena.riva', 1],
    ['luca.neri', 0],
    ['admin', 0],
    ['revisore', 0],
    ['giulia.bianchi', 0],
  ]);
});

test('whoever did it is not told, colleagues are', async () => {
  const life = await beginLife(room, service({ name: NAME }));
  await arrived(room, life);
  await life.happens('requestRegistered', fact(1));
  await round();
  const before = [(await mails('marco.conti')).length, (await mails('sara.ferri')).length];
  const actor = { id: account('marco.conti'), role: 'operator' as const };
  await life.happens('chargeTaken', { operator: actor.id }, { actor });
  await round();
  expect([(await mails('marco.conti')).length, (await mails('sara.ferri')).length]).toEqual([
    before[0],
    (before[1] ?? 0) + 1,
  ]);
});

test('before it has arrived a practice is the applicant’s alone', async () => {
  const life = await beginLife(room, service({ name: NAME }));
  await life.happens('draftCreated', {});
  await life.submission();
  await life.happens('paymentRequested', { submission: 1, payment: 1, amountCents: 100 });
  await life.happens('attentionRaised', { reason: 'positionRefused' });
  await life.happens('paymentExpired', { payment: 1, to: 'expired' });
  await round();
  expect(await mails('marco.conti')).toEqual([]);
  expect(await room.db.prisma.outboxRow.count({ where: { noticedAt: null } })).toBe(0);
});

test('what needs an operator is told also where the state stays; other events are not', async () => {
  const life = await beginLife(room, service({ name: NAME }));
  await inCharge(room, life);
  await round();
  const before = (await mails('marco.conti')).length;
  await life.happens('prioritySet', { priority: 'high' });
  await round();
  expect(await mails('marco.conti')).toHaveLength(before);
  await life.happens('attentionRaised', { reason: 'deliveryFailed' });
  await round();
  const code = await codeOf(life);
  const last = (await mails('marco.conti')).at(-1);
  expect(last?.subject).toBe(`Pratica ${code}: richiede attenzione - ${NAME}`);
  expect(last?.text).toContain('24/11/2026, 11:00: Richiede attenzione: messaggio non consegnato');
  const answer = command(await life.act('submitObservations', { message: 'Ecco' }, 'giulia.bianchi'));
  await life.happens('observationsSubmitted', { document: 2, command: answer });
  await round();
  expect((await mails('marco.conti')).at(-1)?.text).toContain('Osservazioni inviate');
});

test('a practice assigned to an office is that office’s news', async () => {
  const life = await beginLife(room, service({ name: NAME }));
  await arrived(room, life);
  await life.happens('requestRegistered', fact(1));
  await round();
  const before = (await mails('sara.ferri')).length;
  const office = seedId('bugliano', 'office', 'tributi');
  await life.happens('assigned', { office });
  await round();
  expect(await mails('sara.ferri')).toHaveLength(before);
  expect((await mails('luca.neri')).map(({ text }) => text.includes('Assegnata'))).toEqual([true]);
});

test('several practices make one mail', async () => {
  const one = service({ name: NAME });
  for (const life of [await beginLife(room, one), await beginLife(room, one), await beginLife(room, one)]) {
    await arrived(room, life);
  }
  await round();
  const [mail, ...more] = await mails('marco.conti');
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('3 pratiche con novità');
  expect(mail && paragraphs(mail)).toHaveLength(4);
});

describe('the daily summary', () => {
  test('leaves at eight in Rome with what came before, once a day, and only where there is news', async () => {
    for (const username of ['marco.conti', 'sara.ferri', 'elena.riva']) await choose(username, 'daily');
    const life = await beginLife(room, service({ name: NAME }));
    await arrived(room, life);
    await round();
    expect(await mails('marco.conti')).toEqual([]);
    room.clock.forward(20 * 3_600_000 + 59 * 60_000);
    await round();
    expect(await mails('marco.conti')).toEqual([]);
    room.clock.forward(60_000);
    await life.happens('registrationStarted', { document: 1 });
    await round();
    await round();
    const [summary, ...more] = await mails('marco.conti');
    expect(more).toEqual([]);
    expect(summary?.subject).toBe('Riepilogo del 25/11/2026: 1 pratica con novità');
    expect(summary?.text).toContain('questo è il riepilogo delle novità');
    expect(summary?.text).toContain('Domanda presentata');
    // What happened at eight belongs to tomorrow.
    expect(summary?.text).not.toContain('Protocollazione avviata');
    room.clock.forward(23 * 3_600_000);
    await round();
    expect(await mails('marco.conti')).toHaveLength(1);
    room.clock.forward(3_600_000);
    await round();
    expect((await mails('marco.conti')).map(({ subject }) => subject).at(-1)).toBe(
      'Riepilogo del 26/11/2026: 1 pratica con novità',
    );
    room.clock.forward(24 * 3_600_000);
    await round();
    expect(await mails('marco.conti')).toHaveLength(2);
  });

  test('what waits for it is sent at once when the operator wants it at once', async () => {
    await choose('marco.conti', 'daily');
    const life = await beginLife(room, service({ name: NAME }));
    await arrived(room, life);
    await round();
    expect(await mails('marco.conti')).toEqual([]);
    await choose('marco.conti', 'atOnce');
    await round();
    expect(await mails('marco.conti')).toHaveLength(1);
  });

  test.each([
    ['2026-11-24T06:59:59.999Z', '2026-11-23', '2026-11-23T07:00:00.000Z'],
    ['2026-11-24T07:00:00.000Z', '2026-11-24', '2026-11-24T07:00:00.000Z'],
    ['2026-07-01T06:00:00.000Z', '2026-07-01', '2026-07-01T06:00:00.000Z'],
    // The nights in which clocks change.
    ['2026-03-29T05:59:59.999Z', '2026-03-28', '2026-03-28T07:00:00.000Z'],
    ['2026-03-29T06:00:00.000Z', '2026-03-29', '2026-03-29T06:00:00.000Z'],
    ['2026-10-25T06:59:59.999Z', '2026-10-24', '2026-10-24T06:00:00.000Z'],
    ['2026-10-25T07:00:00.000Z', '2026-10-25', '2026-10-25T07:00:00.000Z'],
    ['2026-12-31T23:30:00.000Z', '2026-12-31', '2026-12-31T07:00:00.000Z'],
  ])('at %s the last one was that of %s', (now, day, until) => {
    expect(lastSummary(asId<Instant>(now))).toEqual({ day, until });
  });
});

test('there is no "never": whatever an account says, it is told', async () => {
  await choose('marco.conti', 'never');
  const life = await beginLife(room, service({ name: NAME }));
  await arrived(room, life);
  await round();
  expect(await mails('marco.conti')).toHaveLength(1);
});

test('who is no longer enabled is not told', async () => {
  await room.db.prisma.account.update({ where: { id: account('sara.ferri') }, data: { enabled: false } });
  const life = await beginLife(room, service({ name: NAME }));
  await arrived(room, life);
  await round();
  expect(await mails('sara.ferri')).toEqual([]);
});

test('two loops at once tell everything once', async () => {
  const lives: Life[] = [];
  for (let n = 0; n < 5; n += 1) {
    const life = await beginLife(room, service({ name: NAME }));
    await arrived(room, life);
    lives.push(life);
  }
  const loops = [1, 2, 3].map(() => new OperatorNotices(room.db, room.clock, log, room.deps.publicUrl));
  for (let n = 0; n < 3; n += 1) await Promise.all(loops.map((loop) => loop.round()));
  const notices = await room.db.prisma.operatorNotice.findMany({ where: { accountId: account('marco.conti') } });
  expect(notices.every(({ mailingId }) => mailingId !== null)).toBe(true);
  await round();
  const texts = (await mails('marco.conti')).map(({ text }) => text).join('\n');
  for (const life of lives) {
    expect(texts.match(new RegExp(`practices/${life.id}\\n`, 'g'))?.length ?? 0).toBeGreaterThanOrEqual(1);
  }
  const lines = texts.match(/Domanda presentata/g) ?? [];
  expect(lines).toHaveLength(lives.length);
});

test('a message of the applicant is told like a change, in the summary too', async () => {
  await choose('sara.ferri', 'daily');
  const life = await beginLife(room, service({ name: NAME }));
  await inCharge(room, life);
  await round();
  const tenantId = seedId('bugliano', 'tenant', 'bugliano');
  for (const n of [1, 2]) {
    const id = `01920000-0000-7000-8000-00000000000${n}`;
    const authorId = account('giulia.bianchi');
    const at = instant(Date.parse(room.clock.now()) + n);
    const side = 'applicant' as const;
    await room.db.prisma.$transaction(async (tx) => {
      const row = { id, tenantId, practiceId: life.id, authorId, side, text: 'Quando?', idempotencyKey: id };
      await tx.conversationMessage.create({ data: { ...row, attachments: [], createdAt: at } });
      await announceMessage(tx, { ...row, files: [], at }, room.deps.publicUrl);
    });
  }
  await round();
  const code = await codeOf(life);
  const last = (await mails('marco.conti')).at(-1);
  expect(last?.subject).toBe(`Pratica ${code}: nuovo messaggio del richiedente - ${NAME}`);
  expect(last?.text.match(/11:00: nuovo messaggio del richiedente/g)).toHaveLength(2);
  // What they wrote is read in the practice.
  expect(last?.text).not.toContain('Quando?');
  expect(await mails('giulia.bianchi')).toEqual([]);
  expect(await mails('sara.ferri')).toEqual([]);
  room.clock.forward(21 * 3_600_000);
  await round();
  expect((await mails('sara.ferri')).at(-1)?.text).toContain('nuovo messaggio del richiedente');
});

test('the document of an outcome tells its state', async () => {
  const life = await beginLife(room, service({ name: NAME }));
  await inCharge(room, life);
  const id = command(await life.act('approve', {}));
  await life.happens('decided', { outcome: 'approved', document: 2, command: id });
  await life.happens('documentReady', { document: 2, sha256: digest });
  await life.happens('outcomeRegistered', { ...fact(2), outcome: 'approved' });
  await round();
  expect((await mails('marco.conti')).at(-1)?.subject).toBe(`Pratica ${await codeOf(life)}: Accettata - ${NAME}`);
});
