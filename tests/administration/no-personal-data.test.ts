import { Writable } from 'node:stream';
import { type MailPort, MailUnavailable } from '../../src/activities/ports/mail';
import { buildApp } from '../../src/api/app';
import { Delivery } from '../../src/application/inbox/delivery';
import { InboxSender } from '../../src/application/inbox/sender';
import { createLogger } from '../../src/platform/logging';
import { act, aPng, expectStatus, pay, reach, ztlContent } from '../support/builders';
import { ApiClient } from '../support/client';
import { historyOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';
import { completed, iter } from './support';

/** Marks that occur nowhere else: whoever finds one has found a person. */
const MARKS = [
  'Marcatissima',
  'Segnalibri',
  'SGNMCT85T50D612M',
  'marcata.segnalibri',
  'Vicolo del Segnale',
  'parolasegreta',
];
const PERSON = {
  applicant: {
    givenName: 'Marcatissima',
    familyName: 'Segnalibri',
    taxCode: 'SGNMCT85T50D612M',
    email: 'marcata.segnalibri@posta.example',
  },
  residence: { street: 'Vicolo del Segnale 12' },
};

let logged = '';
const log = createLogger(
  'test',
  'trace',
  new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  }),
);

let mails = 0;
/** A mail server that does not take the first mails, and says to whom they were. */
function reluctant(mail: MailPort): MailPort {
  return {
    ...mail,
    send: async (message) => {
      mails += 1;
      if (mails > 2) return mail.send(message);
      throw new MailUnavailable(`the mail server did not take the mail: 450 <${message.to.address}> try later`, {
        cause: new Error(`450 <${message.to.address}> try later`),
      });
    },
  };
}

let system: System;
let sender: InboxSender;
let app: Awaited<ReturnType<typeof buildApp>>;
beforeAll(async () => {
  system = await buildSystem({ replaceDeps: (deps) => ({ log, mail: reluctant(deps.mail) }) });
  await system.startWorker();
  const { db, client, taskQueue, application } = system;
  const delivery = new Delivery(db, client, { taskQueue, publicUrl: application.publicUrl, timeoutMs: 10_000 });
  sender = new InboxSender(db, delivery, log, { concurrency: 32, lookEveryMs: 100 });
  sender.start();
  app = await buildApp({ application: system.application, log, requestsPerMinute: 100_000 });
});
afterAll(async () => {
  await sender.stop();
  await app.close();
  await system.stop();
});

function marksIn(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return MARKS.filter(
    (mark) => lower.includes(mark.toLowerCase()) || lower.includes(encodeURIComponent(mark).toLowerCase()),
  );
}

/** A history with its payloads as text. */
function decoded(value: unknown): string {
  return JSON.stringify(value, (_key, member) => {
    if (member instanceof Uint8Array) return Buffer.from(member).toString('utf8');
    const data = (member as { data?: unknown } | null)?.data;
    return Array.isArray(data) ? Buffer.from(data as number[]).toString('utf8') : member;
  });
}

/** A practice of the marked person, from draft to decision, with mistakes on the way. */
async function livedPractice(citizen: ApiClient, operator: ApiClient): Promise<string> {
  const { id } = await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  const file = await citizen.upload(id, 'vehicle.registrationCertificate', 'Segnalibri-Marcatissima.png', aPng);
  const wrong = { ...PERSON, applicant: { ...PERSON.applicant, email: 'marcata.segnalibri@' } };
  await citizen.put(`/api/v1/practices/${id}/draft`, { data: ztlContent([file.body.id], wrong) });
  await expectStatus(422, citizen.post(`/api/v1/practices/${id}/submit`));
  await expectStatus(200, citizen.put(`/api/v1/practices/${id}/draft`, { data: ztlContent([file.body.id], PERSON) }));
  await expectStatus(200, citizen.post(`/api/v1/practices/${id}/submit`));
  await until(
    'the position',
    async () => (await citizen.get(`/api/v1/practices/${id}`)).body.payment?.status === 'open',
  );
  await pay(system, id);
  await reach(citizen, id, 'registered');
  await operator.get('/api/v1/practices?q=Segnalibri');
  await operator.get(`/api/v1/practices/SGNMCT85T50D612M`);
  await citizen.send('POST', `/api/v1/practices/${id}/submit`, {
    raw: Buffer.from('{"Segnalibri'),
    headers: { 'content-type': 'application/json' },
  });
  await expectStatus(200, act(operator, id, 'take-charge'));
  const message = 'Marcatissima Segnalibri, manca una foto: parolasegreta.';
  const request = { message, documents: [{ key: 'photo', label: 'Foto di Segnalibri' }] };
  await expectStatus(200, act(operator, id, 'integration-requests', request));
  await reach(citizen, id, 'awaitingIntegration');
  const photo = await expectStatus(201, citizen.upload(id, 'integration.1.photo', 'Segnalibri.png', aPng));
  const answer = { message: 'Ecco, parolasegreta', documents: { photo: [photo.id] } };
  await expectStatus(200, citizen.post(`/api/v1/practices/${id}/integration-answers`, answer));
  await reach(operator, id, 'inCharge');
  await expectStatus(200, act(operator, id, 'approve', { message: 'Marcatissima, parolasegreta: va bene.' }));
  await completed(system, id);
  return id;
}

test('a marked name, tax code, e-mail, address and message occur in no log, history, id or search attribute', async () => {
  const account = await system.db.prisma.account.findFirstOrThrow({ where: { username: 'giulia.bianchi' } });
  const { givenName, familyName, taxCode, email } = PERSON.applicant;
  await system.db.prisma.account.updateMany({
    where: { username: account.username },
    data: { givenName, familyName, taxCode, email },
  });
  const citizen = await ApiClient.logIn({ app }, 'giulia.bianchi', 'bugliano');
  const operator = await ApiClient.logIn({ app }, 'marco.conti', 'bugliano');
  const id = await livedPractice(citizen, operator);

  // The marks are where they belong, so that their absence elsewhere says something.
  const submission = await system.db.prisma.submission.findFirstOrThrow({ where: { practiceId: id } });
  expect(marksIn(JSON.stringify(submission.content))).toHaveLength(5);
  expect(mails).toBeGreaterThan(2);

  expect(marksIn(logged)).toEqual([]);
  const history = decoded(await historyOf(system, id));
  expect(history).toContain(id);
  expect(marksIn(history)).toEqual([]);
  const description = await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
  expect(marksIn(decoded(description.raw))).toEqual([]);
  expect(marksIn((await iter(system, 'practice', 'explain', id)).stdout)).toEqual([]);
  await checkInvariants(system);
}, 120_000);

test('lines of a request name practice and command, lines of an activity name workflow and activity', async () => {
  const lines = logged
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text) as Record<string, unknown>);
  const row = await system.db.prisma.inboxRow.findFirstOrThrow({ where: { type: 'takeCharge' } });
  const told = lines.filter((line) => line['msg'] === 'request completed' && line['command'] === row.id);
  expect(told).toMatchObject([{ practice: row.practiceId, reqId: expect.any(String), res: { statusCode: 200 } }]);
  const delivered = lines.filter((line) => line['msg'] === 'delivered' && line['command'] === row.id);
  expect(delivered.length).toBeGreaterThan(0);
  expect(delivered[0]).toMatchObject({ practice: row.practiceId, type: 'takeCharge' });
});
