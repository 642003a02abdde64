import { Context } from '@temporalio/activity';
import type { ProtocolloPort } from '../../src/activities/ports/protocollo';
import { retryPractice } from '../../src/application/administration/retry';
import { administrationOf, found } from '../administration/support';
import { awaitingPayment, expectStatus, pay, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { type People, peopleOf, rowOf, toBe } from './support/life';
import { announce, numbers, SEED, times } from './support/rounds';

const PRACTICES = times(4, 40);

/** How often the register was asked for a number, by reference. */
const asked = new Map<string, number>();
let answersAreLost = true;
let personHasLooked = false;
const random = numbers();

/** A register that enters what it gets, whose answers are lost, and that offers no look-up. */
function withoutLookUp(register: ProtocolloPort): ProtocolloPort {
  return {
    ...register,
    capabilities: () => ({ ...register.capabilities(), reliableSearch: false }),
    register: async (request) => {
      asked.set(request.ownRef, (asked.get(request.ownRef) ?? 0) + 1);
      const answer = await register.register(request);
      if (!answersAreLost) return answer;
      if (random() < 0.5) throw new Error('connection reset while waiting for the answer');
      // Never, as long as this worker works.
      return Context.current().cancelled;
    },
    // A person who looks enters our reference where this finds it.
    findByOwnRef: async (tenant, ownRef) => (personHasLooked ? register.findByOwnRef(tenant, ownRef) : undefined),
  };
}

let system: System;
let people: People;
beforeAll(async () => {
  announce('register without look-up');
  system = await startSystem({ replaceDeps: (deps) => ({ protocollo: withoutLookUp(deps.protocollo) }) });
  people = await peopleOf(system);
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

function openTasks(practiceId: string) {
  return system.db.prisma.operatorTask.findMany({ where: { practiceId, closedAt: null } });
}

test(
  'a register without look-up whose answer is lost is asked once, and then only a person goes on',
  async () => {
    const ids = await Promise.all(Array.from({ length: PRACTICES }, () => awaitingPayment(people.citizen)));
    await Promise.all(ids.map((id) => pay(system, id)));
    for (const id of ids) {
      const tasks = await until(
        `a task about ${id}`,
        async () => {
          const open = await openTasks(id);
          return open.length > 0 ? open : undefined;
        },
        120_000,
      );
      expect(tasks.map(({ reason }) => reason)).toEqual(['registrationUncertain']);
      expect(await rowOf(system, id)).toMatchObject({ status: 'registering' });
    }

    // Neither another worker, nor a new run, nor an administrator who only lets practices go on asks a second time.
    await system.stopWorker();
    await system.startWorker();
    for (const [index, id] of ids.entries()) {
      const { left } = await retryPractice(administrationOf(system), await found(system, id), {
        fromSnapshot: index % 2 === 0,
      });
      expect(left).toEqual([
        expect.stringMatching(/^a registration is in trouble\. Asking the register again is an act/),
      ]);
    }
    // Nor does an officer's retry, while the register does not say what became of the first.
    const [blind = ''] = ids;
    await expectStatus(200, people.operator.post(`/api/v1/practices/${blind}/retry-registration`, {}));
    await until('the flag to be there again', async () => (await openTasks(blind)).length > 0);

    answersAreLost = false;
    personHasLooked = true;
    for (const id of ids) {
      await expectStatus(200, people.operator.post(`/api/v1/practices/${id}/retry-registration`, {}));
      await toBe(system, id, 'registered');
      const practice = await reach(people.citizen, id, 'registered');
      const entries = await system.db.prisma.registerEntry.findMany({ where: { ownRef: `${practice.code}/1` } });
      expect(entries.map(({ number }) => String(number).padStart(7, '0'))).toEqual([practice.registration.number]);
    }
    expect([...asked.values()]).toEqual(Array.from({ length: PRACTICES }, () => 1));
    await conclude(system, {
      fault: 'F11',
      title: 'a register without look-up whose answer is lost is asked once, and then only a person goes on',
      seed: SEED,
      runs: PRACTICES,
      injected: PRACTICES,
      worstRecoveryMs: undefined,
    });
  },
  60_000 + PRACTICES * 10_000,
);
