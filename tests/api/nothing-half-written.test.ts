import { randomUUID } from 'node:crypto';
import { act, aPdf, aPng, completeDraft, expectStatus, practiceInCharge, reach } from '../support/builders';
import { type Answer, ApiClient, type Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { multipart, rowCounts, sendForm, sendRaw } from './support';

const FIELD = 'vehicle.registrationCertificate';

interface World {
  readonly citizen: ApiClient;
  readonly other: ApiClient;
  readonly operator: ApiClient;
  readonly colleague: ApiClient;
  readonly auditor: ApiClient;
  readonly neighbour: ApiClient;
  readonly stranger: ApiClient;
  readonly draft: string;
  readonly inCharge: string;
  readonly rejected: string;
  readonly key: string;
}

let system: System;
let world: World;
let keptDraft: unknown;
beforeAll(async () => {
  system = await startSystem();
  const [citizen, other, operator, colleague, auditor, neighbour] = (await Promise.all([
    system.as('giulia.bianchi'),
    system.as('paolo.esposito'),
    system.as('marco.conti'),
    system.as('sara.ferri'),
    system.as('revisore'),
    system.as('giulia.bianchi', 'vicinato'),
  ])) as [ApiClient, ApiClient, ApiClient, ApiClient, ApiClient, ApiClient];
  const [inCharge, rejected] = (await Promise.all([
    practiceInCharge(system, citizen, operator),
    practiceInCharge(system, citizen, operator),
  ])) as [string, string];
  await expectStatus(200, act(operator, rejected, 'reject', { message: 'Mancano i requisiti.' }));
  await reach(operator, rejected, 'rejected');
  const draft = await completeDraft(citizen);
  const key = randomUUID();
  await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }, key));
  const stranger = ApiClient.stranger(system);
  world = { citizen, other, operator, colleague, auditor, neighbour, stranger, draft, inCharge, rejected, key };
  keptDraft = await draftOf(draft);
  await quiet();
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

/** Nothing is under way any more: no act without outcome, no mail to be sent. */
async function quiet(): Promise<void> {
  let before = '';
  await until('everything to be settled', async () => {
    const acts = await system.db.pool.query('SELECT 1 FROM inbox WHERE outcome IS NULL');
    const mails = await system.db.pool.query('SELECT 1 FROM message WHERE delivered_at IS NULL');
    const counts = JSON.stringify(await rowCounts(system));
    const same = counts === before;
    before = counts;
    const delivered = await system.db.pool.query(
      `SELECT 1 FROM practice_event WHERE type = 'outcomeRegistered' AND EXISTS (SELECT 1 FROM message m
       WHERE m.practice_id = practice_event.practice_id AND m.seq = practice_event.seq)`,
    );
    return acts.rowCount === 0 && mails.rowCount === 0 && delivered.rowCount === 1 && same;
  });
}

function draftOf(practiceId: string) {
  return system.db.prisma.draft.findUniqueOrThrow({ where: { practiceId } });
}

type Bad = (w: World) => Promise<Answer<Body>>;
const at = (id: string, path: string) => `/api/v1/practices/${id}/${path}`;
const pdfForm = async () => multipart({ head: 'name="file"; filename="a.pdf"', content: await aPdf('half') });

