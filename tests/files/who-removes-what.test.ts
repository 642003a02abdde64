import { clientWithSession } from '../api/support';
import { aPdf, expectStatus, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { decides, offer, sent } from '../support/services';
import { type System, startSystem } from '../support/system';

const FIELD = 'request.plan';

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
let id: string;
let pdf: Buffer;
beforeAll(async () => {
  system = await startSystem();
  citizen = await clientWithSession(system, 'giulia.bianchi');
  operator = await clientWithSession(system, 'marco.conti');
  pdf = await aPdf();
  id = await sent(citizen, await offer(system, { registration: 'none' }));
  await reach(citizen, id, 'received');
  await decides(operator, id, 'take-charge');
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

const upload = async (person: ApiClient, field: string): Promise<string> =>
  (await expectStatus(201, person.upload(id, field, 'a.pdf', pdf))).id;

async function remove(username: string, file: string): Promise<string> {
  const person = await clientWithSession(system, username);
  const { status, body } = await person.send('DELETE', `/api/v1/practices/${id}/attachments/${file}`);
  return status === 204 ? '204' : `${status} ${body.code}`;
}

const PEOPLE = ['giulia.bianchi', 'paolo.esposito', 'sara.ferri', 'luca.neri', 'elena.riva', 'admin', 'revisore'];
const OTHERS_MESSAGE = [
  '404 ATTACHMENT_NOT_FOUND',
  '404 PRACTICE_NOT_FOUND',
  '404 ATTACHMENT_NOT_FOUND',
  '404 PRACTICE_NOT_FOUND',
  '404 ATTACHMENT_NOT_FOUND',
  '403 FORBIDDEN',
  '403 FORBIDDEN',
];

test.each(['message', 'note'])('a file for a %s is taken out only by who uploaded it', async (field) => {
  const file = await upload(operator, field);
  const answers: string[] = [];
  for (const username of PEOPLE) answers.push(await remove(username, file));
  expect(answers).toEqual(OTHERS_MESSAGE);
  expect(await remove('marco.conti', file)).toBe('204');
});

test.each([
  ['message', 'messages'],
  ['note', 'notes'],
])('a file of a %s that was written stays', async (field, route) => {
  const file = await upload(operator, field);
  await expectStatus(201, operator.post(`/api/v1/practices/${id}/${route}`, { text: 'Ecco.', attachments: [file] }));
  expect(await remove('marco.conti', file)).toBe('409 ATTACHMENT_IN_USE');
});

test.each(['decision', 'communication'])('a file for a %s stays: an act may be taking it', async (field) => {
  const file = await upload(operator, field);
  expect(await remove('marco.conti', file)).toBe('403 NOT_APPLICANT');
  expect(await remove('giulia.bianchi', file)).toBe('404 ATTACHMENT_NOT_FOUND');
});

test('what the applicant sent is nobody’s to take out', async () => {
  const { id: file } = await system.db.prisma.attachment.create({
    data: {
      id: '01900000-0000-7000-8000-000000000001',
      ...(await ownership()),
      field: FIELD,
      name: 'a.pdf',
      contentType: 'application/pdf',
      bytes: pdf.length,
      sha256: '0'.repeat(64),
      uploadedAt: system.application.clock.now(),
    },
  });
  expect(await remove('giulia.bianchi', file)).toBe('409 DRAFT_FROZEN');
  expect(await remove('marco.conti', file)).toBe('403 NOT_APPLICANT');
});

async function ownership() {
  const practice = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  return { tenantId: practice.tenantId, practiceId: id, uploadedBy: practice.applicantId };
}
