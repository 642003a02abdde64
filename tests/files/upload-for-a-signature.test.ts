import { expectProblem, multipart, sendForm } from '../api/support';
import { aPdf, aPng, expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { offer } from '../support/services';
import { buildSystem, type System } from '../support/system';
import { aCms } from './support';

let system: System;
let citizen: ApiClient;
let id: string;
beforeAll(async () => {
  system = await buildSystem();
  const service = await offer(system, {
    form: {
      sections: [
        {
          key: 'applicant',
          title: 'Richiedente',
          fields: [
            { key: 'givenName', label: 'Nome', type: 'text' },
            { key: 'familyName', label: 'Cognome', type: 'text' },
            { key: 'taxCode', label: 'Codice fiscale', type: 'taxCode' },
            { key: 'email', label: 'E-mail', type: 'email' },
          ],
        },
        {
          key: 'request',
          title: 'Richiesta',
          fields: [
            { key: 'mandate', label: 'Procura', type: 'file', signed: true },
            { key: 'photo', label: 'Foto', type: 'file', required: false },
          ],
        },
      ],
    },
  });
  citizen = await system.as('giulia.bianchi');
  id = (await expectStatus(201, citizen.post('/api/v1/practices', { service }))).id;
});
afterAll(() => system.stop());

test('a question that wants a signature takes a p7m, and refuses a plain PDF at its end, keeping nothing', async () => {
  const { status, body } = await citizen.upload(id, 'request.mandate', 'procura.pdf.p7m', aCms);
  expect([status, body.contentType]).toEqual([201, 'application/pkcs7-mime']);
  const before = await system.db.prisma.attachment.count();
  expectProblem(await citizen.upload(id, 'request.mandate', 'procura.pdf', await aPdf()), {
    code: 'FILE_NOT_SIGNED',
    status: 422,
    title: 'Manca la firma digitale',
    detail: 'Il file "procura.pdf" non è firmato digitalmente: "Procura" chiede un documento firmato.',
    remedy: 'Firma il documento (file .p7m, oppure PDF firmato) e caricalo di nuovo.',
    params: { name: 'procura.pdf', field: 'Procura' },
  });
  expect((await citizen.upload(id, 'request.mandate', 'foto.png', aPng)).body).toMatchObject({
    code: 'FILE_TYPE_NOT_ALLOWED',
    params: { accepted: 'PDF, P7M (firma digitale)' },
  });
  expect(await system.db.prisma.attachment.count()).toBe(before);
});

test('another question of the same form wants none', async () => {
  expect((await citizen.upload(id, 'request.photo', 'foto.png', aPng)).status).toBe(201);
});

test.each([
  ['con.pdf', '_con.pdf'],
  ['.pdf', 'allegato.pdf'],
  ['libretto.pdf.', 'libretto.pdf'],
  ['C:libretto.pdf', 'C_libretto.pdf'],
  ['a\u200bb\u2066c.pdf', 'abc.pdf'],
  [`${'🚗'.repeat(300)}.pdf`, `${'🚗'.repeat(146)}.pdf`],
])('the hostile name %j is kept as %j and sent as a download', async (name, shown) => {
  const form = multipart({ head: `name="file"; filename="${name}"`, content: await aPdf() });
  const { status, body } = await sendForm(citizen, id, 'request.photo', form);
  expect([status, body.name]).toEqual([201, shown]);
  const { headers } = await citizen.get(`/api/v1/practices/${id}/attachments/${body.id}`);
  expect(headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${encodeURIComponent(shown)}`);
  expect(headers['x-content-type-options']).toBe('nosniff');
});