const BAD: readonly [string, number, Bad][] = [
  ['a draft of a service that does not exist', 404, (w) => w.citizen.post('/api/v1/practices', { service: 'x' })],
  [
    'a draft without a key',
    400,
    (w) => w.citizen.send('POST', '/api/v1/practices', { body: { service: 'permesso-ztl' } }),
  ],
  [
    'a draft under a key that was used',
    422,
    (w) => w.citizen.post('/api/v1/practices', { service: 'permesso-ztl', data: { a: 1 } }, w.key),
  ],
  ['a draft by an auditor', 403, (w) => w.auditor.post('/api/v1/practices', { service: 'permesso-ztl' })],
  ['a draft by an officer for nobody', 422, (w) => w.operator.post('/api/v1/practices', { service: 'permesso-ztl' })],
  ['a draft by nobody', 401, (w) => w.stranger.post('/api/v1/practices', { service: 'permesso-ztl' })],
  ['a draft that is no JSON', 400, (w) => sendRaw(w.citizen, 'POST', '/api/v1/practices', '{')],
  [
    'a draft with text that can not be kept',
    422,
    (w) => w.citizen.post('/api/v1/practices', { service: 'permesso-ztl', data: { a: '\u0000' } }),
  ],
  ['a save by another citizen', 404, (w) => w.other.put(at(w.draft, 'draft'), { data: { a: 1 } })],
  ['a save from another municipality', 404, (w) => w.neighbour.put(at(w.draft, 'draft'), { data: { a: 1 } })],
  ['a save that is too large', 413, (w) => w.citizen.put(at(w.draft, 'draft'), { data: { a: 'x'.repeat(600_000) } })],
  ['a save of what was sent', 409, (w) => w.citizen.put(at(w.inCharge, 'draft'), { data: { a: 1 } })],
  ['a file of a wrong type', 422, (w) => w.citizen.upload(w.draft, FIELD, 'a.zip', Buffer.from('504b030400', 'hex'))],
  ['a file under another name', 422, (w) => w.citizen.upload(w.draft, FIELD, 'a.pdf', aPng)],
  ['a file for no field', 422, async (w) => w.citizen.upload(w.draft, 'vehicle.plate', 'a.pdf', await aPdf())],
  [
    'a file that is too large',
    413,
    async (w) =>
      w.citizen.upload(w.draft, FIELD, 'a.pdf', Buffer.concat([await aPdf(), Buffer.alloc(31 * 1024 * 1024)])),
  ],
  ['a form that is cut off', 400, async (w) => sendForm(w.citizen, w.draft, FIELD, (await pdfForm()).subarray(0, -20))],
  ['a file by another citizen', 404, async (w) => sendForm(w.other, w.draft, FIELD, await pdfForm())],
  ['a file for what was sent', 409, async (w) => sendForm(w.citizen, w.inCharge, FIELD, await pdfForm())],
  [
    'taking out a file that is not there',
    404,
    (w) => w.citizen.send('DELETE', at(w.draft, `attachments/${randomUUID()}`)),
  ],
  ['sending without a key', 400, (w) => w.citizen.send('POST', at(w.draft, 'submit'))],
  ['sending what was sent', 409, (w) => w.citizen.post(at(w.inCharge, 'submit'))],
  ['sending under the key of a draft', 422, (w) => w.citizen.post(at(w.draft, 'submit'), undefined, w.key)],
  ['sending by another citizen', 404, (w) => w.other.post(at(w.draft, 'submit'))],
  ['taking in charge what is in charge', 409, (w) => act(w.colleague, w.inCharge, 'take-charge')],
  ['approving on an old version', 409, (w) => w.operator.post(at(w.inCharge, 'approve'), { actVersion: 0 })],
  ['approving what a colleague holds', 403, (w) => act(w.colleague, w.inCharge, 'approve')],
  ['approving what has ended', 409, (w) => act(w.operator, w.rejected, 'approve')],
  ['approving without a version', 422, (w) => w.operator.post(at(w.inCharge, 'approve'), {})],
  ['rejecting without reasons', 422, (w) => act(w.operator, w.inCharge, 'reject')],
  [
    'asking for nothing',
    422,
    (w) => act(w.operator, w.inCharge, 'integration-requests', { message: 'Serve qualcosa.' }),
  ],
  ['answering what was not asked', 409, (w) => w.citizen.post(at(w.inCharge, 'integration-answers'), {})],
  ['retrying what did not fail', 409, (w) => w.operator.post(at(w.inCharge, 'retry-registration'), {})],
  [
    'a receipt that nobody signed',
    401,
    (w) => w.stranger.post('/api/v1/callbacks/payments/sandbox', { receiptId: 'x' }),
  ],
  ['an address that does not exist', 404, (w) => w.citizen.post('/api/v1/pratiche', {})],
];

test.each(BAD)('%s is refused (%i) and writes nothing', async (_name, status, send) => {
  const before = await rowCounts(system);
  const answer = await send(world);
  expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/problem+json']);
  expect(await rowCounts(system)).toEqual(before);
});

test('an application that is not complete is refused and stays a draft', async () => {
  const { citizen } = world;
  const { id } = await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  await quiet();
  const before = await rowCounts(system);
  expect((await citizen.post(at(id, 'submit'))).status).toBe(422);
  expect(await rowCounts(system)).toEqual(before);
  expect((await system.db.prisma.practice.findUniqueOrThrow({ where: { id } })).submitCommand).toBeNull();
});

test('after all of this the draft and the practice are as they were', async () => {
  expect(await draftOf(world.draft)).toEqual(keptDraft);
  const { body } = await world.operator.get(`/api/v1/practices/${world.inCharge}`);
  expect(body).toMatchObject({ status: 'inCharge', pending: [], attention: [] });
});
