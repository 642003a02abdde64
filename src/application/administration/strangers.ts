import { maskPersonalData } from '../../domain/people/masking';
import type { Administration } from './administration';

/** A workflow that runs although PostgreSQL knows no such practice. */
export interface Stranger {
  readonly tenant: string;
  readonly id: string;
  readonly engine: string;
  readonly reason: string;
}

const BATCH = 500;
const WORKFLOW_ID = /^practice\/([^/]+)\/([0-9a-f-]{36})$/;
const REASON =
  'PostgreSQL has no such practice: it was begun after the backup that was restored; bring PostgreSQL back, or end it ' +
  'with `temporal workflow terminate` and ask the applicant to begin again';

/**
 * Looks in the engine for practices that PostgreSQL does not know: a restore of an older backup takes their rows, and
 * their workflows go on. The row of a practice is committed before its workflow starts, so that none is found too early.
 */
export async function strangersIn(admin: Administration, tenant?: string): Promise<readonly Stranger[]> {
  const { client, start } = admin;
  const query = `WorkflowType = 'practice' AND ExecutionStatus = 'Running' AND TaskQueue = '${start.taskQueue}'`;
  const strangers: Stranger[] = [];
  let batch: Pick<Stranger, 'tenant' | 'id'>[] = [];
  const sift = async () => {
    const known = await knownIds(admin, batch);
    const unknown = batch.filter(({ id }) => !known.has(id));
    strangers.push(...unknown.map((each) => ({ ...each, engine: 'running', reason: REASON })));
    batch = [];
  };
  try {
    for await (const { workflowId } of client.workflow.list({ query })) {
      const [, code, id] = WORKFLOW_ID.exec(workflowId) ?? [];
      if (!code || !id || (tenant !== undefined && code !== tenant)) continue;
      batch.push({ tenant: code, id });
      if (batch.length === BATCH) await sift();
    }
  } catch (error) {
    const reason = maskPersonalData(error instanceof Error ? error.message : String(error));
    return [
      { tenant: tenant ?? '-', id: '-', engine: 'unreachable', reason: `its workflows can't be listed: ${reason}` },
    ];
  }
  await sift();
  return strangers;
}

async function knownIds({ db }: Administration, wanted: readonly { readonly id: string }[]): Promise<Set<string>> {
  const { rows } = await db.pool.query<{ id: string }>('SELECT id FROM practice WHERE id = ANY($1::uuid[])', [
    wanted.map(({ id }) => id),
  ]);
  return new Set(rows.map(({ id }) => id));
}
