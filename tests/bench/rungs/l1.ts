import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, WorkflowIdConflictPolicy } from '@temporalio/client';
import type { bare } from '../workflows';
import { Helper } from './helper';
import type { Ground, Rung } from './rung';
import { helperOptions, TASK_QUEUE } from './temporal';

/** L1: a workflow that is begun with an update, answers and ends. What the engine can do at most. */
export async function l1(ground: Ground): Promise<Rung> {
  const helper = await Helper.start(helperOptions(ground, 'temporal'));
  return {
    live: async () => {
      const begunAt = performance.now();
      const startWorkflowOperation = new WithStartWorkflowOperation<typeof bare>('bare', {
        workflowId: `bare/${randomUUID()}`,
        taskQueue: TASK_QUEUE,
        args: [],
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      });
      // Answer and end are one workflow task: who has the answer knows that the workflow has ended.
      await ground.client.workflow.executeUpdateWithStart('tell', { startWorkflowOperation });
      const endedAt = performance.now();
      return { begunAt, endedAt, submitMs: endedAt - begunAt };
    },
    stop: () => helper.stop(),
  };
}
