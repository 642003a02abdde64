import { checkInvariants } from '../support/invariants';
import { GIULIA, mailsTo } from '../support/mails';
import { buildSystem, type System } from '../support/system';
import { conclude } from './support/conclude';
import { type People, peopleOf } from './support/life';
import { times } from './support/rounds';
import { killAt, OUTSIDE, Workers } from './support/sweep';

let system: System;
let people: People;
let workers: Workers;
beforeAll(async () => {
  system = await buildSystem({ waitMs: 60_000 });
  people = await peopleOf(system);
  workers = new Workers(system);
});
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await workers.kill();
  await system.stop();
});

const KILLS = times(1, 5);

test(
  'what register, gateway and document store had done when the worker was killed is found again and not done twice',
  async () => {
    let worstRecoveryMs = 0;
    const ids: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const places = OUTSIDE.map((call) => ({ call, when: 'after' as const }));
      const killed = await killAt(places, system, people, workers);
      ids.push(...killed.ids);
      worstRecoveryMs = Math.max(worstRecoveryMs, killed.recoveryMs);
      await workers.kill();
    }
    await workers.start();
    const { prisma } = system.db;
    // Request, integration request and answer, decision: one number each.
    expect(await prisma.registerEntry.count()).toBe(4 * ids.length);
    // One position each, at the gateway as here.
    const positions = await Promise.all(ids.map((id) => system.application.payments.findPosition(`${id}/pay/1`)));
    expect(new Set(positions.map((position) => position?.iuv)).size).toBe(ids.length);
    // The four, and the receipt of the application.
    expect(await prisma.document.count()).toBe(5 * ids.length);
    const mails = await mailsTo(system.sandbox, GIULIA);
    const different = new Set(mails.map(({ messageId }) => messageId)).size;
    // A mail server knows no look-up: what it may have taken is sent once more, and says so by its id.
    expect(mails.length - different).toBeGreaterThanOrEqual(2 * KILLS);
    // The kill that ends a round may catch the last mail of one of its practices as well.
    expect(mails.length - different).toBeLessThanOrEqual(2 * KILLS + ids.length);
    expect(different).toBe(await prisma.message.count({ where: { status: 'sent' } }));
    await conclude(system, {
      fault: 'F2',
      title: 'what register, gateway and document store had done when the worker was killed is found again',
      seed: undefined,
      runs: KILLS,
      injected: KILLS,
      worstRecoveryMs,
      note: `each kill caught ${OUTSIDE.length} calls of ${OUTSIDE.length} practices; ${mails.length - different} mails left twice under one Message-ID`,
    });
  },
  KILLS * 180_000,
);
