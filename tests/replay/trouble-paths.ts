import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { RecipientRefused } from '../../src/activities/ports/mail';
import { awaitingPayment, expectStatus, pay, practiceInCharge, reach } from '../support/builders';
import { decides, does, happened, offer, registered, sent } from '../support/services';
import type { System } from '../support/system';
import { until } from '../support/until';
import {
  bring,
  holdDocument,
  holdProjection,
  moveRow,
  outcome,
  type Path,
  park,
  people,
  reported,
  workflowOf,
} from './path';

const REASONS = 'Mancano i requisiti richiesti dal regolamento.';

/** In charge and with the projection of its start notice's number held: acts are let in and wait for their turn. */
async function withTheLockHeld(system: System, reached: Promise<void>) {
  const { citizen, operator } = await people(system);
  const id = await practiceInCharge(system, citizen, operator);
  await decides(operator, id, 'start-notice');
  await reached;
  // Nobody gets an answer while the projection is held.
  system.setWait(50);
  const { actVersion } = await expectStatus(200, operator.get(`/api/v1/practices/${id}`));
  const letIn = async (path: string, body: object = {}): Promise<string> => {
    const answer = operator.post(`/api/v1/practices/${id}/${path}`, { ...body, actVersion });
    const { commandId } = await expectStatus(202, answer);
    await bring(system, commandId);
    return commandId;
  };
  return { id, citizen, letIn };
}

function refusedInItsTurn(): Path {
  const { gate, wrapActivities } = holdProjection('documentRegistered');
  return {
    name: 'refused-in-its-turn',
    options: { wrapActivities },
    live: async (system) => {
      const { id, citizen, letIn } = await withTheLockHeld(system, gate.reached);
      await letIn('approve');
      const second = await letIn('reject', { message: REASONS });
      gate.release();
      await reach(citizen, id, 'approved');
      expect(await outcome(system, second)).toMatchObject({ result: 'refused' });
      return id;
    },
  };
}

function parkedWhileAnActWaits(): Path {
  const { gate, wrapActivities } = holdProjection('documentRegistered');
  return {
    name: 'parked-while-an-act-waits',
    options: { wrapActivities },
    live: async (system) => {
      const { id, citizen, letIn } = await withTheLockHeld(system, gate.reached);
      await letIn('approve');
      await park(system, id);
      gate.release();
      await reported(system, id);
      await workflowOf(system, id).signal('resume');
      await reach(citizen, id, 'approved');
      return id;
    },
  };
}

function divergedInAStep(): Path {
  const { gate, wrapActivities } = holdDocument('request');
  return {
    name: 'diverged-in-a-step',
    options: { wrapActivities },
    live: async (system) => {
      const { citizen } = await people(system);
      const id = await sent(citizen, await offer(system));
      await gate.reached;
      await moveRow(system, id, -1);
      gate.release();
      await reported(system, id);
      await moveRow(system, id, 1);
      await workflowOf(system, id).signal('resume');
      await reach(citizen, id, 'registered');
      return id;
    },
  };
}

function strangeMessages(): Path {
  let calls = 0;
  return {
    name: 'strange-messages',
    options: {
      wrapActivities: (activities) => {
        const { reportStrange } = activities.practice;
        const failsOnce: typeof reportStrange = async (input) => {
          calls += 1;
          if (calls === 1) throw ApplicationFailure.nonRetryable('nobody can be told');
          return reportStrange(input);
        };
        return { ...activities, practice: { ...activities.practice, reportStrange: failsOnce } };
      },
    },
    live: async (system) => {
      const { citizen } = await people(system);
      const id = await sent(citizen, await offer(system));
      await reach(citizen, id, 'registered');
      const handle = workflowOf(system, id);
      for (const name of ['paymentReceipt', 'mailRefused', 'park']) await handle.signal(name, { what: 'nobody reads' });
      // Told once, however often it comes, and not at all when there are too many kinds.
      for (let kind = 0; kind < 25; kind += 1) await handle.signal(`unknown${kind % 22}`);
      await handle.signal('strangeMessage');
      // As a stranger to our language would send them; the second is a name of the engine's own.
      for (const signalName of ['paymentReceipt', '__temporal_reserved']) {
        await system.client.workflowService.signalWorkflowExecution({
          namespace: system.temporal.namespace,
          workflowExecution: { workflowId: handle.workflowId },
          signalName,
          input: { payloads: [{ metadata: {}, data: Buffer.from('?') }] },
        });
      }
      await does(citizen, id, 'withdrawals');
      await registered(citizen, id, 'withdrawal');
      return id;
    },
  };
}

/** Ways through refusals and parking. */
export const TROUBLE_PATHS: readonly Path[] = [
  {
    name: 'no-practice-at-all',
    live: async (system) => {
      const id = randomUUID();
      await system.client.workflowService.startWorkflowExecution({
        namespace: system.temporal.namespace,
        workflowId: `practice/bugliano/${id}`,
        workflowType: { name: 'practice' },
        taskQueue: { name: system.taskQueue },
        input: { payloads: [{ metadata: {}, data: Buffer.from('?') }] },
        requestId: id,
      });
      await until('the run to fail', async () => (await workflowOf(system, id).describe()).status.name === 'FAILED');
      return id;
    },
  },
  refusedInItsTurn(),
  parkedWhileAnActWaits(),
  divergedInAStep(),
  strangeMessages(),
  {
    name: 'diverged-and-mended',
    options: {},
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await practiceInCharge(system, citizen, operator);
      await moveRow(system, id, -1);
      system.setWait(50);
      const { actVersion } = await expectStatus(200, operator.get(`/api/v1/practices/${id}`));
      await expectStatus(202, operator.post(`/api/v1/practices/${id}/approve`, { actVersion }));
      await reported(system, id);
      await moveRow(system, id, 1);
      await workflowOf(system, id).signal('resume');
      await reach(citizen, id, 'approved');
      return id;
    },
  },
  {
    name: 'paid-while-parked',
    options: {},
    live: async (system) => {
      const { citizen } = await people(system);
      const id = await awaitingPayment(citizen);
      await park(system, id);
      await reported(system, id);
      await pay(system, id);
      const handle = workflowOf(system, id);
      await until('the workflow to have the receipt', async () => {
        const { state } = await handle.query<{ readonly state: { readonly status: string } }>('snapshot');
        return state.status === 'submitted';
      });
      await handle.signal('resume');
      await reach(citizen, id, 'registered');
      return id;
    },
  },
  {
    name: 'every-mail-refused',
    options: {
      replaceDeps: () => ({
        mail: {
          send: async () => {
            throw new RecipientRefused('550 no such mailbox');
          },
        },
      }),
    },
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system));
      await reach(citizen, id, 'registered');
      await decides(operator, id, 'take-charge');
      const ask = { message: 'Serve il tipo.', fields: ['request.kind'] };
      await decides(operator, id, 'integration-requests', ask);
      await reach(citizen, id, 'awaitingIntegration');
      await happened(operator, id, 'attentionRaised');
      await decides(operator, id, 'integration-cancellations');
      await decides(operator, id, 'approve');
      await reach(citizen, id, 'approved');
      return id;
    },
  },
];
