import { concurrently } from '../../../src/application/administration/concurrently';
import { act, completeDraft, pay } from '../../support/builders';
import type { ApiClient, Body } from '../../support/client';
import type { System } from '../../support/system';
import { until } from '../../support/until';
import type { People } from './life';

type Answer = { readonly status: number; readonly body: Body };

/**
 * The straightforward life of a practice, from its draft to its approval, seen only through the API: it goes on whatever
 * is down meanwhile. Acts that were taken are waited for until they are done.
 */
export async function straightLife(system: System, { citizen, operator }: People, limitMs: number): Promise<string> {
  const id = await completeDraft(citizen);
  const at = `/api/v1/practices/${id}`;
  await doneByThen(citizen, citizen.post(`${at}/submit`), limitMs);
  await seen(citizen, id, ({ payment }) => payment?.status === 'open', limitMs);
  await pay(system, id);
  await seen(citizen, id, ({ status }) => status === 'registered', limitMs);
  await doneByThen(operator, act(operator, id, 'take-charge'), limitMs);
  await doneByThen(operator, act(operator, id, 'approve'), limitMs);
  await seen(citizen, id, ({ status }) => status === 'approved', limitMs);
  return id;
}

/** An act that must succeed, at once or when its turn comes. */
export async function doneByThen(person: ApiClient, answer: Promise<Answer>, limitMs: number): Promise<void> {
  const { status, body } = await answer;
  if (status === 200) return;
  if (status !== 202) throw new Error(`expected 200 or 202, got ${status}: ${JSON.stringify(body)}`);
  const look = async () => (await person.get(`/api/v1/commands/${body.commandId}`)).body.outcome;
  const outcome = await until(`the outcome of ${body.commandId}`, look, limitMs);
  if (outcome.result !== 'done') throw new Error(`${body.commandId} became ${JSON.stringify(outcome)}`);
}

function seen(person: ApiClient, id: string, is: (practice: Body) => boolean, limitMs: number): Promise<unknown> {
  return until(`practice ${id} to go on`, async () => is((await person.get(`/api/v1/practices/${id}`)).body), limitMs);
}

/** The same so many times, ten at once. */
export async function many<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  await concurrently(Array.from({ length: count }), 10, async () => {
    made.push(await make());
  });
  return made;
}

/** Lives, some at once, one after the other, until it is told to begin no more. */
export class Load {
  /** What has been lived to its end. */
  readonly ids: string[] = [];
  private ending = false;
  private readonly lives: Promise<unknown>;
  /** Never resolves; rejects when a life goes wrong. */
  readonly broken: Promise<never>;

  constructor(live: () => Promise<string>, atOnce: number) {
    const lane = async () => {
      while (!this.ending) this.ids.push(await live());
    };
    this.lives = Promise.all(Array.from({ length: atOnce }, lane));
    this.broken = this.lives.then(() => new Promise<never>(() => undefined));
    this.broken.catch(() => undefined);
  }

  /** Begins no other life and waits for those under way. @throws what went wrong in the first that failed */
  async end(): Promise<readonly string[]> {
    this.ending = true;
    await this.lives;
    return this.ids;
  }

  /** Waits for something, or for a life to go wrong. */
  during<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.broken]);
  }
}
