import { forgetServices } from '../../src/application/services/catalogue';
import { completeDraft, expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';

let system: System;
let citizen: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  citizen = await system.as('giulia.bianchi');
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

/** What a submission leaves behind, without what differs from one to the next. */
async function leftBy(id: string, key: string) {
  const { prisma } = system.db;
  const { submitCommand } = await prisma.practice.findUniqueOrThrow({ where: { id } });
  const practice = await prisma.practice.findUniqueOrThrow({
    where: { id },
    select: {
      applicantName: true,
      applicantTaxCode: true,
      search: true,
      identity: true,
      identityLevel: true,
      area: true,
      beneficiaryId: true,
      status: true,
    },
  });
  const submission = await prisma.submission.findFirstOrThrow({ where: { practiceId: id } });
  const inbox = await prisma.inboxRow.findUniqueOrThrow({ where: { id: submitCommand ?? '' } });
  expect(inbox).toMatchObject({ practiceId: id, idempotencyKey: key, receivedAt: submission.confirmedAt });
  expect(submission.commandId).toBe(submitCommand);
  const { practiceId, commandId, confirmedAt, content, attachments, sha256, ...frozen } = submission;
  const { id: _id, position, outcome, outcomeAt, receivedAt, idempotencyKey, ...act } = inbox;
  return {
    practice,
    frozen: { ...frozen, keys: Object.keys(content as object) },
    files: (attachments as object[]).map((file) => ({ ...file, id: 'id', bytes: 0, sha256: 'digest' })),
    act: { ...act, practiceId: 'id', bodySha256: 'digest', claimedUntil: null, notBefore: null },
  };
}

test('an application sent at once leaves the same behind as one sent in the general way', async () => {
  const [first, second] = [await completeDraft(citizen), await completeDraft(citizen)];
  const statements = jest.spyOn(system.application.db, 'statements');
  const sentAtOnce = async () => (await statements.mock.results.at(-1)?.value) !== undefined;
  // A version of a service that this process has not read yet is left to the general way.
  forgetServices();
  await expectStatus(200, citizen.post(`/api/v1/practices/${first}/submit`, undefined, 'the-general-way'));
  expect(await sentAtOnce()).toBe(false);
  await expectStatus(200, citizen.post(`/api/v1/practices/${second}/submit`, undefined, 'sent-at-once'));
  expect(await sentAtOnce()).toBe(true);
  expect(await leftBy(second, 'sent-at-once')).toEqual(await leftBy(first, 'the-general-way'));
});

test('one key used at the same moment for two drafts sends one of them and refuses the other', async () => {
  const drafts = [await completeDraft(citizen), await completeDraft(citizen)];
  const answers = await Promise.all(
    drafts.map((id) => citizen.post(`/api/v1/practices/${id}/submit`, undefined, 'one-key-for-two')),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  expect(answers.find(({ status }) => status === 422)?.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
});
