import type { PracticeEvent } from './events';
import { change } from './evolve';
import type { PracticeBirth, PracticeState } from './model';
import { isFinal } from './states';

export type {
  IntegrationRound,
  PracticeBirth,
  PracticeDocument,
  PracticePayment,
  PracticeState,
  RejectionNotice,
} from './model';

/** How many processed ids are kept. Whoever has had more asks the inbox for the older ones. */
export const PROCESSED_RING = 200;

/** The state before the first event. */
export function newborn(birth: PracticeBirth): PracticeState {
  return {
    ...birth,
    status: 'draft',
    seq: 0,
    actVersion: 0,
    submission: 0,
    documents: [],
    rounds: [],
    late: false,
    attention: [],
    processed: [],
  };
}

/**
 * True when nothing more is to come of it, by its service: what is only paid ends when it has arrived, what is passed
 * on ends when the other office has taken it.
 */
export function hasEnded({ status, rules }: Pick<PracticeState, 'status' | 'rules'>): boolean {
  if (isFinal(status)) return true;
  if (rules.workflow === 'forward') return status === 'inCharge';
  if (rules.workflow !== 'paymentOnly') return false;
  return status === (rules.registration === 'none' ? 'received' : 'registered');
}

/** Key under which an id is remembered, from the cause of the event that it led to. */
export function processedKey(cause: string): string | undefined {
  return /^(?:act|signal):(.+)$/.exec(cause)?.[1];
}

/** True when the act or signal with this id has already had its effect. */
export function alreadyProcessed(state: PracticeState, id: string): boolean {
  return state.processed.includes(id);
}

/** True when ids may have been dropped from memory: what is not remembered may nevertheless have had its effect. */
export function mayHaveForgotten(state: PracticeState): boolean {
  return state.processed.length >= PROCESSED_RING;
}

/** Folds an event into the state. Pure: the same events always give the same state, in the workflow and in PostgreSQL. */
export function evolve(state: PracticeState, event: PracticeEvent): PracticeState {
  const changed = change(state, event);
  const key = processedKey(event.cause);
  const moved =
    changed.status !== state.status || changed.assignee !== state.assignee || changed.office !== state.office;
  // An act counts once, with its first event.
  const raised = event.cause.startsWith('act:') ? state.processed.at(-1) !== key : moved;
  return {
    ...changed,
    seq: event.seq,
    actVersion: raised ? state.actVersion + 1 : state.actVersion,
    processed:
      key === undefined || state.processed.includes(key)
        ? state.processed
        : [...state.processed, key].slice(-PROCESSED_RING),
  };
}
