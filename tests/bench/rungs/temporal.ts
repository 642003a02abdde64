import { WithStartWorkflowOperation, WorkflowIdConflictPolicy } from '@temporalio/client';
import { QUEUES } from '../../../src/domain/queues';
import type { Life } from '../load';
import type { play } from '../workflows';
import type { ChildOptions } from './child-messages';
import type { Helper } from './helper';
import type { Ground } from './rung';

export const TASK_QUEUE = 'bench-practice';

/** What the process of a rung is told; it does nothing in its activities unless projections are given. */
export function helperOptions(
  { temporal, score, ending }: Ground,
  engine: ChildOptions['engine'],
  more: Partial<ChildOptions> = {},
): ChildOptions {
  return {
    engine,
    temporal,
    stateUrl: '',
    notes: score.notes,
    queues: QUEUES,
    told: [...new Set([...score.messages.map(({ after }) => after), ending])],
    ...more,
  };
}

/**
 * Plays one life on the engine: started as a draft is, each message sent when what comes before it can be seen, the
 * first update with start, as the product sends a submission.
 */
export async function playLife({ client, score, ending }: Ground, helper: Helper, practice: string): Promise<Life> {
  const begunAt = performance.now();
  const start = { workflowId: `play/${practice}`, taskQueue: TASK_QUEUE };
  const input = { practice, notes: score.notes };
  const handle = await client.workflow.start<typeof play>('play', { ...start, args: [input] });
  let submitMs: number | undefined;
  for (const { message, after } of score.messages) {
    await helper.done(practice, after);
    if (message === 'signal') await handle.signal('news');
    else if (submitMs !== undefined) await handle.executeUpdate('tell');
    else {
      const sentAt = performance.now();
      const startWorkflowOperation = new WithStartWorkflowOperation<typeof play>('play', {
        ...start,
        args: [input],
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      });
      await client.workflow.executeUpdateWithStart('tell', { startWorkflowOperation });
      submitMs = performance.now() - sentAt;
    }
  }
  await helper.done(practice, ending);
  helper.forget(practice);
  return { begunAt, endedAt: performance.now(), submitMs: submitMs ?? Number.NaN };
}
