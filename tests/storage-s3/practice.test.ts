import { createHash } from 'node:crypto';
import { keyOf, type StoreRoom } from '../adapters/storage/contract';
import { act, expectStatus, practiceInCharge, reach } from '../support/builders';
import type { Answer, Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { type S3Room, s3Room } from './support';

let s3: S3Room;
let room: StoreRoom;
let system: System;

beforeAll(async () => {
  s3 = await s3Room();
  room = s3.room('practice');
  system = await startSystem({ store: room.store });
}, 900_000);
afterAll(async () => {
  await system.stop();
  await s3.close();
});

function digest({ body }: Answer<Body>): string {
  return createHash('sha256').update(body).digest('hex');
}

test('a practice from draft to decision keeps its files, documents and mails in the bucket, and gives them back', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  await expectStatus(200, act(operator, id, 'approve', { message: 'Vale per un veicolo.' }));
  await reach(citizen, id, 'approved');
  const documents = await until('the decision to be registered', async () => {
    const { items } = await expectStatus(200, citizen.get(`/api/v1/practices/${id}/documents`));
    const decision = items.find((row: Body) => row.kind === 'decision' && row.registration?.number);
    return decision && (items as Body[]);
  });

  const { prisma } = system.db;
  const papers = await prisma.document.findMany({ where: { practiceId: id } });
  expect(papers.map((row) => row.kind).sort()).toEqual(documents.map((row: Body) => row.kind).sort());
  for (const paper of papers) {
    const file = await citizen.get(`/api/v1/practices/${id}/documents/${paper.ordinal}`);
    expect([file.status, digest(file)]).toEqual([200, paper.sha256]);
    expect(file.body.subarray(0, 5).toString()).toBe('%PDF-');
  }
  const attachment = await prisma.attachment.findFirstOrThrow({ where: { practiceId: id } });
  const libretto = await operator.get(`/api/v1/practices/${id}/attachments/${attachment.id}`);
  expect([libretto.status, digest(libretto)]).toEqual([200, attachment.sha256]);

  const mails = await until('every mail to have left', async () => {
    const rows = await prisma.message.findMany({ where: { practiceId: id } });
    return rows.every((row) => row.rawSha256 !== null) && rows;
  });
  expect(mails.length).toBeGreaterThan(2);
  const kept = [attachment.sha256, ...papers.map((row) => row.sha256), ...mails.flatMap((row) => row.rawSha256 ?? [])];
  expect(await room.files()).toEqual(expect.arrayContaining(kept.map((sha256) => keyOf('bugliano', sha256))));
  await checkInvariants(system);
});
