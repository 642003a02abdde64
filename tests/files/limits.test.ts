import { randomUUID } from 'node:crypto';
import { MAX_MEGABYTES_TOGETHER, PLACES } from '../../src/application/files/places';
import { seedId } from '../../src/application/seed';
import { expectProblem } from '../api/support';
import { aPdf, expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';

const FIELD = 'vehicle.registrationCertificate';

let system: System;
let citizen: ApiClient;
let pdf: Buffer;
beforeAll(async () => {
  system = await buildSystem();
  citizen = await system.as('giulia.bianchi');
  pdf = await aPdf();
});
afterAll(() => system.stop());

async function aDraft(): Promise<string> {
  return (await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }))).id;
}

/** Rows as uploads leave them; two hundred real uploads would prove nothing more. */
async function uploaded(practiceId: string, count: number, bytes: number): Promise<void> {
  const row = {
    tenantId: seedId('bugliano', 'tenant', 'bugliano'),
    practiceId,
    field: FIELD,
    name: 'a.pdf',
    contentType: 'application/pdf',
    bytes,
    sha256: '0'.repeat(64),
    uploadedBy: seedId('bugliano', 'account', 'giulia.bianchi'),
    uploadedAt: system.application.clock.now(),
  };
  const data = Array.from({ length: count }, () => ({ id: randomUUID(), ...row }));
  await system.db.prisma.attachment.createMany({ data });
}

test('a person keeps a bounded number of files in a place; one taken out makes room', async () => {
  const id = await aDraft();
  const { maxFiles } = PLACES.form;
  await uploaded(id, maxFiles - 1, 10);
  const last = await expectStatus(201, citizen.upload(id, FIELD, 'a.pdf', pdf));
  expectProblem(await citizen.upload(id, FIELD, 'a.pdf', pdf), {
    code: 'FILES_TOO_MANY',
    status: 409,
    title: 'Troppi file',
    detail: `Qui hai già caricato ${maxFiles} file, che è il massimo.`,
    remedy: 'Riunisci più pagine in un solo PDF, oppure togli un file che non serve.',
    params: { maxFiles },
  });
  expect((await citizen.send('DELETE', `/api/v1/practices/${id}/attachments/${last.id}`)).status).toBe(204);
  expect((await citizen.upload(id, FIELD, 'a.pdf', pdf)).status).toBe(201);
});

test('uploads at the same moment do not pass the bound together', async () => {
  const id = await aDraft();
  await uploaded(id, PLACES.form.maxFiles - 2, 10);
  const answers = await Promise.all(Array.from({ length: 6 }, () => citizen.upload(id, FIELD, 'a.pdf', pdf)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
});

test('all files of a person in a practice are bounded together', async () => {
  const id = await aDraft();
  const room = MAX_MEGABYTES_TOGETHER * 1024 * 1024 - pdf.length;
  // A row holds less than 2 GB.
  await uploaded(id, 2, Math.floor(room / 2) - 1);
  await expectStatus(201, citizen.upload(id, FIELD, 'a.pdf', pdf));
  expectProblem(await citizen.upload(id, FIELD, 'a.pdf', pdf), {
    code: 'FILES_TOO_LARGE_TOGETHER',
    status: 409,
    title: 'Spazio esaurito',
    detail: `I file che hai caricato in questa pratica supererebbero insieme ${MAX_MEGABYTES_TOGETHER} MB.`,
    remedy: 'Carica file più piccoli, oppure togline uno che non serve.',
    params: { maxMegabytes: MAX_MEGABYTES_TOGETHER },
  });
});
