import { WorkflowNotFoundError } from '@temporalio/client';
import { asId, type PracticeId, type TenantCode, workflowIdOf } from '../../domain/ids';
import { documentWork } from '../../domain/practice/documents';
import { FINAL_STATUSES } from '../../domain/practice/states';
import { readSnapshot } from '../snapshot';
import type { Administration } from './administration';
import { concurrently } from './concurrently';
import { belongsInEngine, type EngineView, lookAtEngine } from './engine-view';

export interface RenewOptions {
  readonly tenant?: string;
  /** How long to wait for the practices of a page; each renews at its next rest anyway. */
  readonly waitMs: number;
  readonly concurrency?: number;
  readonly report: (line: RenewLine) => void;
}

/** A practice that did not continue as new while we waited, and why. */
export interface RenewLine {
  readonly tenant: string;
  readonly id: string;
  readonly code: string | null;
  readonly status: string;
  readonly reason: string;
}

export interface RenewResult {
  readonly asked: number;
  readonly renewed: number;
  /** Were asked and have not rested yet: they renew by themselves when they do. */
  readonly later: number;
  /** Could not be asked. */
  readonly notAsked: number;
}

const PAGE = 100;
const LOOK_EVERY_MS = 250;

interface OpenPractice {
  readonly id: string;
  readonly tenant: string;
  readonly code: string | null;
  readonly status: string;
  readonly snapshot: unknown;
}

/**
 * Asks every open practice to continue as new at its next rest, so that a run never outlives the release that began it
 * by much, and waits a bounded time for those at rest to do it. Safe to repeat: a practice asked twice renews once or
 * twice, and nothing of it changes.
 */
export async function renewPractices(admin: Administration, options: RenewOptions): Promise<RenewResult> {
  const counts = { asked: 0, renewed: 0, later: 0, notAsked: 0 };
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const page = await readPage(admin, after, options.tenant);
    const deadline = Date.now() + options.waitMs;
    await concurrently(page, options.concurrency ?? 16, async (practice) => {
      const { state } = readSnapshot(practice.snapshot);
      if (!belongsInEngine(state)) return;
      const answer = await renew(admin, practice, deadline);
      if (answer.asked) counts.asked += 1;
      if (answer.renewed) counts.renewed += 1;
      else {
        counts[answer.asked ? 'later' : 'notAsked'] += 1;
        const { id, tenant, code, status } = practice;
        options.report({ id, tenant, code, status, reason: answer.reason });
      }
    });
    const last = page.at(-1);
    if (!last || page.length < PAGE) return counts;
    after = last.id;
  }
}

async function readPage({ db }: Administration, after: string, tenant?: string): Promise<readonly OpenPractice[]> {
  const { rows } = await db.pool.query<OpenPractice>(
    `SELECT practice.id, tenant.code AS tenant, practice.code, practice.status, practice.snapshot
     FROM practice JOIN tenant ON tenant.id = practice.tenant_id
     WHERE practice.id > $1::uuid AND ($2::text IS NULL OR tenant.code = $2) AND practice.seq > 0
       AND practice.status <> ALL ($3::text[])
     ORDER BY practice.id LIMIT ${PAGE}`,
    [after, tenant ?? null, [...FINAL_STATUSES]],
  );
  return rows;
}

type Answer =
  | { readonly asked: boolean; readonly renewed: true }
  | { readonly asked: boolean; readonly renewed: false; readonly reason: string };

async function renew(admin: Administration, practice: OpenPractice, deadline: number): Promise<Answer> {
  const { client } = admin;
  const workflowId = workflowIdOf(asId<TenantCode>(practice.tenant), asId<PracticeId>(practice.id));
  const before = await lookAtEngine(client, workflowId);
  if (before.kind !== 'found' || before.status !== 'RUNNING') {
    return { asked: false, renewed: false, reason: `${notRunning(before)}: run iter engine rebuild` };
  }
  try {
    await client.withDeadline(Date.now() + 5_000, () => client.workflow.getHandle(workflowId).signal('renew'));
  } catch (error) {
    const reason = error instanceof WorkflowNotFoundError ? 'it has just ended' : 'the engine did not take the signal';
    return { asked: false, renewed: false, reason };
  }
  if (await hasRenewed(admin, workflowId, before.runId, deadline)) return { asked: true, renewed: true };
  return { asked: true, renewed: false, reason: await whyNot(admin, practice, workflowId) };
}

/** Looks until another run has begun or this one has ended, which leaves nothing to renew. */
async function hasRenewed({ client }: Administration, workflowId: string, runId: string, deadline: number) {
  for (;;) {
    try {
      const handle = client.workflow.getHandle(workflowId);
      const seen = await client.withDeadline(Date.now() + 5_000, () => handle.describe());
      if (seen.runId !== runId || seen.status.name !== 'RUNNING') return true;
    } catch {
      // An engine that does not answer now has still taken the signal.
    }
    if (Date.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function notRunning(engine: EngineView): string {
  if (engine.kind === 'unreachable') return `the engine does not answer (${engine.reason})`;
  return engine.kind === 'missing' ? 'the engine has no workflow' : `its workflow is ${engine.status.toLowerCase()}`;
}

async function whyNot({ client }: Administration, practice: OpenPractice, workflowId: string): Promise<string> {
  const engine = await lookAtEngine(client, workflowId);
  if (engine.kind !== 'found') return 'the engine does not answer';
  if (!engine.answer) return 'no worker answers for it';
  if (engine.answer.parked !== null) return `parked (${engine.answer.parked}): run iter practice retry`;
  const [activity] = engine.pending;
  if (activity) return `busy with ${activity.type}, attempt ${activity.attempt}`;
  const work = documentWork(readSnapshot(practice.snapshot).state);
  return work ? `document ${work.document.ordinal} is being ${work.kind === 'make' ? 'made' : 'registered'}` : 'busy';
}
