import type { ProtocolloPort } from '../../src/activities/ports/protocollo';
import { awaitingPayment, pay, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';

/** How the register misbehaves at its next call; afterwards it is well again. */
let next: 'answer' | 'loseAnswer' | 'breakBefore' = 'answer';
let calls = 0;

function unreliable(register: ProtocolloPort): ProtocolloPort {
  return {
    ...register,
    register: async (request) => {
      calls += 1;
      const now = next;
      next = 'answer';
      if (now === 'breakBefore') throw new Error('connection refused');
      const outcome = await register.register(request);
      if (now === 'loseAnswer') throw new Error('connection reset while waiting for the answer');
      return outcome;
    },
  };
}

let system: System;
let citizen: ApiClient;
beforeAll(async () => {
  system = await startSystem({ replaceDeps: (deps) => ({ protocollo: unreliable(deps.protocollo) }) });
  citizen = await system.as('giulia.bianchi');
});
beforeEach(() => {
  calls = 0;
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('a number whose answer was lost is found and adopted: it is never asked for twice', async () => {
  const id = await awaitingPayment(citizen);
  next = 'loseAnswer';
  await pay(system, id);
  const practice = await reach(citizen, id, 'registered');
  expect(calls).toBe(1);
  const entries = await system.db.prisma.registerEntry.findMany({ where: { ownRef: `${practice.code}/1` } });
  expect(entries.map((entry) => String(entry.number).padStart(7, '0'))).toEqual([practice.registration.number]);
});

test('a call that never reached the register is made again, after looking', async () => {
  const id = await awaitingPayment(citizen);
  next = 'breakBefore';
  await pay(system, id);
  const practice = await reach(citizen, id, 'registered');
  expect(calls).toBe(2);
  const entries = await system.db.prisma.registerEntry.findMany({ where: { ownRef: `${practice.code}/1` } });
  expect(entries).toHaveLength(1);
});
