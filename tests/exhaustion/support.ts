import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { buildApp } from '../../src/api/app';
import type { Application } from '../../src/application/application';
import { OutcomeWaiter } from '../../src/application/inbox/outcome-waiter';
import { type Database, openDatabase } from '../../src/platform/database';
import { DATABASE_LIMITS } from '../../src/platform/database-limits';
import type { WholeProblem } from '../api/support';
import { type Answer, ApiClient, type Body } from '../support/client';
import type { System } from '../support/system';

export const OVERLOADED: WholeProblem = {
  code: 'OVERLOADED',
  status: 503,
  title: 'Troppo lavoro in questo momento',
  detail: 'In questo momento il sistema ha più lavoro di quanto ne possa fare; nulla è andato perso.',
  remedy: 'Riprova tra qualche secondo con la stessa chiave di idempotenza.',
  retryable: true,
};

export const STORAGE_FULL: WholeProblem = {
  code: 'STORAGE_FULL',
  status: 503,
  title: 'Spazio di archiviazione esaurito',
  detail: 'Il sistema non ha più spazio per conservare quello che invii; quello che hai già inviato è al sicuro.',
  remedy: 'Riprova più tardi con la stessa chiave di idempotenza: chi gestisce il sistema deve liberare spazio.',
  retryable: true,
};

export const READY = {
  status: 'ready',
  probes: [
    { name: 'database', ok: true },
    { name: 'documents', ok: true },
  ],
};

/** An API of its own on a database, with the limits of the real process. */
export interface Api {
  readonly app: FastifyInstance;
  readonly db: Database;
  /** What it logged from `warn` up. */
  readonly logged: Body[];
  as(username: string): Promise<ApiClient>;
  stop(): Promise<void>;
}

export async function apiOn(
  system: System,
  url: string,
  { connections = 10, ...parts }: { readonly connections?: number } & Partial<Application> = {},
): Promise<Api> {
  const db = openDatabase(url, connections, undefined, DATABASE_LIMITS.api);
  const logged: Body[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  // What `system.application` computes when asked is asked once, here.
  const application = { ...system.application, db, waiter: new OutcomeWaiter(db), ...parts };
  const app = await buildApp({ application, log, requestsPerMinute: 100_000 });
  await app.ready();
  return {
    app,
    db,
    logged,
    as: (username) => ApiClient.logIn({ app }, username, 'bugliano'),
    stop: async () => {
      await app.close();
      await db.close();
    },
  };
}

/** An answer with the time that it took, in milliseconds. */
export async function timed(asked: Promise<Answer<Body>>): Promise<Answer<Body> & { readonly ms: number }> {
  const begun = Date.now();
  const answer = await asked;
  return { ...answer, ms: Date.now() - begun };
}
