import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { asId, type CommandId, instant, type PracticeId, workflowIdOf } from '../../domain/ids';
import type { Actor, Role } from '../../domain/practice/acts';
import { coarseStatus } from '../../domain/practice/states';
import type { Database } from '../../platform/database';
import type { PracticeStart } from '../../workflows/practice/messages';
import type { practice } from '../../workflows/practice/workflow';
import { serviceOf } from '../services/catalogue';
import { readSnapshot } from '../snapshot';

export interface StartOptions {
  readonly taskQueue: string;
  /** Base address of pages, for the engine's UI. */
  readonly publicUrl: string;
  readonly historyLimit?: number;
}

/**
 * How a practice's workflow is started. `draft`: from its beginning, once and never twice. `snapshot`: from what
 * PostgreSQL holds, where the run before has ended or was lost; a run that lives is never replaced.
 */
export async function startOptionsOf(
  db: Database,
  options: StartOptions,
  practiceId: string,
  from: 'draft' | 'snapshot',
): Promise<WorkflowStartOptions<typeof practice>> {
  const stored = await db.prisma.practice.findUniqueOrThrow({ where: { id: practiceId } });
  const draft = await db.prisma.inboxRow.findFirstOrThrow({ where: { practiceId, type: 'createDraft' } });
  const snapshot = readSnapshot(stored.snapshot);
  const { id, tenant, applicant, author, rules, status } = snapshot.state;
  const { definition } = await serviceOf(db.prisma, stored);
  const page = `${options.publicUrl}/api/v1/practices/${id}`;
  const input: PracticeStart = {
    birth: { id, tenant, applicant, rules, ...(author !== undefined && { author }) },
    draft: { command: asId<CommandId>(draft.id), at: instant(draft.receivedAt), actor: actorOfRow(draft) },
    page,
    tells: 'byQueue',
    ...(from === 'snapshot' && { snapshot }),
    ...(options.historyLimit !== undefined && { historyLimit: options.historyLimit }),
  };
  return {
    workflowId: workflowIdOf(tenant, id),
    taskQueue: options.taskQueue,
    args: [input],
    workflowIdReusePolicy:
      from === 'draft' ? WorkflowIdReusePolicy.REJECT_DUPLICATE : WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: `${rules.service} · ${tenant}`,
    staticDetails: `[Pratica](${page})`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: keyword('Tenant'), value: tenant },
      { key: keyword('Service'), value: rules.service },
      { key: keyword('Office'), value: definition.offices[0] ?? '' },
      { key: keyword('PracticeStatus'), value: from === 'draft' ? 'draft' : coarseStatus(status) },
    ]),
    priority: { fairnessKey: tenant },
  };
}

/**
 * Brings a practice back from its snapshot: after its end, because an act changes it again, or because the engine lost
 * it. Safe to repeat: a run that is already there stays. The caller has made sure that the practice is not a draft
 * whose beginning still waits in the inbox.
 */
export async function startFromSnapshot(
  db: Database,
  client: Client,
  options: StartOptions,
  practiceId: PracticeId | string,
): Promise<'started' | 'alreadyRunning'> {
  const start = await startOptionsOf(db, options, practiceId, 'snapshot');
  try {
    await client.workflow.start<typeof practice>('practice', {
      ...start,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
    });
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'alreadyRunning';
    throw error;
  }
}

/** Who acted, as stored. */
export function actorOfRow(row: { readonly actorId: string | null; readonly actorRole: string }): Actor {
  return { id: row.actorId ?? '', role: row.actorRole as Role };
}

function keyword(name: string) {
  return defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
}
