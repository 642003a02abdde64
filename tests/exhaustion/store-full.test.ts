import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDiskStore } from '../../src/adapters/storage/disk-store';
import { expectProblem } from '../api/support';
import { aPdf, awaitingPayment, completeDraft, expectStatus, pay, reach } from '../support/builders';
import { ApiClient, type Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type SmallDisk, smallDisk } from '../support/small-disk';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { READY, STORAGE_FULL } from './support';

const MEGABYTE = 1024 * 1024;
const FIELD = 'vehicle.registrationCertificate';

let disk: SmallDisk;
let dir: string;
let system: System;
let citizen: ApiClient;
let address: string;

beforeAll(async () => {
  disk = await smallDisk(48);
  dir = join(disk.dir, 'documents');
  system = await startSystem({ store: createDiskStore(dir) });
  citizen = await system.as('giulia.bianchi');
  address = await system.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => disk.free());
afterAll(async () => {
  await system.stop();
  await disk.remove();
});

/** Every file of the store, what is still coming in included. */
function files(): string[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).sort();
}

/** A real PDF of so many megabytes: what follows its end is allowed. */
async function largePdf(megabytes: number): Promise<Buffer> {
  return Buffer.concat([await aPdf(`${megabytes}`), Buffer.alloc(megabytes * MEGABYTE, ' ')]);
}

/** Through a socket, as a browser sends it. */
async function upload(id: string, name: string, content: Buffer) {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(content)], { type: 'application/pdf' }), name);
  const response = await fetch(`${address}/api/v1/practices/${id}/attachments?field=${FIELD}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${citizen.token}` },
    body,
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as Body,
  };
}

test('an upload to a full disk is refused whole, the draft stays as it is, and with space the same upload succeeds', async () => {
  const id = await completeDraft(citizen);
  const draft = await system.db.prisma.draft.findUniqueOrThrow({ where: { practiceId: id } });
  const before = files();
  const large = await largePdf(8);
  await disk.fill(4 * MEGABYTE);
  const refused = await upload(id, 'grande.pdf', large);
  expectProblem(refused, STORAGE_FULL);
  expect(refused.headers['retry-after']).toBe('120');
  expect(files()).toEqual(before);
  expect(await system.db.prisma.attachment.count({ where: { practiceId: id } })).toBe(1);
  expect(await system.db.prisma.draft.findUniqueOrThrow({ where: { practiceId: id } })).toEqual(draft);
  // What was kept is still given.
  const { id: kept } = await system.db.prisma.attachment.findFirstOrThrow({ where: { practiceId: id } });
  await expectStatus(200, citizen.get(`/api/v1/practices/${id}/attachments/${kept}`));
  await disk.free();
  expect((await upload(id, 'grande.pdf', large)).status).toBe(201);
  await checkInvariants(system);
});

test('without any space it is not ready, says of which part and no path, and is ready again when there is some', async () => {
  const stranger = ApiClient.stranger(system);
  await disk.fill();
  const ready = await stranger.get('/ready');
  expect([ready.status, ready.body]).toEqual([
    503,
    {
      status: 'not ready',
      probes: [
        { name: 'database', ok: true },
        { name: 'documents', ok: false, reason: 'no space left' },
      ],
    },
  ]);
  expect((await stranger.get('/health')).status).toBe(200);
  await disk.free();
  expect((await stranger.get('/ready')).body).toEqual(READY);
});

test('documents that the worker can not keep are made when there is space, and the practice goes on by itself', async () => {
  const id = await awaitingPayment(citizen);
  await disk.fill();
  const before = files();
  await pay(system, id);
  const workflow = system.client.workflow.getHandle(`practice/bugliano/${id}`);
  await until('the document to have been tried twice', async () => {
    const { raw } = await workflow.describe();
    return raw.pendingActivities?.some(
      (each) => each.activityType?.name === 'renderDocument' && (each.attempt ?? 0) > 1,
    );
  });
  expect(files()).toEqual(before);
  await disk.free();
  await reach(citizen, id, 'registered');
  await checkInvariants(system);
});
