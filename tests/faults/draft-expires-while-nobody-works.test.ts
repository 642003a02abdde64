import { readSnapshot } from '../../src/application/snapshot';
import { epochMs, type Instant, instant } from '../../src/domain/ids';
import { romeText } from '../../src/domain/terms/rome';
import { expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { isAtRest } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { as, draftOf, offer } from '../support/services';
import { startTimeSkippingSystem, type TimeSkippingSystem } from '../support/time-skipping';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { outcomeOf, rowOf, storyOf } from './support/life';

const NOTE = 'worker and sender stopped, on a server whose time is let pass';

let system: TimeSkippingSystem;
let citizen: ApiClient;
beforeEach(async () => {
  // Without a cache tasks wait for any worker, not for the one that is gone.
  system = await startTimeSkippingSystem({ maxCachedWorkflows: 0 });
  citizen = await as(system, 'giulia.bianchi');
});
afterEach(async () => {
  await checkInvariants(system);
  await system.stop();
});

/** A draft ready to be sent, with the instant at which it expires. */
async function draft(): Promise<{ readonly id: string; readonly expiresAt: Instant }> {
  const id = await draftOf(citizen, await offer(system, { draftDays: 1 }));
  await until('the draft to be in the engine', async () => (await rowOf(system, id)).seq > 0);
  // The test server skips no time while a task or an activity is open.
  await until('the practice to be at rest', () => isAtRest(system, id));
  const { clock } = readSnapshot((await rowOf(system, id)).snapshot);
  const due = clock.deadlines.find(({ kind }) => kind === 'draft');
  if (!due) throw new Error('the draft does not expire');
  return { id, expiresAt: due.expiresAt };
}

async function nobodyWorks(): Promise<void> {
  system.setWait(50);
  await system.stopSender();
  await system.stopWorker();
}

async function workAgain(): Promise<number> {
  await system.startWorker();
  system.startSender();
  return Date.now();
}

test('an application sent before its draft expires arrives, although the engine hears of both too late', async () => {
  const { id, expiresAt } = await draft();
  await nobodyWorks();
  await system.passUntil(instant(epochMs(expiresAt) - 60_000));
  const taken = await expectStatus(202, citizen.post(`/api/v1/practices/${id}/submit`));
  await system.passUntilWorkIsDue(expiresAt);
  const wellAgain = await workAgain();
  expect(await outcomeOf(system, taken.commandId)).toMatchObject({ result: 'done' });
  const worstRecoveryMs = Date.now() - wellAgain;
  expect(await storyOf(system, id)).not.toContain('draftExpired');
  const title = 'an application sent before its draft expires arrives, although the engine hears of both too late';
  await conclude(system, { fault: 'F31', title, seed: undefined, runs: 1, injected: 1, worstRecoveryMs, note: NOTE });
}, 120_000);

test('an application sent after its draft has expired is refused at the door, with the instant', async () => {
  const { id, expiresAt } = await draft();
  await nobodyWorks();
  await system.passUntil(expiresAt, 1_000);
  const late = await citizen.post(`/api/v1/practices/${id}/submit`);
  expect(late).toMatchObject({ status: 409, body: { code: 'DEADLINE_PASSED', params: { deadline: 'draft' } } });
  expect(late.body.params.expiresAt).toBe(romeText(expiresAt));
  const wellAgain = await workAgain();
  await until('the draft to expire', async () => (await rowOf(system, id)).status === 'expired');
  const worstRecoveryMs = Date.now() - wellAgain;
  // Nothing was frozen for an application that never arrived.
  expect(await system.db.prisma.submission.count()).toBe(0);
  const title = 'an application sent after its draft has expired is refused at the door, with the instant';
  await conclude(system, { fault: 'F32', title, seed: undefined, runs: 1, injected: 1, worstRecoveryMs, note: NOTE });
}, 120_000);
