import { readSnapshot } from '../../../src/application/snapshot';
import { epochMs, type Instant } from '../../../src/domain/ids';
import { act, pay } from '../../support/builders';
import { checkInvariants } from '../../support/invariants';
import { draftOf, offer } from '../../support/services';
import { buildSystem, type System } from '../../support/system';
import { until } from '../../support/until';
import { conclude } from '../support/conclude';
import { type People, peopleOf, rowOf, toBe } from '../support/life';
import { doneByThen, many } from '../support/load';
import { type OwnEngine, ownEngine } from '../support/own-servers';
import { Product } from '../support/product';
import { times } from '../support/rounds';
import { WrongClock } from '../support/wrong-clock';

const QUARTER_MS = 15 * 60_000;
const MINUTE_MS = 60_000;
const EACH = times(4, 30);
const LIMIT_MS = 120_000;

const clocks = [new WrongClock(QUARTER_MS), new WrongClock(-QUARTER_MS)] as const;
let system: System;
let engine: OwnEngine;
/** Two workers on the same queues, one fast and one slow, so that every practice meets both; the API's clock is right. */
let product: Product;
let second: Product;
let people: People;
let service: string;
beforeAll(async () => {
  engine = await ownEngine('clocks');
  system = await buildSystem({ temporal: engine.temporal });
  [product, second] = [await Product.around(system), await Product.around(system)];
  await Promise.all([
    product.start('worker', clocks[0].env),
    second.start('worker', clocks[1].env),
    product.start('api'),
  ]);
  people = await peopleOf(product.far);
  const payment = { amountCents: 1600, windowMinutes: 1, onExpiry: 'expired' as const, reason: 'Diritti di prova' };
  service = await offer(system, { payment });
}, 120_000);
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await Promise.all([product.end(), second.end()]);
  await system.stop();
  await engine.server.stop();
});

async function awaitingMoney(): Promise<string> {
  const id = await draftOf(people.citizen, service);
  await doneByThen(people.citizen, people.citizen.post(`/api/v1/practices/${id}/submit`), LIMIT_MS);
  const where = { practiceId: id, status: 'open' };
  await until('the position', () => system.db.prisma.payment.findFirst({ where }), LIMIT_MS);
  return id;
}

async function deadlinesOf(id: string) {
  return readSnapshot((await rowOf(system, id)).snapshot).clock.deadlines;
}

test(
  'deadlines stay where they are and have their effect on time, with one worker a quarter of an hour fast and the other as slow',
  async () => {
    const { citizen, operator } = people;
    const unpaid = many(EACH, async () => {
      const id = await awaitingMoney();
      const [due] = await deadlinesOf(id);
      const expiresAt = epochMs(due?.expiresAt as Instant);
      await until('the time to pay to be over', async () => (await rowOf(system, id)).status === 'expired', LIMIT_MS);
      return { id, lateMs: Date.now() - expiresAt, cause: `timer:payment@${due?.expiresAt}` };
    });
    const answered = many(EACH, async () => {
      const id = await awaitingMoney();
      await pay(product.far, id);
      await toBe(system, id, 'registered');
      const term = await deadlinesOf(id);
      await doneByThen(operator, act(operator, id, 'take-charge'), LIMIT_MS);
      expect(await deadlinesOf(id)).toEqual(term);
      const request = { message: 'Indica di nuovo il tipo.', fields: ['request.kind'] };
      await doneByThen(operator, act(operator, id, 'integration-requests', request), LIMIT_MS);
      await toBe(system, id, 'awaitingIntegration');
      const sentAt = Date.now();
      const delivered = { practiceId: id, type: 'delivered' };
      const mail = () => system.db.prisma.practiceEventRow.findFirst({ where: delivered });
      // When the mail left is what the clock of the worker that sent it says.
      const { at } = await until('the request to be delivered', mail, LIMIT_MS);
      expect(Math.abs(at.getTime() - sentAt)).toBeLessThan(QUARTER_MS + MINUTE_MS);
      const given = await deadlinesOf(id);
      // Both clocks jump, one back and one forth; the deadline was given once.
      clocks[0].set(-QUARTER_MS);
      clocks[1].set(QUARTER_MS);
      expect(await deadlinesOf(id)).toEqual(given);
      const answer = { values: { 'request.kind': 'small' } };
      await doneByThen(citizen, citizen.post(`/api/v1/practices/${id}/integration-answers`, answer), LIMIT_MS);
      await toBe(system, id, 'inCharge');
      await doneByThen(operator, act(operator, id, 'approve'), LIMIT_MS);
      await toBe(system, id, 'approved');
      return given;
    });
    const [lapsed, given] = await Promise.all([unpaid, answered]);
    for (const { id, lateMs, cause } of lapsed) {
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(MINUTE_MS);
      expect(await system.db.prisma.practiceEventRow.count({ where: { practiceId: id, cause } })).toBeGreaterThan(0);
    }
    expect(given).toHaveLength(EACH);
    expect([...product.fallen, ...second.fallen]).toEqual([]);
    const latestMs = Math.max(...lapsed.map(({ lateMs }) => lateMs));
    await conclude(system, {
      fault: 'F16',
      title: 'deadlines stay where they are, with one worker a quarter of an hour fast and the other as slow',
      seed: undefined,
      runs: 2 * EACH,
      // Two wrong clocks, and their jumps.
      injected: 4,
      worstRecoveryMs: undefined,
      note: `${EACH} deadlines of a minute, the latest effect ${(latestMs / 1000).toFixed(1)} s after its instant, none before`,
    });
  },
  5 * LIMIT_MS,
);
