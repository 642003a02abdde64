import pino from 'pino';
import { MailUnavailable, type OutgoingMail } from '../../src/activities/ports/mail';
import { Teller } from '../../src/application/mailing/teller';
import { beginLife, GIULIA, type Life, type MailRoom, mailRoom } from '../support/mails';
import { until } from '../support/until';
import { arrived, fact, service } from './support';

const log = pino({ level: 'silent' });

let room: MailRoom;
beforeAll(async () => {
  room = await mailRoom();
});
beforeEach(() => room.clear());
afterAll(() => room.stop());

const teller = (mail = room.deps.mail) => new Teller({ ...room.deps, mail, log });
const waiting = () => room.db.prisma.telling.findMany({ orderBy: { seq: 'asc' } });

/** A practice whose registration is to be told; gives the number of that event. */
async function registered(applicant: object = {}): Promise<{ life: Life; seq: number }> {
  const life = await beginLife(room, service());
  await arrived(room, life, applicant);
  return { life, seq: await life.happens('requestRegistered', fact(1), { told: true }) };
}

test('what is queued with an event is told once, and the queue is empty afterwards', async () => {
  const { life, seq } = await registered();
  expect(await waiting()).toMatchObject([{ practiceId: life.id, seq, attempts: 0 }]);
  await teller().round();
  await teller().round();
  expect(await room.mailsTo(GIULIA)).toHaveLength(1);
  expect(await waiting()).toEqual([]);
});

test('nothing is told of an event whose transaction failed', async () => {
  const { life } = await registered();
  await room.db.prisma.telling.deleteMany();
  // No such payment: the side tables refuse, and the whole projection with them.
  const at = room.clock.now();
  const paid = { payment: 9, receipt: 'r', paidAt: at };
  await expect(life.happens('paymentReceived', paid, { told: true })).rejects.toThrow();
  expect(await waiting()).toEqual([]);
});

test('while the server is down the pauses grow up to ten minutes, and the mail is not lost', async () => {
  await registered();
  const down = { send: async () => Promise.reject(new MailUnavailable('out of order')) };
  const pauses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    await teller(down).round();
    const [row] = await waiting();
    expect(row?.lastError).toContain('out of order');
    const pause = (row?.notBefore.getTime() ?? 0) - Date.parse(room.clock.now());
    pauses.push(pause / 1_000);
    room.clock.forward(pause);
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
  await teller().round();
  expect(await room.mailsTo(GIULIA)).toHaveLength(1);
});

test('two tellers do not tell the same, and what one that died had in hand is told by the other under the same id', async () => {
  for (let practice = 0; practice < 6; practice += 1) await registered();
  const sent: string[] = [];
  const counted = {
    send: async (mail: OutgoingMail) => {
      sent.push(mail.messageId);
      return room.deps.mail.send(mail);
    },
  };
  await Promise.all([teller(counted).round(), teller(counted).round()]);
  expect(new Set(sent).size).toBe(6);
  expect(sent).toHaveLength(6);

  await registered();
  const begun: string[] = [];
  const died = {
    send: (mail: OutgoingMail) => {
      begun.push(mail.messageId);
      return new Promise<never>(() => undefined);
    },
  };
  void teller(died).round();
  await until('the mail to be on its way', async () => begun.length === 1);
  await teller(counted).round();
  expect(sent).toHaveLength(6);
  room.clock.forward(5 * 60_000);
  await teller(counted).round();
  expect(sent.at(-1)).toBe(begun[0]);
});

test('a refused address ends the telling and reaches the practice through the inbox, once', async () => {
  const { life, seq } = await registered({ email: 'nessuno@rifiuta.example' });
  await teller().round();
  expect(await waiting()).toEqual([]);
  const rows = await room.db.prisma.inboxRow.findMany({ where: { practiceId: life.id } });
  expect(rows).toMatchObject([
    { kind: 'event', type: 'mailRefused', payload: { seq }, idempotencyKey: `${life.id}/${seq}`, outcome: null },
  ]);
  room.clock.forward(24 * 3_600_000);
  await teller().round();
  expect(await room.mailsTo('nessuno@rifiuta.example')).toHaveLength(0);
});
