import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { publishService } from '../../src/application/seed';
import { serviceDefinitionSchema } from '../../src/application/services/definition';
import { permessoZtl } from '../../src/application/services/permesso-ztl';
import { aPdf, aPng, completeDraft, expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';
import {
  anId,
  expectProblem,
  frozen,
  invalid,
  malformed,
  multipart,
  PRACTICE_NOT_FOUND,
  sendForm,
  unsupported,
  type WholeProblem,
} from './support';

const FIELD = 'vehicle.registrationCertificate';
const SIGNED = Buffer.concat([
  Buffer.from('3080', 'hex'),
  Buffer.from('06092a864886f70d010702a080', 'hex'),
  Buffer.alloc(80),
]);
const ACCEPTED = 'PDF, P7M (firma digitale), JPG, PNG';

let system: System;
let citizen: ApiClient;
let id: string;
beforeAll(async () => {
  system = await buildSystem({ waitMs: 0 });
  const small = {
    ...permessoZtl,
    code: 'permesso-piccolo',
    codePrefix: 'ZTLP',
    attachments: { accept: ['pdf'], maxMegabytes: 1 },
  };
  await publishService(system.db, system.application.clock, 'bugliano', serviceDefinitionSchema.parse(small));
  citizen = await system.as('giulia.bianchi');
  id = (await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }))).id;
});
afterAll(() => system.stop());

/** Attachment rows and stored files: what a refusal must leave as it was. */
async function kept() {
  const files = readdirSync(system.storeDir, { recursive: true, withFileTypes: true });
  const stored = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return { rows: await system.db.prisma.attachment.count(), stored: stored.sort() };
}

async function expectRefusal(send: () => ReturnType<ApiClient['upload']>, problem: WholeProblem): Promise<void> {
  await citizen.upload(id, FIELD, 'primo.pdf', await aPdf('so that the store exists'));
  const before = await kept();
  expectProblem(await send(), problem);
  expect(await kept()).toEqual(before);
}

test.each<[string, string, () => Buffer | Promise<Buffer>, string]>([
  ['a PDF', 'libretto.pdf', () => aPdf(), 'application/pdf'],
  ['a PNG in upper case', 'FOTO.PNG', () => aPng, 'image/png'],
  ['a signed document', 'libretto.pdf.p7m', () => SIGNED, 'application/pkcs7-mime'],
])('%s is taken, with its name, type, size and digest', async (_name, name, content, contentType) => {
  const bytes = await content();
  const { status, body } = await citizen.upload(id, FIELD, name, bytes);
  expect(status).toBe(201);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(body).toEqual({ id: anId, field: FIELD, name, contentType, bytes: bytes.length, sha256 });
  const { headers, body: content2 } = await citizen.get(`/api/v1/practices/${id}/attachments/${body.id}`);
  expect(content2).toEqual(bytes);
  expect(headers).toMatchObject({
    'content-type': contentType,
    'content-length': String(bytes.length),
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
    'x-content-type-options': 'nosniff',
  });
});

