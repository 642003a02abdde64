import { aPdf, completeDraft, expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';
import { expectProblem, frozen, invalid, PRACTICE_NOT_FOUND, type WholeProblem } from './support';

const FIELD = 'vehicle.registrationCertificate';
const ATTACHMENT_NOT_FOUND: WholeProblem = {
  code: 'ATTACHMENT_NOT_FOUND',
  status: 404,
  title: 'Allegato non trovato',
  detail: "L'allegato non esiste in questa pratica.",
  remedy: 'Caricalo di nuovo e usa il nuovo identificativo.',
};

let system: System;
let citizen: ApiClient;
let id: string;
beforeAll(async () => {
  system = await buildSystem({ waitMs: 0 });
  citizen = await system.as('giulia.bianchi');
  id = (await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }))).id;
});
afterAll(() => system.stop());

async function anAttachment(practice = id): Promise<string> {
  return (await expectStatus(201, citizen.upload(practice, FIELD, 'a.pdf', await aPdf()))).id;
}

function remove(client: ApiClient, attachment: string, practice = id) {
  return client.send('DELETE', `/api/v1/practices/${practice}/attachments/${attachment}`);
}

test('a file taken out is gone for everybody, and can not be taken out twice', async () => {
  const attachment = await anAttachment();
  const { status, body } = await remove(citizen, attachment);
  expect([status, body.length]).toEqual([204, 0]);
  expectProblem(await citizen.get(`/api/v1/practices/${id}/attachments/${attachment}`), ATTACHMENT_NOT_FOUND);
  expectProblem(await remove(citizen, attachment), ATTACHMENT_NOT_FOUND);
});

test('an attachment is found only in its own practice, by its own applicant', async () => {
  const attachment = await anAttachment();
  const another = (await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }))).id;
  expectProblem(await remove(citizen, attachment, another), ATTACHMENT_NOT_FOUND);
  expectProblem(await citizen.get(`/api/v1/practices/${another}/attachments/${attachment}`), ATTACHMENT_NOT_FOUND);
  const other = await system.as('paolo.esposito');
  expectProblem(await remove(other, attachment), PRACTICE_NOT_FOUND);
  expectProblem(await other.get(`/api/v1/practices/${id}/attachments/${attachment}`), PRACTICE_NOT_FOUND);
  expect((await citizen.get(`/api/v1/practices/${id}/attachments/${attachment}`)).status).toBe(200);
});

test('an id that is none is refused', async () => {
  const message = '"attachmentId" deve essere un identificativo (UUID).';
  expectProblem(await remove(citizen, '1'), invalid({ path: 'attachmentId', rule: 'format', message }));
});

test('what was sent stays', async () => {
  const sent = await completeDraft(citizen);
  const { id: attachment } = await system.db.prisma.attachment.findFirstOrThrow({ where: { practiceId: sent } });
  await expectStatus(202, citizen.post(`/api/v1/practices/${sent}/submit`));
  expectProblem(await remove(citizen, attachment, sent), frozen('Inviata'));
  expect((await citizen.get(`/api/v1/practices/${sent}/attachments/${attachment}`)).status).toBe(200);
});

test('a file that goes away while the application is sent is either in it and there, or not in it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const draft = await completeDraft(citizen);
    const { id: attachment } = await system.db.prisma.attachment.findFirstOrThrow({ where: { practiceId: draft } });
    const [sent, removed] = await Promise.all([
      citizen.post(`/api/v1/practices/${draft}/submit`),
      remove(citizen, attachment, draft),
    ]);
    expect([
      [202, 409],
      [422, 204],
    ]).toContainEqual([sent.status, removed.status]);
  }
});

test('a file of a message is taken out by who uploaded it until the message is written, then it stays', async () => {
  const sent = await completeDraft(citizen);
  await expectStatus(202, citizen.post(`/api/v1/practices/${sent}/submit`));
  const upload = async () => (await expectStatus(201, citizen.upload(sent, 'message', 'a.pdf', await aPdf()))).id;
  const [wrong, right] = [await upload(), await upload()];
  expect((await remove(citizen, wrong, sent)).status).toBe(204);
  const path = `/api/v1/practices/${sent}/messages`;
  const gone = 'L\'allegato non è stato caricato qui: caricalo con field "message" e usa il nuovo identificativo.';
  expectProblem(
    await citizen.post(path, { text: 'Ecco.', attachments: [wrong] }),
    invalid({ path: 'attachments.0', rule: 'attachment', message: gone }),
  );
  await expectStatus(201, citizen.post(path, { text: 'Ecco.', attachments: [right] }));
  expectProblem(await remove(citizen, right, sent), {
    code: 'ATTACHMENT_IN_USE',
    status: 409,
    title: 'Allegato già inviato',
    detail: 'L’allegato fa già parte di ciò che è stato inviato e non si può più togliere.',
    remedy: 'Se è sbagliato, carica quello giusto e scrivi un messaggio che lo spieghi.',
  });
});

test('a file that goes away while its message is written is either in it and there, or not in it', async () => {
  const sent = await completeDraft(citizen);
  await expectStatus(202, citizen.post(`/api/v1/practices/${sent}/submit`));
  for (let round = 0; round < 5; round += 1) {
    const { id: file } = await expectStatus(201, citizen.upload(sent, 'message', 'a.pdf', await aPdf()));
    const [written, removed] = await Promise.all([
      citizen.post(`/api/v1/practices/${sent}/messages`, { text: 'Ecco.', attachments: [file] }),
      remove(citizen, file, sent),
    ]);
    expect([
      [201, 409],
      [422, 204],
    ]).toContainEqual([written.status, removed.status]);
  }
});
