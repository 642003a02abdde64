import { epochMs, instant } from '../../src/domain/ids';
import { romeText } from '../../src/domain/terms/rome';
import { deliverReceipt, expectStatus } from '../support/builders';
import type { Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { checkNothingPersonal } from '../support/nothing-personal';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { outcomeOf, PATIENCE_MS, type People, peopleOf, storyOf, toBe } from './support/life';
import { lastOf, type Owing, owing, pass, SkewedClock } from './support/owing';
import { OwnEngine } from './support/own-engine';
import { times } from './support/rounds';

const LEFT_MS = 12_000;
const clock = new SkewedClock();

let engine: OwnEngine;
let system: System;
let people: People;
beforeAll(async () => {
  engine = await OwnEngine.start('expiry');
  system = await buildSystem({ temporal: engine.temporal, clock });
  await system.startWorker();
  system.startSender();
  people = await peopleOf(system);
}, 120_000);
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await system.stop();
  await engine.stop();
});

const ROUNDS = times(1, 6);

/** Money taken at the counter, recorded now. */
async function atTheCounter({ id }: Owing) {
  const { actVersion } = (await people.operator.get(`/api/v1/practices/${id}`)).body;
  const body = { reason: 'Pagato in contanti allo sportello.', tellApplicant: false, actVersion };
  return people.operator.post(`/api/v1/practices/${id}/counter-payments`, body);
}

/** The gateway's receipt for money taken some time before or after the window's end. */
function receiptOf({ id, expiresAt }: Owing, afterMs: number): Body {
  const paidAt = instant(epochMs(expiresAt) + afterMs);
  const iuv = '0'.repeat(17);
  return { receiptId: `r-${id}`, requestId: `${id}/pay/1`, iuv, amountCents: 1600, paidAt, provider: 'Banca di prova' };
}

test(
  'with Temporal killed across the end of a payment window, what came in time counts and what came late is turned away',
  async () => {
    let worstRecoveryMs = 0;
    let outages = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const all = await owing(system, people, clock, 5, LEFT_MS);
      const [counterInTime, moneyInTime, counterLate, moneyLate, nothing] = all as [Owing, Owing, Owing, Owing, Owing];
      system.setWait(50);
      await engine.end(round % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
      outages += 1;
      const taken = await expectStatus(202, atTheCounter(counterInTime));
      expect(Date.now()).toBeLessThan(epochMs(counterInTime.expiresAt));
      await pass(lastOf(all) + 50);
      await expectStatus(202, deliverReceipt(system, receiptOf(moneyInTime, -1)));
      await expectStatus(202, deliverReceipt(system, receiptOf(moneyLate, 0)));
      const refused = await atTheCounter(counterLate);
      expect(refused).toMatchObject({
        status: 409,
        body: { code: 'DEADLINE_PASSED', params: { deadline: 'payment' } },
      });
      expect(refused.body.params.expiresAt).toBe(romeText(counterLate.expiresAt));
      await engine.startAgain();
      const wellAgain = Date.now();
      system.setWait(20_000);
      expect(await outcomeOf(system, taken.commandId)).toMatchObject({ result: 'done' });
      for (const { id } of [counterInTime, moneyInTime]) await toBe(system, id, 'registered');
      for (const { id } of [counterLate, moneyLate, nothing]) await toBe(system, id, 'expired');
      const task = { practiceId: moneyLate.id, reason: 'paymentUnmatched' };
      await until('the refund', () => system.db.prisma.operatorTask.findFirst({ where: task }), PATIENCE_MS);
      worstRecoveryMs = Math.max(worstRecoveryMs, Date.now() - wellAgain);
      expect(await storyOf(system, moneyInTime.id)).not.toContain('paymentExpired');
      const where = { practiceId: nothing.id, type: 'paymentExpired' };
      // The effect has the instant of the law, not that of the engine's return.
      expect(await system.db.prisma.practiceEventRow.findFirst({ where })).toMatchObject({
        at: new Date(nothing.expiresAt),
      });
      await checkNothingPersonal({ sqliteFile: engine.sqliteFile }, nothing.id);
    }
    const common = { seed: undefined, runs: ROUNDS, worstRecoveryMs };
    const title = 'with Temporal killed across the end of a payment window,';
    // Each outage is one fault; it is counted once, with those who came in time.
    await conclude(system, { ...common, fault: 'F31', title: `${title} what came in time counts`, injected: outages });
    await conclude(system, { ...common, fault: 'F32', title: `${title} what came late is turned away`, injected: 0 });
  },
  ROUNDS * 120_000,
);
