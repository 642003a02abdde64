import { clientWithSession, expectProblem, type WholeProblem } from '../api/support';
import { aPdf, expectStatus, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { decides, offer, sent } from '../support/services';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

const ATTACHMENT_NOT_FOUND: WholeProblem = {
  code: 'ATTACHMENT_NOT_FOUND',
  status: 404,
  title: 'Allegato non trovato',
  detail: "L'allegato non esiste in questa pratica.",
  remedy: 'Caricalo di nuovo e usa il nuovo identificativo.',
};

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
let pdf: Buffer;
let services: Readonly<Record<'onSubmission' | 'none', string>>;
beforeAll(async () => {
  system = await startSystem();
  services = {
    onSubmission: await offer(system, { codePrefix: 'REG' }),
    none: await offer(system, { registration: 'none', codePrefix: 'NOREG' }),
  };
  citizen = await clientWithSession(system, 'giulia.bianchi');
  operator = await clientWithSession(system, 'marco.conti');
  pdf = await aPdf();
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

/** In charge, at a service that registers or does not. */
async function inCharge(registration: 'onSubmission' | 'none'): Promise<string> {
  const id = await sent(citizen, services[registration]);
  await reach(citizen, id, registration === 'none' ? 'received' : 'registered');
  await decides(operator, id, 'take-charge');
  return id;
}

async function upload(person: ApiClient, id: string, field: string): Promise<string> {
  return (await expectStatus(201, person.upload(id, field, 'a.pdf', pdf))).id;
}

const read = (person: ApiClient, id: string, file: string) => person.get(`/api/v1/practices/${id}/attachments/${file}`);

async function officeReads(id: string, file: string): Promise<void> {
  for (const username of ['marco.conti', 'sara.ferri', 'elena.riva', 'admin', 'revisore']) {
    expect((await read(await clientWithSession(system, username), id, file)).status).toBe(200);
  }
}

test('a file of a note is the office’s alone', async () => {
  const id = await inCharge('none');
  const file = await upload(operator, id, 'note');
  expectProblem(await read(citizen, id, file), ATTACHMENT_NOT_FOUND);
  await officeReads(id, file);
  await expectStatus(
    201,
    operator.post(`/api/v1/practices/${id}/notes`, { text: 'Da verificare.', attachments: [file] }),
  );
  expectProblem(await read(citizen, id, file), ATTACHMENT_NOT_FOUND);
});

test('a file of the office’s message reaches the applicant with the message', async () => {
  const id = await inCharge('none');
  const file = await upload(operator, id, 'message');
  expectProblem(await read(citizen, id, file), ATTACHMENT_NOT_FOUND);
  await expectStatus(201, operator.post(`/api/v1/practices/${id}/messages`, { text: 'Ecco.', attachments: [file] }));
  const { status, headers, body } = await read(citizen, id, file);
  expect(status).toBe(200);
  expect(body).toEqual(pdf);
  expect(headers).toMatchObject({
    'content-disposition': "attachment; filename*=UTF-8''a.pdf",
    'x-content-type-options': 'nosniff',
  });
  await officeReads(id, await upload(citizen, id, 'message'));
});

test.each(['onSubmission', 'none'] as const)(
  'files of a decision are nobody’s news before its document is complete (registration: %s)',
  async (registration) => {
    const id = await inCharge(registration);
    const used = await upload(operator, id, 'decision');
    const forgotten = await upload(operator, id, 'decision');
    expectProblem(await read(citizen, id, used), ATTACHMENT_NOT_FOUND);
    await officeReads(id, used);
    await decides(operator, id, 'approve', { message: 'La domanda è accolta.', attachments: [used] });
    await reach(citizen, id, 'approved');
    expect((await read(citizen, id, used)).status).toBe(200);
    expectProblem(await read(citizen, id, forgotten), ATTACHMENT_NOT_FOUND);
  },
);

test('files of a decision that waits for its registration stay closed', async () => {
  const id = await inCharge('onSubmission');
  const file = await upload(operator, id, 'decision');
  await system.stopWorker();
  system.setWait(0);
  const { body: seen } = await operator.get(`/api/v1/practices/${id}`);
  const body = { message: 'La domanda è accolta.', attachments: [file], actVersion: seen.actVersion };
  await expectStatus(202, operator.post(`/api/v1/practices/${id}/approve`, body));
  expectProblem(await read(citizen, id, file), ATTACHMENT_NOT_FOUND);
  system.setWait(20_000);
  await system.startWorker();
  await reach(citizen, id, 'approved');
  expect((await read(citizen, id, file)).status).toBe(200);
});

test.each(['onSubmission', 'none'] as const)(
  'files of a communication are the applicant’s when it is addressed to them (registration: %s)',
  async (registration) => {
    const id = await inCharge(registration);
    const [toApplicant, toOffice] = [
      await upload(operator, id, 'communication'),
      await upload(operator, id, 'communication'),
    ];
    const words = { subject: 'Sopralluogo', message: 'Il sopralluogo è fissato per lunedì.' };
    await decides(operator, id, 'communications', { to: 'applicant', ...words, attachments: [toApplicant] });
    const recipient = { name: 'Ufficio tecnico', email: 'tecnico@comune.bugliano.example' };
    await decides(operator, id, 'communications', { to: 'office', recipient, ...words, attachments: [toOffice] });
    await until('the communication to be complete', async () => (await read(citizen, id, toApplicant)).status === 200);
    await until('the other to be complete', async () => {
      const documents = await system.db.prisma.practiceEventRow.findMany({
        where: { practiceId: id, type: { in: ['documentFiled', 'documentRegistered'] } },
      });
      return documents.length >= 2;
    });
    expectProblem(await read(citizen, id, toOffice), ATTACHMENT_NOT_FOUND);
    await officeReads(id, toOffice);
  },
);

test('another citizen and another office read none of it', async () => {
  const id = await inCharge('none');
  const file = await upload(citizen, id, 'message');
  for (const username of ['paolo.esposito', 'luca.neri']) {
    const answer = await read(await clientWithSession(system, username), id, file);
    expect([answer.status, answer.body.code]).toEqual([404, 'PRACTICE_NOT_FOUND']);
  }
});
