import { asId, type PracticeId, type TenantCode, workflowIdOf } from '../../domain/ids';
import { FINAL_STATUSES } from '../../domain/practice/states';
import { readSnapshot } from '../snapshot';
import type { Administration } from './administration';
import { concurrently } from './concurrently';
import { type Agreement, agreementOf, belongsInEngine, lookAtEngine } from './engine-view';
import { AHEAD } from './explain';
import { restartPractice } from './restart';
import { strangersIn } from './strangers';

export interface RebuildOptions {
  /** Code of the only body to look at. */
  readonly tenant?: string;
  /** Looks and reports, changes nothing. */
  readonly dryRun: boolean;
  readonly concurrency?: number;
  /** Called for every practice that does not simply run and agree. */
  readonly report: (line: RebuildLine) => void;
}

export interface RebuildLine {
  readonly tenant: string;
  readonly id: string;
  readonly code: string | null;
  readonly status: string;
  readonly seq: number;
  readonly found: Agreement | 'notStarted' | 'stranger';
  readonly engine: string;
  /** What was done, or would be. */
  readonly action: 'restarted' | 'wouldRestart' | 'leftToSender' | 'leftAlone' | 'failed';
  readonly reason?: string;
}

export interface RebuildResult {
  readonly examined: number;
  readonly agreed: number;
  readonly restarted: number;
  readonly leftToSender: number;
  /** Could not be judged or restarted: look at the lines, repeat later. */
  readonly unsolved: number;
}

const PAGE = 200;

interface StoredPractice {
  readonly id: string;
  readonly tenant: string;
  readonly code: string | null;
  readonly seq: number;
  readonly snapshot: unknown;
}

/**
 * Starts again from its stored snapshot every practice that the engine has lost: its workflow is missing, closed or
 * behind although something is left to do. A practice whose workflow runs and agrees is never touched, nor one whose
 * worker does not answer; one that is ahead of PostgreSQL or unknown to it is only reported. Drafts that never reached
 * the engine are left to the inbox's sender. Safe to repeat and to interrupt at any moment.
 */
export async function rebuildEngine(admin: Administration, options: RebuildOptions): Promise<RebuildResult> {
  const counts = { examined: 0, agreed: 0, restarted: 0, leftToSender: 0, unsolved: 0 };
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const page = await readPage(admin, after, options.tenant);
    await concurrently(page, options.concurrency ?? 8, async (practice) => {
      const line = await examine(admin, practice, options.dryRun);
      if (line === 'nothingLeft') return;
      counts.examined += 1;
      if (line === 'agrees') counts.agreed += 1;
      else {
        counts[countedAs(line)] += 1;
        options.report(line);
      }
    });
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = last.id;
  }
  for (const stranger of await strangersIn(admin, options.tenant)) {
    counts.examined += 1;
    counts.unsolved += 1;
    options.report({ ...stranger, code: null, status: '-', seq: 0, found: 'stranger', action: 'leftAlone' });
  }
  return counts;
}

function countedAs({ action }: RebuildLine): 'restarted' | 'leftToSender' | 'unsolved' {
  if (action === 'restarted' || action === 'wouldRestart') return 'restarted';
  return action === 'leftToSender' ? 'leftToSender' : 'unsolved';
}

/** Practices in which something may be left to do; the domain judges which really are. */
async function readPage({ db }: Administration, after: string, tenant?: string): Promise<readonly StoredPractice[]> {
  const { rows } = await db.pool.query<StoredPractice>(
    `SELECT practice.id, tenant.code AS tenant, practice.code, practice.seq, practice.snapshot
     FROM practice JOIN tenant ON tenant.id = practice.tenant_id
     WHERE practice.id > $1::uuid AND ($2::text IS NULL OR tenant.code = $2)
       AND (practice.status <> ALL ($3::text[])
         OR jsonb_path_exists(practice.snapshot,
              '$.state.documents[*] ? (!exists(@.sha256) || !exists(@.registration))')
         OR practice.snapshot #>> '{state,payment,status}' = 'requested'
         OR practice.snapshot #>> '{state,payment,means}' = 'counter')
     ORDER BY practice.id LIMIT ${PAGE}`,
    [after, tenant ?? null, [...FINAL_STATUSES]],
  );
  return rows;
}

async function examine(
  admin: Administration,
  stored: StoredPractice,
  dryRun: boolean,
): Promise<RebuildLine | 'agrees' | 'nothingLeft'> {
  const { state } = readSnapshot(stored.snapshot);
  if (!belongsInEngine(state)) return 'nothingLeft';
  const workflowId = workflowIdOf(asId<TenantCode>(stored.tenant), asId<PracticeId>(stored.id));
  const engine = await lookAtEngine(admin.client, workflowId);
  const found = await agreementOf(admin.db, { id: stored.id, state }, engine);
  if (found === 'agrees') return 'agrees';
  const { id, tenant, code, seq } = stored;
  const line = { tenant, id, code, status: state.status, seq, found, engine: engineText(engine) };
  // No event of it was ever projected: its first command is still in the inbox, and the sender starts it.
  if (seq === 0) return { ...line, found: 'notStarted', action: 'leftToSender' };
  if (found === 'ahead') return { ...line, action: 'leftAlone', reason: AHEAD };
  if (found === 'unknown') {
    const reason = engine.kind === 'unreachable' ? engine.reason : 'it runs, and no worker answered for it';
    return { ...line, action: 'leftAlone', reason };
  }
  if (dryRun) return { ...line, action: 'wouldRestart' };
  try {
    await restartPractice(admin, { id, workflowId }, found);
    return { ...line, action: 'restarted' };
  } catch (error) {
    return { ...line, action: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function engineText(engine: Awaited<ReturnType<typeof lookAtEngine>>): string {
  if (engine.kind !== 'found') return engine.kind;
  const seq = engine.answer ? ` at ${engine.answer.seq}` : '';
  return `${engine.status.toLowerCase().replaceAll('_', ' ')}${seq}`;
}
