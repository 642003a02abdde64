import type { Clock } from '../../activities/ports/clock';
import { epochMs } from '../../domain/ids';
import type { Database } from '../../platform/database';
import type { Metric, Sample } from './metrics-text';

/** Longest time that one question may cost the database. */
const QUERY_LIMIT_MS = 2_000;
/** However often somebody asks, the database is asked once in this time. */
const FRESH_MS = 10_000;

interface Source {
  readonly name: string;
  readonly help: string;
  /** Columns `label` (optional) and `value`; `at` is an instant whose age is the value. */
  readonly sql: string;
  readonly label?: string;
}

/** Each reads only rows that are not settled, through a partial index, or groups over an index. */
const SOURCES: readonly Source[] = [
  {
    name: 'iter_inbox_waiting_rows',
    help: 'Acts and outside events without outcome.',
    label: 'kind',
    sql: `SELECT kind AS label, count(*)::float AS value FROM inbox WHERE outcome IS NULL GROUP BY kind`,
  },
  {
    name: 'iter_inbox_oldest_seconds',
    help: 'Age of the oldest act or event without outcome; 0 when there is none.',
    sql: `SELECT min(received_at) AS at FROM inbox WHERE outcome IS NULL`,
  },
  {
    name: 'iter_projection_lag_seconds',
    help: 'Age of the oldest act or event that the engine has taken and PostgreSQL does not show yet.',
    sql: `SELECT min(received_at) AS at FROM inbox WHERE outcome IS NULL AND attempts > 0 AND last_error IS NULL`,
  },
  {
    name: 'iter_practices',
    help: 'Practices by state.',
    label: 'status',
    sql: `SELECT status AS label, count(*)::float AS value FROM practice WHERE discarded_at IS NULL GROUP BY status`,
  },
  {
    name: 'iter_practices_attention',
    help: 'Practices flagged for attention, by reason.',
    label: 'reason',
    sql: `SELECT reason AS label, count(*)::float AS value FROM practice, unnest(attention) AS reason
          WHERE attention <> '{}' GROUP BY reason`,
  },
  {
    name: 'iter_operator_tasks_open',
    help: 'Open operator tasks by reason.',
    label: 'reason',
    sql: `SELECT reason AS label, count(*)::float AS value FROM operator_task WHERE closed_at IS NULL GROUP BY reason`,
  },
  {
    name: 'iter_mailing_queued_rows',
    help: 'Mails that follow no event and wait to be sent.',
    sql: `SELECT count(*)::float AS value FROM mailing WHERE status = 'queued'`,
  },
  {
    name: 'iter_mailing_oldest_seconds',
    help: 'Age of the oldest such mail whose time has come; 0 when there is none.',
    sql: `SELECT min(not_before) AS at FROM mailing WHERE status = 'queued'`,
  },
  {
    name: 'iter_tellings_waiting_rows',
    help: 'Events of which the applicant is still to be told by mail.',
    sql: `SELECT count(*)::float AS value FROM telling`,
  },
  {
    name: 'iter_tellings_oldest_seconds',
    help: 'Age of the oldest of them; 0 when there is none.',
    sql: `SELECT min(created_at) AS at FROM telling`,
  },
  {
    name: 'iter_outbox_unpublished_rows',
    help: 'Events that no publisher has given a position yet.',
    sql: `SELECT count(*)::float AS value FROM outbox WHERE position IS NULL`,
  },
];

/**
 * What an installation is watched by. A question that the database does not answer in two seconds is left out and told
 * by `iter_metrics_failed`, so that a slow database is never asked into the ground. Answers at most ten seconds old.
 */
export function metricsReader(db: Database, clock: Clock): () => Promise<readonly Metric[]> {
  let kept: { readonly at: number; readonly metrics: Promise<readonly Metric[]> } | undefined;
  return () => {
    const now = Date.now();
    if (!kept || now - kept.at > FRESH_MS) kept = { at: now, metrics: readMetrics(db, clock) };
    return kept.metrics;
  };
}

async function readMetrics(db: Database, clock: Clock): Promise<readonly Metric[]> {
  const metrics: Metric[] = [];
  const failed: Sample[] = [];
  // One connection, one question after the other: watching must not take the pool from those who work.
  for (const source of SOURCES) {
    try {
      metrics.push({ name: source.name, help: source.help, samples: await ask(db, clock, source) });
    } catch {
      failed.push({ labels: { metric: source.name }, value: 1 });
    }
  }
  const help = 'Metrics that could not be read, because the database was down or too slow.';
  return [...metrics, { name: 'iter_metrics_failed', help, samples: failed }];
}

interface Row {
  readonly label?: string;
  readonly value?: number;
  readonly at?: Date | null;
}

async function ask(db: Database, clock: Clock, { sql, label }: Source): Promise<readonly Sample[]> {
  const client = await db.pool.connect();
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${QUERY_LIMIT_MS}`);
    const { rows } = await client.query<Row>(sql);
    return rows.map((row) => ({
      ...(label && row.label !== undefined && { labels: { [label]: row.label } }),
      value: row.value ?? ageSeconds(row.at, clock),
    }));
  } finally {
    await client.query('ROLLBACK').then(
      () => client.release(),
      // A connection that can't even be rolled back is not given back to others.
      (error: Error) => client.release(error),
    );
  }
}

function ageSeconds(at: Date | null | undefined, clock: Clock): number {
  return at ? Math.max(0, Math.round((epochMs(clock.now()) - at.getTime()) / 1000)) : 0;
}
