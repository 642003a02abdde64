import type { QueueName } from '../../../src/domain/queues';
import type { Note } from '../workflows/notes';
import type { Recorded } from './projections';

/** What a process that does the steps of a rung is told at its start. */
export interface ChildOptions {
  readonly engine: 'temporal' | 'pgBoss' | 'dbos';
  /** For `temporal`. */
  readonly temporal: { readonly address: string; readonly namespace: string };
  /** Where pg-boss or DBOS keep their state. */
  readonly stateUrl: string;
  readonly notes: readonly Note[];
  readonly queues: readonly QueueName[];
  /** Activities of which the generator wants to hear when they are done. */
  readonly told: readonly number[];
  /** Projections that are really made, and where; absent: every activity does nothing. */
  readonly projections?: { readonly databaseUrl: string; readonly recorded: Recorded };
}

/** What the generator says to it: pg-boss and DBOS are libraries, so a practice begins inside that process. */
export interface ToChild {
  readonly practice: string;
  /** Which message of the life; -1 begins it. */
  readonly number: number;
}

/** What it says to the generator. */
export type FromChild =
  | { readonly say: 'ready' }
  /** The call that began a practice or brought a message has been answered. */
  | { readonly say: 'taken'; readonly practice: string; readonly number: number }
  | { readonly say: 'done'; readonly practice: string; readonly activity: number };
