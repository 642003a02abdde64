import { aPdf, completeDraft } from '../support/builders';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';

const MEGABYTE = 1024 * 1024;

let system: System;
let citizen: ApiClient;
let address: string;

beforeAll(async () => {
  system = await buildSystem({ waitMs: 0, temporal: { address: '127.0.0.1:1', namespace: 'none' } });
  citizen = await system.as('giulia.bianchi');
  address = await system.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => system.stop());

/** Over one connection, as a browser does: its answer is read only when its request is gone. */
async function upload(id: string, name: string, content: Buffer) {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(content)], { type: 'application/pdf' }), name);
  const response = await fetch(`${address}/api/v1/practices/${id}/attachments?field=vehicle.registrationCertificate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${citizen.token}` },
    body,
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, code: ((await response.json()) as { code?: string }).code };
}

test('who sends a file that is refused before its end is told so, and does not wait in vain', async () => {
  const id = await completeDraft(citizen);
  const pdf = await aPdf();
  const tooLarge = Buffer.concat([pdf, Buffer.alloc(30 * MEGABYTE, ' ')]);
  const notPdf = Buffer.alloc(20 * MEGABYTE, 'x');
  expect(await upload(id, 'grande.pdf', tooLarge)).toEqual({ status: 413, code: 'FILE_TOO_LARGE' });
  expect((await upload(id, 'falso.pdf', notPdf)).status).toBe(422);
  expect(await upload('00000000-0000-7000-8000-000000000000', 'a.pdf', notPdf)).toEqual({
    status: 404,
    code: 'PRACTICE_NOT_FOUND',
  });
  expect((await upload(id, 'giusto.pdf', pdf)).status).toBe(201);
});
