import { createHash } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import { act, completeDraft, expectStatus, practiceInCharge, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { aDigest, anInstant, expectProblem, invalid, PRACTICE_NOT_FOUND, type WholeProblem } from './support';

const DOCUMENT_NOT_FOUND: WholeProblem = {
  code: 'DOCUMENT_NOT_FOUND',
  status: 404,
  title: 'Documento non trovato',
  detail: 'Il documento non esiste in questa pratica, o non è ancora pronto.',
  remedy: 'Guarda in /documents quali documenti ci sono.',
};

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
let id: string;
let code: string;
beforeAll(async () => {
  system = await startSystem();
  citizen = await system.as('giulia.bianchi');
  operator = await system.as('marco.conti');
  id = await practiceInCharge(system, citizen, operator);
  await expectStatus(200, act(operator, id, 'approve'));
  code = (await reach(citizen, id, 'approved')).code;
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

test('documents are listed with size, digest and registration', async () => {
  const { items } = await expectStatus(200, citizen.get(`/api/v1/practices/${id}/documents`));
  const document = (ordinal: number, kind: string, title: string) => ({
    ordinal,
    kind,
    title,
    contentType: 'application/pdf',
    bytes: expect.any(Number),
    sha256: aDigest,
    createdAt: anInstant,
    registration: {
      number: expect.stringMatching(/^\d{7}$/),
      year: expect.any(Number),
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    },
    href: `/api/v1/practices/${id}/documents/${ordinal}`,
  });
  expect(items).toEqual([
    // The receipt is the applicant's, not the register's.
    { ...document(0, 'receipt', 'Ricevuta di presentazione'), registration: null },
    document(1, 'request', 'Domanda: Permesso di accesso alla ZTL'),
    document(2, 'decision', 'Provvedimento di accoglimento'),
  ]);
});

test('the content of each is a PDF of the stated size and digest', async () => {
  const { items } = await expectStatus(200, citizen.get(`/api/v1/practices/${id}/documents`));
  for (const { href, bytes, sha256, ordinal } of items) {
    const { status, headers, body } = await citizen.get(href);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(bytes),
      'content-disposition': `attachment; filename="${code}-${ordinal}.pdf"`,
    });
    expect(body.length).toBe(bytes);
    expect(createHash('sha256').update(body).digest('hex')).toBe(sha256);
    expect((await PDFDocument.load(body)).getPageCount()).toBeGreaterThan(0);
  }
});

test('HEAD tells type and size without the content', async () => {
  const { status, headers, body } = await citizen.send('HEAD', `/api/v1/practices/${id}/documents/1`);
  expect([status, headers['content-type'], body.length]).toEqual([200, 'application/pdf', 0]);
});

test('a document that is not there, or has no possible number, is refused', async () => {
  expectProblem(await citizen.get(`/api/v1/practices/${id}/documents/3`), DOCUMENT_NOT_FOUND);
  const refused = (rule: string, message: string) => invalid({ path: 'ordinal', rule, message });
  expectProblem(
    await citizen.get(`/api/v1/practices/${id}/documents/-1`),
    refused('tooSmall', '"ordinal" deve essere almeno 0.'),
  );
  expectProblem(
    await citizen.get(`/api/v1/practices/${id}/documents/primo`),
    refused('type', '"ordinal" deve essere un numero.'),
  );
});

test('a draft has no documents', async () => {
  const draft = await completeDraft(citizen);
  expect(await expectStatus(200, citizen.get(`/api/v1/practices/${draft}/documents`))).toEqual({ items: [] });
  expectProblem(await citizen.get(`/api/v1/practices/${draft}/documents/1`), DOCUMENT_NOT_FOUND);
});

test('another citizen, another office and another municipality find no practice', async () => {
  const strangers = [
    await system.as('paolo.esposito'),
    await system.as('luca.neri'),
    await system.as('marco.conti', 'vicinato'),
    await system.as('giulia.bianchi', 'vicinato'),
  ];
  for (const client of strangers) {
    expectProblem(await client.get(`/api/v1/practices/${id}/documents`), PRACTICE_NOT_FOUND);
    expectProblem(await client.get(`/api/v1/practices/${id}/documents/1`), PRACTICE_NOT_FOUND);
  }
});
