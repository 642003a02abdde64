import { randomUUID } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import type { Life } from '../load';
import { GATEWAY_SECRET } from '../stack/product';
import type { Http, Reply } from './http';
import type { People, Person } from './people';
import type { Watcher } from './watcher';

/** Where lives are lived: the API, the payment gateway, the people, and who sees what becomes of them. */
export interface World {
  readonly api: Http;
  readonly gateway: Http;
  readonly people: People;
  readonly watcher: Watcher;
}

/** Routes whose answers are timed in a straightforward life. */
export const ROUTES = ['createDraft', 'upload', 'saveDraft', 'submit', 'read', 'takeCharge', 'approve'] as const;

const certificate = PDFDocument.create().then(async (pdf) => {
  pdf.addPage([300, 200]).drawText('Carta di circolazione', { size: 14, x: 20, y: 100 });
  return Buffer.from(await pdf.save());
});

/** A complete application for the demo's permit; the certificate is the id of an uploaded file. */
function content(registrationCertificate: string): object {
  return {
    applicant: {
      givenName: 'Giulia',
      familyName: 'Bianchi',
      taxCode: 'BNCGLI85T50D612A',
      email: 'giulia.bianchi@posta.example',
    },
    residence: { street: 'Via Garibaldi 12', city: 'Bugliano' },
    vehicle: { plate: 'AB123CD', model: 'Fiat Panda', registrationCertificate: [registrationCertificate] },
    permit: { reason: 'resident', from: '2026-12-01', privacy: true },
  };
}

/**
 * The straightforward practice: draft, upload of one file, save, submission, payment as soon as the position is open,
 * registration, taking in charge, approval, registration of the decision. Whoever acts reacts at once.
 */
export async function straightforwardLife(world: World): Promise<Life & { readonly id: string }> {
  const begunAt = performance.now();
  const { id, submitMs } = await submitted(world);
  await paid(world, id);
  await world.watcher.until(id, 'to be registered', ({ status }) => status === 'registered');
  await decided(world, id);
  return { id, begunAt, endedAt: performance.now(), submitMs };
}

/** The applicant's part, up to the answer to the submission. */
export async function submitted(world: World): Promise<{ readonly id: string; readonly submitMs: number }> {
  const { api, people } = world;
  const citizen = people.citizen();
  const id = await completeDraft(api, citizen);
  const sentAt = performance.now();
  await act(world, citizen, 'submit', id, 'submit');
  return { id, submitMs: performance.now() - sentAt };
}

/** Pays at the gateway once the position is open there; the gateway brings the receipt to the API. */
export async function paid({ gateway, watcher }: World, id: string): Promise<void> {
  await watcher.until(id, 'to have an open position', ({ payment }) => payment === 'open');
  await gateway.expect('pay', [200, 409], {
    method: 'POST',
    path: `/control/pay/${encodeURIComponent(`${id}/pay/1`)}`,
    token: GATEWAY_SECRET,
    body: {},
  });
}

/** The officer's part: reads, takes in charge, approves; until the decision is registered. */
export async function decided(world: World, id: string): Promise<void> {
  const officer = world.people.officer();
  const taken = await takenInCharge(world, officer, id);
  const message = 'Requisiti verificati.';
  await act(world, officer, 'approve', id, 'approve', { message, actVersion: taken });
  await world.watcher.until(id, 'to be approved', ({ status }) => status === 'approved');
}

/** Reads a practice that waits for an officer and takes it in charge. Answers the version for the next act. */
export async function takenInCharge(world: World, officer: Person, id: string): Promise<number> {
  const { body: before } = await read(world, officer, id);
  const answer = await act(world, officer, 'takeCharge', id, 'take-charge', { actVersion: before.actVersion });
  if (answer.status === 200) return answer.body.practice.actVersion;
  // Safe, and visible a little later.
  await world.watcher.until(id, 'to be in charge', ({ status }) => status === 'inCharge');
  return (await read(world, officer, id)).body.actVersion;
}

async function completeDraft(api: Http, { token }: Person): Promise<string> {
  const draft = await api.expect('createDraft', [201], {
    method: 'POST',
    path: '/api/v1/practices',
    token,
    key: randomUUID(),
    body: { service: 'permesso-ztl' },
  });
  const id: string = draft.body.id;
  const file = await api.expect('upload', [201], {
    method: 'POST',
    path: `/api/v1/practices/${id}/attachments?field=vehicle.registrationCertificate`,
    token,
    raw: await upload(),
  });
  await api.expect('saveDraft', [200], {
    method: 'PUT',
    path: `/api/v1/practices/${id}/draft`,
    token,
    body: { data: content(file.body.id) },
  });
  return id;
}

/** Each applicant's certificate is another file: equal ones would be stored once. */
async function upload(): Promise<{ readonly type: string; readonly bytes: Buffer }> {
  const boundary = `----iter${randomUUID()}`;
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="libretto.pdf"\r\n` +
    'Content-Type: application/pdf\r\n\r\n';
  const tail = `\n% ${randomUUID()}\n\r\n--${boundary}--\r\n`;
  const bytes = Buffer.concat([Buffer.from(head), await certificate, Buffer.from(tail)]);
  return { type: `multipart/form-data; boundary=${boundary}`, bytes };
}

function read({ api }: World, { token }: Person, id: string): Promise<Reply> {
  return api.expect('read', [200], { method: 'GET', path: `/api/v1/practices/${id}`, token });
}

/** An act under a key of its own: 200 when its effect is visible, 202 when it is safe and takes longer. */
export function act(
  { api }: Pick<World, 'api'>,
  { token }: Person,
  route: string,
  id: string,
  path: string,
  body?: object,
): Promise<Reply> {
  return api.expect(route, [200, 202], {
    method: 'POST',
    path: `/api/v1/practices/${id}/${path}`,
    token,
    key: randomUUID(),
    ...(body && { body }),
  });
}