test.each([
  ['../../etc/passwd.pdf', 'passwd.pdf'],
  ['C:\\\\Users\\\\giulia\\\\libretto.pdf', 'libretto.pdf'],
  ['..', 'allegato.pdf'],
  ['', 'allegato.pdf'],
  ['libretto\u0000\u0007.pdf', 'libretto.pdf'],
  ['fdp.\u202elibretto.pdf', 'fdp.libretto.pdf'],
  ['libretto.exe', 'libretto.exe.pdf'],
  ['scansione', 'scansione.pdf'],
  [`${'l'.repeat(300)}.pdf`, `${'l'.repeat(146)}.pdf`],
  ["l'auto (1)*.pdf", "l'auto (1)*.pdf"],
])('the name %j is kept as %j: no path, nothing hidden, the extension of what it is', async (name, shown) => {
  const form = multipart({ head: `name="file"; filename="${name}"`, content: await aPdf() });
  const { status, body } = await sendForm(citizen, id, FIELD, form);
  expect([status, body.name]).toEqual([201, shown]);
  const { headers } = await citizen.get(`/api/v1/practices/${id}/attachments/${body.id}`);
  const encoded = /^attachment; filename\*=UTF-8''([A-Za-z0-9._~!$&+^`|%-]+)$/.exec(
    String(headers['content-disposition']),
  );
  expect(decodeURIComponent(encoded?.[1] ?? '')).toBe(shown);
});

test('a type that is not accepted is refused, and so is one that hides under another name', async () => {
  const zip = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(60)]);
  await expectRefusal(() => citizen.upload(id, FIELD, 'foto.zip', zip), {
    code: 'FILE_TYPE_NOT_ALLOWED',
    status: 422,
    title: 'Tipo di file non accettato',
    detail: 'Il file "foto.zip" è di tipo application/zip, che qui non è accettato.',
    remedy: `Sono accettati: ${ACCEPTED}.`,
    params: { name: 'foto.zip', found: 'application/zip', accepted: ACCEPTED },
  });
  await expectRefusal(() => citizen.upload(id, FIELD, 'note.txt', Buffer.from('ciao')), {
    code: 'FILE_TYPE_NOT_ALLOWED',
    status: 422,
    title: 'Tipo di file non accettato',
    detail: 'Il file "note.txt" è di tipo sconosciuto, che qui non è accettato.',
    remedy: `Sono accettati: ${ACCEPTED}.`,
    params: { name: 'note.txt', found: 'sconosciuto', accepted: ACCEPTED },
  });
  const mismatch = (declared: string, found: string, name: string): WholeProblem => ({
    code: 'FILE_CONTENT_MISMATCH',
    status: 422,
    title: 'Il contenuto del file non corrisponde al nome',
    detail: `Il file "${name}" si presenta come ${declared} ma contiene ${found}.`,
    remedy: 'Salva il file nel formato giusto e caricalo di nuovo.',
    params: { name, declared, found },
  });
  await expectRefusal(() => citizen.upload(id, FIELD, 'foto.png', zip), mismatch('PNG', 'application/zip', 'foto.png'));
  await expectRefusal(() => citizen.upload(id, FIELD, 'libretto.pdf', aPng), mismatch('PDF', 'PNG', 'libretto.pdf'));
  const text = Buffer.from('<html><script>alert(1)</script>');
  await expectRefusal(() => citizen.upload(id, FIELD, 'a.pdf', text), mismatch('PDF', 'sconosciuto', 'a.pdf'));
});

test('an empty file is refused', async () => {
  await expectRefusal(() => citizen.upload(id, FIELD, 'vuoto.pdf', Buffer.alloc(0)), {
    code: 'FILE_EMPTY',
    status: 422,
    title: 'File vuoto',
    detail: 'Il file "vuoto.pdf" è vuoto.',
    remedy: 'Controlla il file e caricalo di nuovo.',
    params: { name: 'vuoto.pdf' },
  });
});

test('the limit is that of the service: one byte more is refused, the limit itself is taken', async () => {
  const draft = (await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-piccolo' }))).id;
  const exact = Buffer.concat([await aPdf(), Buffer.alloc(1024 * 1024)]).subarray(0, 1024 * 1024);
  expect((await citizen.upload(draft, FIELD, 'giusto.pdf', exact)).status).toBe(201);
  const more = Buffer.concat([exact, Buffer.from('x')]);
  await expectRefusal(() => citizen.upload(draft, FIELD, 'grande.pdf', more), {
    code: 'FILE_TOO_LARGE',
    status: 413,
    title: 'File troppo grande',
    detail: 'Il file "grande.pdf" supera 1 MB.',
    remedy: 'Riduci il file (per esempio abbassa la risoluzione della foto) e caricalo di nuovo.',
    params: { name: 'grande.pdf', maxMegabytes: 1 },
  });
  await expectRefusal(() => citizen.upload(draft, FIELD, 'foto.png', aPng), {
    code: 'FILE_TYPE_NOT_ALLOWED',
    status: 422,
    title: 'Tipo di file non accettato',
    detail: 'Il file "foto.png" è di tipo PNG, che qui non è accettato.',
    remedy: 'Sono accettati: PDF.',
    params: { name: 'foto.png', found: 'PNG', accepted: 'PDF' },
  });
});

test.each(['vehicle.plate', 'vehicle', 'constructor', '__proto__', 'integration.1.photo', 'è'])(
  'the field %p takes no files: those that do are listed',
  async (field) => {
    const content = await aPdf();
    const message = 'Usa uno di: vehicle.registrationCertificate, permit.photo.';
    await expectRefusal(
      () => citizen.upload(id, field, 'libretto.pdf', content),
      invalid({ path: 'field', rule: 'unknown', message }),
    );
  },
);

test('without a field, or with two, the request is refused', async () => {
  const form = multipart({ head: 'name="file"; filename="a.pdf"', content: await aPdf() });
  const headers = { 'content-type': 'multipart/form-data; boundary=XX' };
  const path = `/api/v1/practices/${id}/attachments`;
  await expectRefusal(
    () => citizen.send('POST', path, { raw: form, headers }),
    invalid({ path: 'field', rule: 'required', message: 'Manca "field".' }),
  );
  await expectRefusal(
    () => citizen.send('POST', `${path}?field=${FIELD}&field=${FIELD}`, { raw: form, headers }),
    invalid({ path: 'field', rule: 'type', message: '"field" deve essere un testo.' }),
  );
});

const FILE_MISSING: WholeProblem = {
  code: 'FILE_MISSING',
  status: 422,
  title: 'Manca il file',
  detail: 'La richiesta non contiene alcun file.',
  remedy: 'Invia il file come parte "file" di multipart/form-data.',
};

test('a request without a file is refused', async () => {
  const path = `/api/v1/practices/${id}/attachments?field=${FIELD}`;
  await expectRefusal(() => citizen.send('POST', path), FILE_MISSING);
  await expectRefusal(() => citizen.send('POST', path, { body: { file: 'x' } }), FILE_MISSING);
  await expectRefusal(() => sendForm(citizen, id, FIELD, multipart()), FILE_MISSING);
  const text = multipart({ head: 'name="file"', content: '%PDF-1.4' });
  await expectRefusal(() => sendForm(citizen, id, FIELD, text), FILE_MISSING);
});

test('a raw file, not in a form, is refused as a type', async () => {
  const content = await aPdf();
  await expectRefusal(() => sendForm(citizen, id, FIELD, content, 'application/pdf'), unsupported('application/pdf'));
});

test('a form that is cut off, has no boundary or two files is refused whole', async () => {
  const broken = malformed('il modulo multipart/form-data è incompleto o non valido');
  const pdf = { head: 'name="file"; filename="a.pdf"', content: await aPdf('cut') };
  const cut = multipart(pdf).subarray(0, -60);
  await expectRefusal(() => sendForm(citizen, id, FIELD, cut), broken);
  await expectRefusal(() => sendForm(citizen, id, FIELD, multipart(pdf), 'multipart/form-data'), broken);
  const headOnly = Buffer.from('--XX\r\nContent-Dispo');
  await expectRefusal(() => sendForm(citizen, id, FIELD, headOnly), broken);
  const hostile = multipart({ head: 'name="__proto__"; filename="a.pdf"', content: await aPdf('proto') });
  await expectRefusal(() => sendForm(citizen, id, FIELD, hostile), broken);
  const second = { head: 'name="file"; filename="b.pdf"', content: await aPdf('second') };
  await expectRefusal(() => sendForm(citizen, id, FIELD, multipart(pdf, second)), malformed('contiene più di un file'));
});

test('parts that are not the file are read over', async () => {
  const note = { head: 'name="note"', content: 'ciao' };
  const pdf = { head: 'name="file"; filename="a.pdf"', content: await aPdf() };
  expect((await sendForm(citizen, id, FIELD, multipart(note, pdf, note))).status).toBe(201);
});

test('another citizen can not add to the draft, nor can anybody once it was sent', async () => {
  const other = await system.as('paolo.esposito');
  const content = await aPdf();
  await expectRefusal(() => other.upload(id, FIELD, 'a.pdf', content), PRACTICE_NOT_FOUND);
  const sent = await completeDraft(citizen);
  await expectStatus(202, citizen.post(`/api/v1/practices/${sent}/submit`));
  await expectRefusal(() => citizen.upload(sent, FIELD, 'a.pdf', content), frozen('Inviata'));
});
