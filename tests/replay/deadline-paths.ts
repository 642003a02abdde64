import { deliverReceipt, expectStatus, payAtGateway, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { draftOf, happened, offer, sent } from '../support/services';
import type { System } from '../support/system';
import { Barrier } from '../support/until';
import { clockThatLags, ended, opened, outcome, type Path, park, people, reported, workflowOf } from './path';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const fee = { amountCents: 2500, windowMinutes: 60, onExpiry: 'expired', reason: 'Diritti' } as const;

/** Time between an application and the end of its window, as people live it; the engine waits five seconds more. */
const NEAR = 3_000;

/** A path on a system whose clock was put back, so that the window of a payment is nearly over when it begins. */
function dueSoon(
  name: string,
  live: (system: System, at: { readonly id: string; readonly citizen: ApiClient }) => Promise<void>,
  options: Omit<NonNullable<Path['options']>, 'clock'> = {},
): Path {
  const { clock, lagBy } = clockThatLags();
  return {
    name,
    options: { ...options, clock },
    live: async (system) => {
      const { citizen } = await people(system);
      await lagBy(system, fee.windowMinutes * MINUTE - NEAR);
      const id = await sent(citizen, await offer(system, { payment: fee }));
      await opened(system, id);
      await live(system, { id, citizen });
      await lagBy(system, 0);
      return id;
    },
  };
}

/** Stops what brings acts to the engine, so that they are found waiting when the deadline passes. */
async function nobodyDelivers(system: System): Promise<void> {
  await system.stopSender();
  system.setWait(50);
}

function parkedAtTheDeadline(): Path {
  const gate = new Barrier();
  return dueSoon(
    'parked-at-the-deadline',
    async (system, { id, citizen }) => {
      await nobodyDelivers(system);
      const answer = citizen.post(`/api/v1/practices/${id}/payment-returns`);
      const { commandId } = await expectStatus(202, answer);
      await gate.reached;
      await park(system, id);
      gate.release();
      await reported(system, id);
      await workflowOf(system, id).signal('resume');
      expect(await outcome(system, commandId)).toMatchObject({ result: 'done' });
      await happened(citizen, id, 'paymentExpired');
      system.startSender();
    },
    {
      wrapActivities: (activities) => {
        const { inboxBefore } = activities.practice;
        const held: typeof inboxBefore = async (input) => {
          await gate.wait();
          return inboxBefore(input);
        };
        return { ...activities, practice: { ...activities.practice, inboxBefore: held } };
      },
    },
  );
}

/** Long ago enough for everything that runs in days to be over at once. */
function longAgo(name: string, days: number, live: (system: System) => Promise<string>): Path {
  const { clock, lagBy } = clockThatLags();
  return {
    name,
    options: { clock },
    live: async (system) => {
      await people(system);
      await lagBy(system, days * DAY);
      const id = await live(system);
      await lagBy(system, 0);
      return id;
    },
  };
}

/** Ways on which time passes. */
export const DEADLINE_PATHS: readonly Path[] = [
  dueSoon('never-paid', async (_system, { id, citizen }) => {
    await happened(citizen, id, 'paymentExpired');
  }),
  dueSoon('paid-unseen-before-the-deadline', async (system, { id, citizen }) => {
    await payAtGateway(system, id);
    await reach(citizen, id, 'registered');
  }),
  dueSoon('receipt-waiting-at-the-deadline', async (system, { id, citizen }) => {
    await nobodyDelivers(system);
    await deliverReceipt(system, await payAtGateway(system, id));
    await reach(citizen, id, 'registered');
    system.startSender();
  }),
  dueSoon('acts-waiting-at-the-deadline', async (system, { id, citizen }) => {
    await nobodyDelivers(system);
    const deleted = await expectStatus(202, citizen.post(`/api/v1/practices/${id}/delete-draft`));
    const returned = await expectStatus(202, citizen.post(`/api/v1/practices/${id}/payment-returns`));
    expect(await outcome(system, deleted.commandId)).toMatchObject({ result: 'done' });
    system.startSender();
    expect(await outcome(system, returned.commandId)).toMatchObject({ result: 'refused' });
  }),
  parkedAtTheDeadline(),
  longAgo('outcome-never-told', 1 / 48, async (system) => {
    const { citizen } = await people(system);
    const id = await sent(citizen, await offer(system, { payment: { ...fee, windowMinutes: 60 * 24 } }));
    await opened(system, id);
    await expectStatus(200, citizen.post(`/api/v1/practices/${id}/payment-returns`));
    await happened(citizen, id, 'paymentFailed');
    return id;
  }),
  longAgo('term-passes', 60, async (system) => {
    const { citizen } = await people(system);
    const id = await sent(citizen, await offer(system));
    await happened(citizen, id, 'termPassed');
    await reach(citizen, id, 'registered');
    return id;
  }),
  longAgo('draft-expires', 30, async (system) => {
    const { citizen } = await people(system);
    const id = await draftOf(citizen, await offer(system, { draftDays: 10 }));
    await ended(system, id);
    return id;
  }),
];
