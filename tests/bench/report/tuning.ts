import { table } from './text';

/** Something that was tried, with what was measured before and after on the machine of its day. */
interface Tried {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly verdict: string;
}

const TRIED: readonly Tried[] = [
  {
    what: 'Mails that only tell leave by a queue in PostgreSQL instead of an activity (ADR 8)',
    before: '133 events, 26 KB a practice',
    after: '112 events, 22 KB',
    verdict: 'kept',
  },
  {
    what: 'Services, tenant codes and scoped clients are kept per process; a projection writes its timeline and outbox in one statement',
    before: '505 SQL statements a practice',
    after: '320',
    verdict: 'kept',
  },
  {
    what: 'Listeners are told after the commit, in a statement that does not wait for the disk, instead of inside the transaction, where a notification holds a lock of the whole server',
    before: 'eight practices at once on a loaded machine: COMMIT refused after 2 s of waiting',
    after: 'no commit waits for another',
    verdict: 'kept',
  },
  {
    what: 'All requests that wait for an outcome ask the database together, not each by itself four times a second',
    before: '12 questions a practice; at 100 submissions a second 1,357 of 1,500 turned away with 503',
    after: 'one question for all; see acceptance',
    verdict: 'kept',
  },
  {
    what: 'A save of a draft is one statement instead of seven round trips; a submission has five fewer',
    before: '58 saves a second (loaded machine)',
    after: '1,044 (quiet machine)',
    verdict: 'kept',
  },
  {
    what: 'While the engine is behind, one request at a time waits for the effect and the others get their receipt soon',
    before: 'answer to a submission, p95: 1,937 ms at 20 a second',
    after: 'see acceptance',
    verdict: 'kept',
  },
  {
    what: 'In a rush arrivals go before work: while more than 64 new practices wait, they are begun at a pace that halves when arrivals say that they are slow, and the worker has a lower priority',
    before: '100 submissions a second for a minute: 3,791 of 6,000 turned away with 503, safe after 11.9 s (p95)',
    after: 'none turned away, safe after 2.0 s (p95)',
    verdict: 'kept',
  },
  {
    what: 'A citizen’s submission is three plain statements instead of nine through Prisma, which was half of the processor time of the API',
    before: 'safe after 2.0 s, answered after 2.2 s (p95 at 100 a second)',
    after: 'safe after 0.07 s, answered after 0.2 s',
    verdict: 'kept, beside the general way',
  },
  {
    what: 'Lists: one branch per service in the order of an index, merged; ids first, rows of the page afterwards; ten indexes for two',
    before: '5.4 answers a second over 1,000,000 practices, slowest p95 8 s',
    after: '62 a second, see lists',
    verdict: 'kept; 18 s to build, 20 % more time and WAL for each update of a practice',
  },
  {
    what: 'A worker remembers 500 practices instead of 2,000',
    before: 'worker with 20,000 open practices: 1,620 MB',
    after: '739 MB',
    verdict: 'kept: reading one again takes 50 ms more',
  },
  {
    what: 'Activities of the queue of the workflow handed out with its task (`system.enableActivityEagerExecution`)',
    before: "796 statements of Temporal's a practice",
    after: '799, and no less CPU',
    verdict: 'not kept: the switch of a default must pay',
  },
];

/** What was tried, as a table. */
export function tuningTable(): string {
  const rows = TRIED.map(({ what, before, after, verdict }) => [what, before, after, verdict]);
  return table(['Tried', 'Before', 'After', ''], rows);
}
