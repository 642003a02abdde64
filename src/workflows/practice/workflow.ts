import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  patched,
  workflowInfo,
} from '@temporalio/workflow';
import type { ProjectionBatch } from '../../activities/contract';
import { FAILURE } from '../../domain/failures';
import { hasOpenDocuments } from '../../domain/practice/documents';
import { EVENT_LABELS } from '../../domain/practice/event-labels';
import { onDeadline } from '../../domain/practice/happenings';
import { hasEnded, newborn } from '../../domain/practice/state';
import { merelyTold } from '../../domain/practice/told';
import { isPracticeStart } from '../../domain/practice/well-formed';
import { DEADLINE_LABELS, type Deadline, nearestDeadline } from '../../domain/terms/practice-clock';
import { Backstage } from './backstage';
import { PracticeEntity } from './entity';
import { receiveMessages } from './handlers';
import type { PracticeEnd, PracticeStart } from './messages';
import { unlessParked } from './parking';
import { practiceProxies } from './proxies';
import { carryOut } from './steps';
import { type DoneSteps, nextStep, type Step } from './steps/next-step';
import { msUntil } from './steps/time';

/** Longer than any intake transaction: what was received in time is visible when the effect of a deadline is decided. */
const GRACE_MS = 5_000;

/**
 * The life of a practice, from draft to decision. It goes on by itself while the state asks for a step, then rests
 * until an act, a payment or a deadline. It never fails: what no retry cures parks it, and a request of cancellation
 * from the engine's UI is ignored, because only the acts of the law end a practice. What cannot be one fails at once,
 * and leaves its id to one that can.
 */
export async function practice(input: PracticeStart): Promise<PracticeEnd> {
  if (!isPracticeStart(input)) {
    throw ApplicationFailure.nonRetryable('no practice can begin from this input', FAILURE.notAPractice);
  }
  return CancellationScope.nonCancellable(() => live(input));
}

async function live(input: PracticeStart): Promise<PracticeEnd> {
  const a = practiceProxies();
  const done: DoneSteps = new Set();
  const snapshot = input.snapshot ?? { state: newborn(input.birth), clock: { deadlines: [], suspended: false } };
  // The worker decides as well: beside one of the release before, a run begun as new may first be carried on as old.
  const byQueue = input.tells === 'byQueue' && patched('tells-by-queue');
  const backstage = new Backstage(a, input.page, snapshot.state, byQueue);
  const p: PracticeEntity = new PracticeEntity(snapshot, {
    project: (batch) => {
      const tell = byQueue ? merelyTold(batch.events, p.state) : [];
      const told = tell.length > 0 ? { ...batch, tell } : batch;
      return a.project.executeWithOptions({ summary: summaryOf(batch) }, [told]);
    },
    hasOutcome: async (id) => patched('asks-outcomes') && a.hasOutcome({ practice: p.state.id, id }),
    projected: (events) => backstage.projected(events, p),
  });
  receiveMessages(p, a);
  backstage.show(p);

  if (!input.snapshot) {
    const { command, at, actor } = input.draft;
    await unlessParked(p, a, () => p.record(`act:${command}`, () => [{ type: 'draftCreated', at, actor, data: {} }]));
  }
  // Brought back after its end: the act that wants it comes with the start.
  const { seq } = p.state;
  if (input.snapshot && ended()) await condition(() => p.locked || p.state.seq > seq, 60_000);
  while (!ended()) {
    const step = due();
    await unlessParked(p, a, () => (step ? carryOut(step, p, a, done) : nextHappening()));
    if (renewable()) return continueAsNew<typeof practice>({ ...input, tells: 'byQueue', snapshot: p.snapshot() });
  }
  return { status: p.state.status, seq: p.state.seq };

  /** The next step, once PostgreSQL shows the state that asks for it. */
  function due(): Step | undefined {
    return p.locked ? undefined : nextStep(p.state, done);
  }

  /** Rests until something happens. A deadline that passes has its effect, after a last look at what came before it. */
  async function nextHappening(): Promise<void> {
    const deadline = nearestDeadline(p.clock);
    const happened = () =>
      ended() ||
      renewable() ||
      p.parked !== null ||
      due() !== undefined ||
      nearestDeadline(p.clock)?.expiresAt !== deadline?.expiresAt;
    if (!deadline) return condition(happened);
    const ms = msUntil(deadline.expiresAt, GRACE_MS);
    if (ms > 0 && (await condition(happened, ms, { summary: `Scadenza: ${DEADLINE_LABELS[deadline.kind]}` }))) return;
    await expire(deadline);
  }

  async function expire(deadline: Deadline): Promise<void> {
    const { id } = p.state;
    for (const item of await a.inboxBefore({ practice: id, before: deadline.expiresAt })) await p.takeFromInbox(item);
    const { payment } = p.state;
    if (payment && stillDue(deadline) && (deadline.kind === 'payment' || deadline.kind === 'paymentOutcome')) {
      // Whether money came before is known to the gateway alone.
      const ask = deadline.kind === 'payment' ? a.closePosition : a.askPosition;
      const answer = await ask({ practice: id, payment: payment.ordinal });
      if (answer.kind === 'paid') await p.receive(answer.news);
    }
    const cause = `timer:${deadline.kind}@${deadline.expiresAt}`;
    await p.record(cause, (state) => (stillDue(deadline) ? onDeadline(state, deadline) : []));
  }

  function stillDue(deadline: Deadline): boolean {
    return p.clock.deadlines.some((row) => row.kind === deadline.kind && row.expiresAt === deadline.expiresAt);
  }

  function quiet(): boolean {
    return backstage.idle && p.settled && p.parked === null && allHandlersFinished();
  }

  function ended(): boolean {
    return hasEnded(p.state) && !hasOpenDocuments(p.state) && nextStep(p.state, done) === undefined && quiet();
  }

  /** At rest with a long history: timers are re-armed from instants, processed ids come along. */
  function renewable(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    const long = continueAsNewSuggested || (input.historyLimit !== undefined && historyLength >= input.historyLimit);
    return (long || p.renewWanted) && quiet() && !hasEnded(p.state) && due() === undefined;
  }
}

function summaryOf(batch: ProjectionBatch): string {
  return batch.events.map((event) => EVENT_LABELS[event.type]).join(' + ') || 'Senza effetto';
}
