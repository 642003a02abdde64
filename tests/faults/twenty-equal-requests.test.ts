import { randomUUID } from 'node:crypto';
import { completeDraft, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('twenty equal requests with one key are one act, one workflow and twenty equal answers', async () => {
  const citizen = await system.as('giulia.bianchi');
  const key = randomUUID();
  const drafts = await Promise.all(
    Array.from({ length: 20 }, () => citizen.post('/api/v1/practices', { service: 'permesso-ztl' }, key)),
  );
  expect(new Set(drafts.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(drafts.map(({ body }) => body.id)).size).toBe(1);
  expect(await system.db.prisma.practice.count()).toBe(1);

  const id = await completeDraft(citizen);
  const submitKey = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => citizen.post(`/api/v1/practices/${id}/submit`, undefined, submitKey)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => `${body.commandId} ${body.receivedAt} ${body.sha256}`)).size).toBe(1);
  await reach(citizen, id, 'awaitingPayment');
  expect(await system.db.prisma.submission.count({ where: { practiceId: id } })).toBe(1);
  const runs = await until('the workflow to be listed', async () => {
    let found = 0;
    for await (const _run of system.client.workflow.list({ query: `WorkflowId = "practice/bugliano/${id}"` }))
      found += 1;
    return found;
  });
  expect(runs).toBe(1);
});
