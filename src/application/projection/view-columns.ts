import type { PracticeEvent, Priority } from '../../domain/practice/events';
import { hasEnded, type PracticeState } from '../../domain/practice/state';
import type { PracticeClock } from '../../domain/terms/practice-clock';
import type { Prisma } from '../../generated/prisma/client';

const RANKS: Readonly<Record<Priority, number>> = { high: 1, medium: 2, low: 3 };

/** What lists show of a practice, from its state. */
export function viewColumns(
  before: PracticeState,
  state: PracticeState,
  clock: PracticeClock,
  events: readonly PracticeEvent[],
): Prisma.PracticeUpdateInput {
  const changedAt = events.at(-1)?.at ?? new Date(0);
  const request = state.documents.find((document) => document.kind === 'request')?.registration;
  const registered = events.find((event) => event.type === 'requestRegistered')?.at;
  const priority = state.priority ?? 'medium';
  const ended = hasEnded(state);
  return {
    status: state.status,
    seq: state.seq,
    actVersion: state.actVersion,
    assigneeId: state.assignee ?? null,
    officeId: state.office ?? null,
    priority,
    priorityRank: RANKS[priority],
    phase: state.phase ?? state.rules.phases?.[0]?.key ?? null,
    changedAt,
    confirmedAt: state.confirmedAt ?? null,
    receivedAt: state.receivedAt ?? null,
    answerBy: clock.answerBy ? new Date(clock.answerBy) : null,
    registration: request ? `${request.number}/${request.year}` : null,
    ...(registered && { registeredAt: registered }),
    // Until its document is complete the outcome is nobody's news.
    outcome: ended ? (state.decision?.outcome ?? null) : null,
    // What is registered or delivered after the end does not move it.
    ...(ended !== hasEnded(before) && { endedAt: ended ? changedAt : null }),
    attention: [...state.attention],
    late: state.late,
  };
}
