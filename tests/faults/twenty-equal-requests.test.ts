import { randomUUID } from 'node:crypto';
import { aPng, completeDraft, expectStatus, pay, reach } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { type People, peopleOf, storyOf } from './support/life';
import { announce, SEED, times } from './support/rounds';

let system: System;
let people: People;
beforeAll(async () => {
  system = await startSystem();
  people = await peopleOf(system);
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

const LIVES = times(2, 20);
const REQUESTS = 20;

/** Sends the same request twenty times at once; every answer must be the same, byte for byte. */
async function twenty(person: ApiClient, path: string, body: object | undefined, status: number): Promise<Body> {
  const key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: REQUESTS }, () =>
      system.app.inject({
        method: 'POST',
        url: `/api/v1${path}`,
        headers: {
          authorization: `Bearer ${person.token}`,
          'idempotency-key': key,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { payload: JSON.stringify(body) }),
      }),
    ),
  );
  expect(new Set(answers.map((answer) => answer.statusCode))).toEqual(new Set([status]));
  const [first] = answers;
  for (const answer of answers) expect(answer.payload).toBe(first?.payload);
  return first?.json();
}

async function versionOf(id: string): Promise<{ actVersion: number }> {
  const { actVersion } = await expectStatus(200, people.operator.get(`/api/v1/practices/${id}`));
  return { actVersion };
}

test(
  'twenty equal requests at once are one act, one workflow and twenty equal answers, from the draft to the decision',
  async () => {
    announce('twenty equal requests');
    const { citizen, operator } = people;
    let sets = 0;
    const count = <T>(answers: Promise<T>) => {
      sets += 1;
      return answers;
    };
    for (let life = 0; life < LIVES; life += 1) {
      const before = await system.db.prisma.practice.count();
      await count(twenty(citizen, '/practices', { service: 'permesso-ztl' }, 201));
      expect(await system.db.prisma.practice.count()).toBe(before + 1);

      const id = await completeDraft(citizen);
      const at = `/practices/${id}`;
      await count(twenty(citizen, `${at}/submit`, undefined, 200));
      expect(await system.db.prisma.submission.count({ where: { practiceId: id } })).toBe(1);
      await until('the position', () =>
        system.db.prisma.payment.findFirst({ where: { practiceId: id, status: 'open' } }),
      );
      await pay(system, id);
      await reach(citizen, id, 'registered');
      await count(twenty(operator, `${at}/take-charge`, await versionOf(id), 200));
      const request = { message: 'Serve una foto.', documents: [{ key: 'photo', label: 'Foto' }] };
      await count(twenty(operator, `${at}/integration-requests`, { ...request, ...(await versionOf(id)) }, 200));
      await reach(citizen, id, 'awaitingIntegration');
      const photo = await expectStatus(201, citizen.upload(id, 'integration.1.photo', 'foto.png', aPng));
      await count(twenty(citizen, `${at}/integration-answers`, { documents: { photo: [photo.id] } }, 200));
      await reach(operator, id, 'inCharge');
      await count(twenty(operator, `${at}/approve`, await versionOf(id), 200));
      await reach(citizen, id, 'approved');
      const story = await storyOf(system, id);
      for (const type of ['draftCreated', 'paymentRequested', 'chargeTaken', 'integrationRequested', 'decided'])
        expect(story.filter((event) => event === type)).toHaveLength(1);
      expect(await runsOf(id)).toBe(1);
    }
    await conclude(system, {
      fault: 'F13',
      title: 'twenty equal requests at once are one act, one workflow and twenty equal answers',
      seed: SEED,
      runs: sets,
      injected: sets * (REQUESTS - 1),
      worstRecoveryMs: undefined,
    });
  },
  60_000 + LIVES * 30_000,
);

test('a request repeated a moment later gets the very answer of the first, although the practice has gone on', async () => {
  const id = await completeDraft(people.citizen);
  const key = randomUUID();
  const submit = () =>
    system.app.inject({
      method: 'POST',
      url: `/api/v1/practices/${id}/submit`,
      headers: { authorization: `Bearer ${people.citizen.token}`, 'idempotency-key': key },
    });
  const first = await submit();
  await until('the position', () => system.db.prisma.payment.findFirst({ where: { practiceId: id, status: 'open' } }));
  const again = await submit();
  expect([again.statusCode, again.payload]).toEqual([first.statusCode, first.payload]);
  const { practice } = first.json();
  expect((await people.citizen.get(`/api/v1/practices/${id}`)).body).not.toEqual(practice);
});

function runsOf(id: string): Promise<number> {
  return until('the workflow to be listed', async () => {
    let found = 0;
    for await (const _run of system.client.workflow.list({ query: `WorkflowId = "practice/bugliano/${id}"` }))
      found += 1;
    return found;
  });
}
