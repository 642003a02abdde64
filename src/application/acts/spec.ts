import type { z } from 'zod';
import type { Act } from '../../domain/practice/acts';
import type { Command, CommandFacts } from '../../domain/practice/command';
import type { PracticeState } from '../../domain/practice/state';
import type { Prisma } from '../../generated/prisma/client';
import type { Rows } from '../../platform/database';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import type { ServiceDefinition } from '../services/definition';

/** On what an act is done, as known when it arrives; state is judged again under the lock. */
export interface ActContext {
  readonly app: Application;
  readonly viewer: Viewer;
  readonly practice: Prisma.PracticeGetPayload<Record<string, never>>;
  readonly state: PracticeState;
  readonly definition: ServiceDefinition;
  /** Offices that handle the service. */
  readonly officeIds: readonly string[];
}

/** What an act becomes before it goes into the inbox. */
export interface Prepared {
  /** What is kept beside the body: frozen files, texts of messages. */
  readonly payload?: Prisma.InputJsonObject;
  readonly facts?: CommandFacts;
  /** Writes what belongs to the act in the transaction that takes it. */
  readonly alongside?: (tx: Rows, command: Command) => Promise<void>;
}

/** An act as the outside sees it: where, with which body, and what is made of it. */
export interface ActSpec<B extends z.ZodType = z.ZodType> {
  readonly act: Act;
  /** Last part of the address: `take-charge`. */
  readonly path: string;
  readonly summary: string;
  /** The body without `actVersion`, which versioned acts get by themselves. */
  readonly body: B;
  readonly prepare?: (context: ActContext, body: z.output<B>) => Promise<Prepared>;
}

/** Declares an act with its body's type. */
export function act<B extends z.ZodType>(spec: ActSpec<B>): ActSpec {
  return spec as unknown as ActSpec;
}
