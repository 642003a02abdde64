import { readSnapshot } from '../../src/application/snapshot';
import { signCallback } from '../../src/sandbox/deliveries';
import { act, awaitingPayment, deliverReceipt, expectStatus, payAtGateway } from '../support/builders';
import { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { SANDBOX_SECRET, type System, startSystem } from '../support/system';
import { conclude } from './support/conclude';
import { liveOn, type People, peopleOf, rowOf, toBe, wholeLife } from './support/life';
import { Product } from './support/product';
import { announce, numbers, SEED, shuffled, times } from './support/rounds';
import { WrongClock } from './support/wrong-clock';

const MINUTE_MS = 60_000;
const SKEWS_MS = [MINUTE_MS, -MINUTE_MS, 15 * MINUTE_MS, -15 * MINUTE_MS] as const;
const LIVES = times(2, 15);

const clock = new WrongClock();
const random = numbers();
let system: System;
/** A process of the API whose clock is wrong, beside one whose clock is right. */
let product: Product;
let people: People;
let far: People;
beforeAll(async () => {
  announce('wrong clock of the API');
  system = await startSystem();
  product = await Product.around(system);
  await product.start('api', clock.env);
  people = await peopleOf(system);
  far = await peopleOf(product.far);
}, 120_000);
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await product.end();
  await system.stop();
});

test('a sign-in counts at every clock, and at its end a minute more or less makes no difference that hurts', async () => {
  const whoAmI = (person: ApiClient) => person.get('/api/v1/practices?limit=1').then(({ status }) => status);
  for (const skewMs of SKEWS_MS) {
    clock.set(skewMs);
    const here = await system.as('giulia.bianchi');
    const there = await product.far.as('giulia.bianchi');
    expect(await whoAmI(ApiClient.withToken(product.far, here.token ?? ''))).toBe(200);
    expect(await whoAmI(ApiClient.withToken(system, there.token ?? ''))).toBe(200);
  }
  // A session with two minutes left is still one at a clock that is a minute fast.
  const person = await system.as('giulia.bianchi');
  const newest = await system.db.prisma.session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
  const expiresAt = new Date(Date.now() + 2 * MINUTE_MS);
  await system.db.prisma.session.update({ where: { id: newest.id }, data: { expiresAt } });
  clock.set(MINUTE_MS);
  expect(await whoAmI(ApiClient.withToken(product.far, person.token ?? ''))).toBe(200);
});

test('a receipt is taken at a clock that is a minute off, and not at one that is a quarter of an hour off, where it comes again', async () => {
  for (const skewMs of SKEWS_MS) {
    clock.set(skewMs);
    const id = await awaitingPayment(people.citizen);
    const receipt = await payAtGateway(system, id);
    const answer = await callBack(receipt);
    expect([skewMs, answer]).toEqual([skewMs, Math.abs(skewMs) === MINUTE_MS ? 202 : 401]);
    // The gateway tries again, and meets a clock that is right.
    expect(await deliverReceipt(system, receipt)).toEqual({ status: 202, body: { received: true } });
    await toBe(system, id, 'registered');
  }
});

test(
  'deadlines that were given stay where they are while the clock of the API jumps, and all practices come to their ends',
  async () => {
    let jumps = 0;
    const jump = () => {
      jumps += 1;
      const [skewMs = 0] = shuffled(SKEWS_MS, random);
      clock.set(skewMs);
    };
    for (let life = 0; life < LIVES; life += 1) {
      const id = await wholeLife(system, people, undefined, 'inCharge');
      const given = await deadlinesOf(id);
      for (let letter = 0; letter < 2; letter += 1) {
        jump();
        const communication = { to: 'applicant', subject: 'Una notizia', message: 'La pratica è in lavorazione.' };
        await expectStatus(200, act(far.operator, id, 'communications', communication));
        expect(await deadlinesOf(id)).toEqual(given);
      }
      await liveOn(system, people, id, 'inCharge', 'awaitingIntegration');
      jump();
      await liveOn(product.far, far, id, 'awaitingIntegration', 'answered');
      jump();
      await liveOn(product.far, far, id, 'answered');
    }
    expect(product.fallen).toEqual([]);
    await conclude(system, {
      fault: 'F16',
      title: 'deadlines that were given stay where they are while the clock of the API jumps',
      seed: SEED,
      runs: LIVES,
      injected: jumps,
      worstRecoveryMs: undefined,
      note: 'a minute and a quarter of an hour, fast and slow; what is received is dated by the clock of the machine that receives it',
    });
  },
  60_000 + LIVES * 30_000,
);

async function deadlinesOf(id: string) {
  return readSnapshot((await rowOf(system, id)).snapshot).clock;
}

/** A receipt brought to the process whose clock is wrong, signed at the true time. @returns the status of its answer */
async function callBack(receipt: object): Promise<number> {
  const body = JSON.stringify(receipt);
  const timestamp = new Date().toISOString();
  const answer = await fetch(`${product.apiUrl}/api/v1/callbacks/payments/sandbox`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-sandbox-timestamp': timestamp,
      'x-sandbox-signature': signCallback(SANDBOX_SECRET, timestamp, body),
    },
    body,
  });
  return answer.status;
}
