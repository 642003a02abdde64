import type { Logger } from 'pino';
import type { Clock } from '../../activities/ports/clock';
import { type Instant, instant } from '../../domain/ids';
import type { EventType } from '../../domain/practice/events';
import type { Database, Rows } from '../../platform/database';
import { serviceOf } from '../services/catalogue';
import { Loop } from './loop';
import { mailWaitingNotices } from './notice-mails';
import { type Noteworthy, noticeOperators } from './notice-rows';

/** Events of the outbox read in one transaction. */
const BATCH = 200;

/** Events that need an operator also where the state stays. */
const ALWAYS: ReadonlySet<string> = new Set<EventType>([
  'observationsSubmitted',
  'integrationAnswered',
  'attentionRaised',
]);

interface FreshEvent {
  readonly id: bigint;
  readonly practiceId: string;
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  readonly status: string;
  readonly before: string | null;
  readonly actorId: string | null;
  readonly arrived: boolean;
}

/**
 * Tells operators of every change of state of the practices of their services, at once or in a daily summary; they
 * choose how often, never whether. Reads the outbox, so that nothing is told that was not committed and nothing is lost
 * while nobody looks. Any number may run.
 */
export class OperatorNotices {
  private readonly loop: Loop;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    log: Logger,
    private readonly publicUrl: string,
    // The steps that follow a submission take seconds: one mail tells of all of them.
    lookEveryMs = 10_000,
  ) {
    this.loop = new Loop(
      () => this.round(),
      lookEveryMs,
      (error) => log.warn({ err: error }, 'operators could not be told'),
    );
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  /** Notes what is new and queues the mails that are due; true when more is waiting to be noted. */
  async round(): Promise<boolean> {
    const now = this.clock.now();
    const noted = await noteFreshEvents(this.db, now);
    if (noted === BATCH) return true;
    await mailWaitingNotices(this.db, now, this.publicUrl);
    return false;
  }
}

/** Notes for the operators concerned what the outbox has that is new. Gives how many events were read. */
async function noteFreshEvents(db: Database, now: Instant): Promise<number> {
  return db.prisma.$transaction(async (tx) => {
    const events = await tx.$queryRaw<FreshEvent[]>`
      SELECT o.id, o.practice_id AS "practiceId", o.seq, o.type, o.at, e.status, e.actor_id AS "actorId",
        p.status AS "before",
        EXISTS (
          SELECT 1 FROM practice_event s
          WHERE s.practice_id = o.practice_id AND s.type = 'submitted' AND s.seq <= o.seq
        ) AS "arrived"
      FROM outbox o
      JOIN practice_event e ON e.practice_id = o.practice_id AND e.seq = o.seq
      LEFT JOIN practice_event p ON p.practice_id = o.practice_id AND p.seq = o.seq - 1
      WHERE o.noticed_at IS NULL ORDER BY o.id LIMIT ${BATCH} FOR UPDATE OF o SKIP LOCKED`;
    for (const [practiceId, things] of noteworthy(events)) await note(tx, practiceId, things);
    await tx.outboxRow.updateMany({ where: { id: { in: events.map(({ id }) => id) } }, data: { noticedAt: now } });
    return events.length;
  });
}

/** By practice, what operators are told of. Before it has arrived a practice is the applicant's alone. */
function noteworthy(events: readonly FreshEvent[]): Map<string, Noteworthy[]> {
  const grouped = new Map<string, Noteworthy[]>();
  for (const { practiceId, seq, type, at, status, before, actorId, arrived } of events) {
    if (!arrived || (status === before && !ALWAYS.has(type))) continue;
    const things = grouped.get(practiceId) ?? [];
    things.push({ seq, at: instant(at), actorId });
    grouped.set(practiceId, things);
  }
  return grouped;
}

async function note(tx: Rows, practiceId: string, things: readonly Noteworthy[]): Promise<void> {
  const practice = await tx.practice.findUniqueOrThrow({ where: { id: practiceId } });
  const { officeIds } = await serviceOf(tx, practice);
  const { id, tenantId, officeId } = practice;
  await noticeOperators(tx, { id, tenantId, officeId, serviceOfficeIds: officeIds }, things);
}
