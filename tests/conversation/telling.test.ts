import pino from 'pino';
import { createMailer } from '../../src/adapters/mail';
import { createDiskStore } from '../../src/adapters/storage/disk-store';
import { Postman } from '../../src/application/mailing/postman';
import { clientWithSession } from '../api/support';
import { aPdf, expectStatus, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { offer, sent } from '../support/services';
import { type System, startSystem } from '../support/system';

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
let id: string;
beforeAll(async () => {
  system = await startSystem();
  citizen = await clientWithSession(system, 'giulia.bianchi');
  operator = await clientWithSession(system, 'marco.conti');
  id = await sent(citizen, await offer(system, { registration: 'none' }));
  await reach(citizen, id, 'received');
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

const path = () => `/api/v1/practices/${id}/messages`;
const mails = () => system.db.prisma.mailing.findMany({ where: { practiceId: id, kind: 'message' } });
const notices = () =>
  system.db.prisma.operatorNotice.findMany({ where: { practiceId: id, seq: { lt: 0 } }, orderBy: { seq: 'desc' } });

test('a message of the office queues one mail to the applicant, in the same transaction', async () => {
  const file = await expectStatus(201, operator.upload(id, 'message', 'piano.pdf', await aPdf()));
  const body = { text: 'Serve la <planimetria>.', attachments: [file.id] };
  await expectStatus(201, operator.post(path(), body, 'message-to-applicant'));
  await expectStatus(201, operator.post(path(), body, 'message-to-applicant'));
  const [mail, ...more] = await mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({
    recipient: 'giulia.bianchi@posta.example',
    recipientName: 'Giulia Bianchi',
    text: expect.stringContaining('Serve la <planimetria>.'),
    html: expect.stringContaining('Serve la &lt;planimetria&gt;.'),
  });
  expect(mail?.text).toContain('piano.pdf');
});

test('the operator reads what became of the mail: sent, or refused and why', async () => {
  const mailer = createMailer({
    smtpUrl: `smtp://127.0.0.1:${system.sandbox.smtpPort}`,
    from: 'Bugliano <no@bugliano.example>',
  });
  const postman = new Postman(
    system.db,
    mailer,
    createDiskStore(system.storeDir),
    system.application.clock,
    pino({ level: 'silent' }),
  );
  while (await postman.round());
  const { items } = await expectStatus(200, operator.get(path()));
  expect(items[0].delivery).toEqual({
    status: 'sent',
    address: 'giulia.bianchi@posta.example',
    sentAt: expect.stringMatching(/Z$/),
    error: null,
  });
  await expectStatus(201, operator.post(path(), { text: 'Un altro.' }));
  await system.db.prisma.mailing.updateMany({
    where: { practiceId: id, status: { not: 'sent' } },
    data: { status: 'refused', lastError: '550 no such mailbox' },
  });
  const { items: after } = await expectStatus(200, operator.get(path()));
  expect(after[0].delivery).toEqual({
    status: 'refused',
    address: 'giulia.bianchi@posta.example',
    sentAt: null,
    error: '550 no such mailbox',
  });
  expect((await expectStatus(200, citizen.get(path()))).items.map((item: { delivery: null }) => item.delivery)).toEqual(
    [null, null],
  );
  mailer.close();
});

test('a message of the applicant is noted for the operators of the service, and mailed to no applicant', async () => {
  const before = (await mails()).length;
  await expectStatus(201, citizen.post(path(), { text: 'Arriva domani.' }, 'message-to-operators'));
  await expectStatus(201, citizen.post(path(), { text: 'Arriva domani.' }, 'message-to-operators'));
  const rows = await notices();
  const accounts = await system.db.prisma.account.findMany({ where: { id: { in: rows.map((row) => row.accountId) } } });
  expect(accounts.map(({ username }) => username).sort()).toEqual(['elena.riva', 'marco.conti', 'sara.ferri']);
  expect(await mails()).toHaveLength(before);
});

test('a message that is refused tells nobody', async () => {
  const [before, noted] = [await mails(), await notices()];
  await expectStatus(422, operator.post(path(), { text: 'a'.repeat(5001) }));
  await expectStatus(
    422,
    operator.post(path(), { text: 'Ecco.', attachments: ['00000000-0000-4000-8000-000000000000'] }),
  );
  expect([await mails(), await notices()]).toEqual([before, noted]);
});
