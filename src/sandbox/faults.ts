import { z } from 'zod';

/** Faults that a test switches on. They live in memory: a restarted sandbox behaves well. */
export interface Faults {
  /** How many of the next calls to the gateway are answered 503. */
  gatewayFailures: number;
  /** The next position is created, and then the connection is cut without an answer. */
  loseNextAnswer: boolean;
  /** Receipts wait until it is false again. */
  holdCallbacks: boolean;
  /** How many of the next mails are answered 451 after their content. */
  mailFailures: number;
}

/** Body of `POST /control/faults`: only what is named changes. */
export const faultsSchema = z.strictObject({
  gatewayFailures: z.int().min(0).max(1_000_000).optional(),
  loseNextAnswer: z.boolean().optional(),
  holdCallbacks: z.boolean().optional(),
  mailFailures: z.int().min(0).max(1_000_000).optional(),
});

export function noFaults(): Faults {
  return { gatewayFailures: 0, loseNextAnswer: false, holdCallbacks: false, mailFailures: 0 };
}
