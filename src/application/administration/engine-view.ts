import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { PracticeSnapshot } from '../../activities/contract';
import { type Instant, instant } from '../../domain/ids';
import { maskPersonalData } from '../../domain/people/masking';
import { hasOpenDocuments } from '../../domain/practice/documents';
import { isWaiting } from '../../domain/practice/happenings';
import { hasEnded, type PracticeState } from '../../domain/practice/state';
import type { Database } from '../../platform/database';

/** An activity that has not ended: it runs, waits for a worker, or waits to be tried again. */
export interface PendingActivity {
  readonly type: string;
  readonly attempt: number;
  readonly lastFailure?: string;
  /** When it is tried again; absent while it runs or waits for a worker. */
  readonly nextAttempt?: Instant;
  readonly since?: Instant;
}

/** What the engine says of a practice. */
export type EngineView =
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'found';
      /** Temporal's word: `RUNNING`, `COMPLETED`, `FAILED`, `TERMINATED`, `TIMED_OUT`, `CANCELLED`. */
      readonly status: string;
      readonly runId: string;
      readonly startedAt: Instant;
      readonly historyLength: number;
      readonly pending: readonly PendingActivity[];
      /** Above 1 the workflow's own code fails and is tried again: a defect of a release. */
      readonly taskAttempt: number;
      /** Absent when it does not run, or when no worker answered. */
      readonly answer?: { readonly seq: number; readonly parked: string | null };
      readonly noAnswer?: string;
    };

/**
 * Whether stored practice and engine fit; `missing`, `closed` and `behind` are cured by starting from the snapshot. When
 * the engine is `ahead`, PostgreSQL has lost something, and only a person knows which of the two shall hold.
 */
export type Agreement = 'agrees' | 'missing' | 'closed' | 'behind' | 'ahead' | 'unknown';

const CALL_MS = 5_000;
/** A workflow counts an event before PostgreSQL shows it: longer than a projection takes. */
const ON_ITS_WAY_MS = 3_000;
const LOOK_EVERY_MS = 200;

/** Asks the engine for a practice's newest run and, when it runs, the workflow itself. Never rejects. */
export async function lookAtEngine(client: Client, workflowId: string, callMs = CALL_MS): Promise<EngineView> {
  const handle = client.workflow.getHandle(workflowId);
  try {
    const description = await client.withDeadline(Date.now() + callMs, () => handle.describe());
    const { raw, status, runId, startTime, historyLength } = description;
    const found = {
      kind: 'found',
      status: status.name,
      runId,
      startedAt: instant(startTime),
      historyLength,
      pending: (raw.pendingActivities ?? []).map(pendingOf),
      taskAttempt: raw.pendingWorkflowTask?.attempt ?? 0,
    } as const;
    if (status.name !== 'RUNNING') return found;
    return { ...found, ...(await askWorkflow(client, workflowId, callMs)) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'missing' };
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
}

async function askWorkflow(client: Client, workflowId: string, callMs: number) {
  try {
    const { state, parked } = await client.withDeadline(Date.now() + callMs, () =>
      client.workflow.getHandle(workflowId).query<PracticeSnapshot & { readonly parked: string | null }>('snapshot'),
    );
    return { answer: { seq: state.seq, parked } };
  } catch (error) {
    return { noAnswer: reasonOf(error) };
  }
}

type RawActivity = NonNullable<
  Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['describe']>>['raw']['pendingActivities']
>[number];

function pendingOf(raw: RawActivity): PendingActivity {
  const next = instantOf(raw.nextAttemptScheduleTime);
  const since = instantOf(raw.lastStartedTime ?? raw.scheduledTime);
  return {
    type: raw.activityType?.name ?? 'unknown',
    attempt: raw.attempt ?? 1,
    ...(raw.lastFailure?.message && { lastFailure: maskPersonalData(raw.lastFailure.message).slice(0, 300) }),
    ...(next && { nextAttempt: next }),
    ...(since && { since }),
  };
}

function instantOf(time: { seconds?: unknown; nanos?: number | null } | null | undefined): Instant | undefined {
  const seconds = Number(time?.seconds ?? 0);
  return seconds > 0 ? instant(seconds * 1000 + Math.floor((time?.nanos ?? 0) / 1e6)) : undefined;
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  return maskPersonalData([message, cause?.message].filter(Boolean).join(': ')).slice(0, 300);
}

/** True while the workflow has something to do or to wait for. */
export function belongsInEngine(state: PracticeState): boolean {
  return !hasEnded(state) || hasOpenDocuments(state) || positionIsOpen(state);
}

function positionIsOpen(state: PracticeState): boolean {
  const { payment } = state;
  if (!payment || isWaiting(state)) return false;
  return payment.status === 'requested' || (payment.means === 'counter' && !payment.closed);
}

/**
 * Compares what is stored with what the engine says. The stored state must have been read before the engine was asked:
 * a workflow that runs well is then never behind. One that is ahead is given the time that a projection takes.
 */
export async function agreementOf(
  db: Database,
  { id, state }: { readonly id: string; readonly state: PracticeState },
  engine: EngineView,
): Promise<Agreement> {
  if (engine.kind === 'unreachable') return 'unknown';
  if (engine.kind === 'found' && engine.status === 'RUNNING') {
    if (!engine.answer) return 'unknown';
    const { seq, parked } = engine.answer;
    if (seq < state.seq) return 'behind';
    // Parked, it keeps what it has not shown until it is let go on.
    if (parked !== null && !parked.endsWith('ProjectionDiverged')) return 'agrees';
    return (await arrives(db, id, seq)) ? 'agrees' : 'ahead';
  }
  if (!belongsInEngine(state)) return 'agrees';
  return engine.kind === 'missing' ? 'missing' : 'closed';
}

/** Waits a while for an event of a practice to be stored. */
async function arrives(db: Database, id: string, seq: number): Promise<boolean> {
  const deadline = Date.now() + ON_ITS_WAY_MS;
  for (;;) {
    const row = await db.prisma.practice.findUnique({ where: { id }, select: { seq: true } });
    if (row && row.seq >= seq) return true;
    if (Date.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
