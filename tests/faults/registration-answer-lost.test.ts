import { setTimeout } from 'node:timers/promises';
import type { ProtocolloPort, RegisterRequest } from '../../src/activities/ports/protocollo';
import { concurrently } from '../../src/application/administration/concurrently';
import { awaitingPayment, pay, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { conclude } from './support/conclude';
import { type People, peopleOf, wholeLife } from './support/life';
import { announce, numbers, SEED, times } from './support/rounds';

type Way = 'answer' | 'loseAnswer' | 'neverAnswer' | 'breakBefore';

/** How the register misbehaves at its next call; afterwards it does what `ways` says. */
let next: Way | undefined;
let ways: () => Way = () => 'answer';
const calls = new Map<string, number>();
const lost = { loseAnswer: 0, neverAnswer: 0 };
/** Longer than the workflow waits for the number. */
const NEVER_MS = 11_000;

function unreliable(register: ProtocolloPort): ProtocolloPort {
  return {
    ...register,
    register: async (request: RegisterRequest) => {
      calls.set(request.ownRef, (calls.get(request.ownRef) ?? 0) + 1);
      const way = next ?? ways();
      next = undefined;
      if (way === 'breakBefore') throw new Error('connection refused');
      const outcome = await register.register(request);
      if (way === 'answer') return outcome;
      lost[way] += 1;
      if (way === 'neverAnswer') await setTimeout(NEVER_MS);
      throw new Error('connection reset while waiting for the answer');
    },
  };
}

let system: System;
let people: People;
beforeAll(async () => {
  system = await startSystem({ replaceDeps: (deps) => ({ protocollo: unreliable(deps.protocollo) }) });
  people = await peopleOf(system);
});
beforeEach(() => {
  calls.clear();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

const LIVES = times(4, 60);
/** Request, integration request and answer, decision. */
const NUMBERS = 4;

test('a number whose answer was lost is found and adopted: it is never asked for twice', async () => {
  const id = await awaitingPayment(people.citizen);
  next = 'loseAnswer';
  await pay(system, id);
  const practice = await reach(people.citizen, id, 'registered');
  expect([...calls.values()]).toEqual([1]);
  const entries = await system.db.prisma.registerEntry.findMany({ where: { ownRef: `${practice.code}/1` } });
  expect(entries.map((entry) => String(entry.number).padStart(7, '0'))).toEqual([practice.registration.number]);
});

test('a call that never reached the register is made again, after looking', async () => {
  const id = await awaitingPayment(people.citizen);
  next = 'breakBefore';
  await pay(system, id);
  const practice = await reach(people.citizen, id, 'registered');
  expect([...calls.values()]).toEqual([2]);
  const entries = await system.db.prisma.registerEntry.findMany({ where: { ownRef: `${practice.code}/1` } });
  expect(entries).toHaveLength(1);
});

test(
  'practices whose every number comes without its answer have each number once',
  async () => {
    announce('lost answers of the register');
    const random = numbers();
    ways = () => (random() < 0.1 ? 'neverAnswer' : 'loseAnswer');
    const before = { ...lost };
    const ids: string[] = [];
    await concurrently(Array.from({ length: LIVES }), 4, async () => {
      ids.push(await wholeLife(system, people));
    });
    ways = () => 'answer';
    expect([...calls.values()]).toEqual(Array.from({ length: NUMBERS * LIVES }, () => 1));
    const { prisma } = system.db;
    const intents = await prisma.registrationIntent.findMany({ where: { practiceId: { in: ids } } });
    expect(intents.map(({ status }) => status)).toEqual(Array.from({ length: NUMBERS * LIVES }, () => 'registered'));
    const injected = lost.loseAnswer + lost.neverAnswer - before.loseAnswer - before.neverAnswer;
    expect(injected).toBe(NUMBERS * LIVES);
    await conclude(system, {
      fault: 'F9',
      title: 'practices whose every number comes without its answer have each number once',
      seed: SEED,
      runs: LIVES,
      injected,
      worstRecoveryMs: undefined,
      note: `${lost.neverAnswer - before.neverAnswer} times no answer came at all until the time was over`,
    });
  },
  120_000 + LIVES * 10_000,
);
