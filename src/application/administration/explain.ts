import { epochMs, type Instant, instant } from '../../domain/ids';
import { needsRegistrationRetry } from '../../domain/practice/documents';
import { hasEnded } from '../../domain/practice/state';
import { STATUS_LABELS, type Status } from '../../domain/practice/states';
import type { Administration } from './administration';
import { nextDeadlines, nextStepOf } from './coming-next';
import { type Agreement, agreementOf, type EngineView, lookAtEngine } from './engine-view';
import { type Facts, readFacts } from './facts';
import type { FoundPractice } from './find-practice';
import { remedyOf } from './remedies';
import { waitingFor } from './waiting-for';

/** Older than this, a row without outcome is no longer on its way: something holds it. */
const SLOW_MS = 5 * 60_000;
/** An activity tried so often will not succeed by itself soon. */
const MANY_ATTEMPTS = 5;

/** What it means that the engine is ahead, and what to do. */
export const AHEAD =
  'an older backup was restored, or rows were changed; bring PostgreSQL back, or start it from what PostgreSQL holds ' +
  'with `iter practice retry <id> --from-snapshot`';

/** All that an administrator is told of a practice. */
export type Explanation = Awaited<ReturnType<typeof explainPractice>>;

/**
 * Explains a practice: what it is, what it waits for and since when, what comes next and why, what is wrong and what
 * to do. Only ids and codes, no names, no tax codes, no texts. `trouble` is empty when nobody needs to do anything
 * that is not part of the procedure itself. Never rejects because of the engine; it says that it does not answer.
 */
export async function explainPractice(admin: Administration, practice: FoundPractice) {
  const { row, snapshot } = practice;
  const { state, clock } = snapshot;
  const now = admin.clock.now();
  const facts = await readFacts(admin.db, row);
  const engine = await lookAtEngine(admin.client, practice.workflowId);
  const fits = await agreementOf(admin.db, { id: row.id, state }, engine);
  const step = nextStepOf(state, row.code ?? undefined);
  return {
    practice: describe(practice),
    now,
    since: facts.since,
    waitingFor: waitingFor(state, clock, now),
    next: { ...(step && { step }), deadlines: nextDeadlines(state, clock) },
    attention: state.attention.map((reason) => ({ reason, ...remedyOf(reason) })),
    tasks: facts.tasks.map((task) => ({ ...task, ...remedyOf(task.reason) })),
    engine: { workflowId: practice.workflowId, agreement: fits, ...engine },
    inbox: facts.inbox,
    registrations: facts.registrations,
    payments: facts.payments,
    mails: facts.mails,
    events: facts.events,
    trouble: troubleOf(practice, facts, engine, fits, now),
  };
}

function describe({ row, tenant, snapshot: { state } }: FoundPractice) {
  return {
    id: row.id,
    code: row.code,
    registration: row.registration,
    tenant: tenant as string,
    service: row.serviceCode,
    serviceVersion: row.serviceVersion,
    status: state.status,
    statusLabel: STATUS_LABELS[row.status as Status],
    ended: hasEnded(state),
    discarded: row.discardedAt !== null,
    late: row.late,
    seq: row.seq,
    assignee: row.assigneeId,
    createdAt: instant(row.createdAt),
    changedAt: instant(row.changedAt),
    receivedAt: row.receivedAt ? instant(row.receivedAt) : null,
    answerBy: row.answerBy ? row.answerBy.toISOString().slice(0, 10) : null,
  };
}

function troubleOf(
  { snapshot: { state } }: FoundPractice,
  facts: Facts,
  engine: EngineView,
  fits: Agreement,
  now: Instant,
): readonly string[] {
  const older = (at: Instant, ms: number) => epochMs(now) - epochMs(at) > ms;
  const tasks = facts.tasks.filter((task) => !state.attention.some((reason) => reason === task.reason));
  return [
    ...state.attention.map((reason) => `attention: ${reason}`),
    ...tasks.map((task) => `open operator task: ${task.reason}`),
    ...engineTrouble(engine, fits),
    ...facts.inbox
      .filter((row) => older(row.receivedAt, SLOW_MS))
      .map((row) => `${row.type} ${row.id} has had no outcome for long, after ${row.attempts} attempts`),
    ...facts.registrations
      .filter((row) => row.status === 'sent' && older(row.since, SLOW_MS) && !needsRegistrationRetry(state))
      .map((row) => `document ${row.document} was sent to the register, which has not answered`),
  ];
}

function engineTrouble(engine: EngineView, fits: Agreement): string[] {
  if (engine.kind === 'unreachable') return [`Temporal does not answer: ${engine.reason}`];
  if (fits === 'missing') return ['Temporal has no workflow for it'];
  if (engine.kind === 'missing') return [];
  if (fits === 'closed') return [`its workflow is ${engine.status.toLowerCase()} although something is left to do`];
  if (fits === 'behind') return [`its workflow is behind PostgreSQL (event ${engine.answer?.seq})`];
  return [
    ...(fits === 'ahead' ? [`its workflow is ahead of PostgreSQL (event ${engine.answer?.seq}): ${AHEAD}`] : []),
    ...(engine.noAnswer ? [`its workflow did not answer: ${engine.noAnswer}`] : []),
    ...(engine.answer?.parked ? [`parked: ${engine.answer.parked}`] : []),
    ...(engine.taskAttempt > 1
      ? [`its workflow code fails (attempt ${engine.taskAttempt}): a defect of a release`]
      : []),
    ...engine.pending
      .filter((activity) => activity.attempt >= MANY_ATTEMPTS)
      .map((activity) => `${activity.type} has failed ${activity.attempt - 1} times: ${activity.lastFailure ?? '?'}`),
  ];
}
