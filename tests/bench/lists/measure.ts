import { pause } from '../load';
import { Http } from '../product/http';
import { percentile, randomNumbers } from '../stats';
import { type Asker, LIST_QUESTIONS, type Question } from './questions';
import type { SeededLists } from './seed';

export interface QuestionMeasure {
  readonly count: number;
  /** Milliseconds until the answer was read; NaN when there was none. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Answers other than 200, and answers that never came. */
  readonly errors: number;
  readonly firstError?: string;
}

/** Answers of all clients together, per second, and how long they took, by the key of the question. */
export interface Phase {
  readonly perSecond: number;
  readonly questions: Readonly<Record<string, QuestionMeasure>>;
}

/** Each client asks again as soon as it has its answer: as much as the machine gives. */
export interface ListMeasures extends Phase {
  readonly clients: number;
  readonly seconds: number;
  /** The same clients, each of whom reads what it got for `pauseMs` on average before it asks again. */
  readonly paced: Phase & { readonly pauseMs: number };
}

export interface MeasureOptions {
  readonly apiUrl: string;
  readonly seeded: SeededLists;
  readonly clients: number;
  /** One half without pauses, one half with. */
  readonly seconds: number;
  readonly seed: number;
}

const LAST_PAGE = 5;
const PAUSE_MS = 250;

/**
 * So many officials ask one question after the other, mixed as a back office does: half the time without a pause, half
 * with. Whatever nobody had an answer to by then is asked until somebody has. Before, each official asks each question
 * once, which is not counted.
 * @throws Error when an official can't log in
 */
export async function measureLists(options: MeasureOptions): Promise<ListMeasures> {
  const { apiUrl, seeded, clients, seconds, seed } = options;
  const http = new Http(apiUrl);
  try {
    const officials = whoAsks(seeded, clients);
    const tokens = await Promise.all(officials.map(({ username }) => logIn(http, seeded, username)));
    const askers = officials.map((official, n): Asking => {
      const random = randomNumbers(seed * 1000 + n);
      return { asker: { seeded, official, random }, http, token: tokens[n] ?? '', answers: new Map() };
    });
    await Promise.all(askers.map(async (asking, n) => askAll(asking, n)));
    const busy = await phase(askers, (seconds * 1000) / 2, 0);
    const paced = await phase(askers, (seconds * 1000) / 2, PAUSE_MS);
    return { ...busy, clients, seconds, paced: { ...paced, pauseMs: PAUSE_MS } };
  } finally {
    http.close();
  }
}

async function phase(askers: readonly Asking[], forMs: number, pauseMs: number): Promise<Phase> {
  for (const { answers } of askers) answers.clear();
  const begin = performance.now();
  await Promise.all(askers.map((asking) => askUntil(asking, begin + forMs, pauseMs)));
  const measuredMs = performance.now() - begin;
  const answered = askers.reduce((sum, { answers }) => sum + [...answers.values()].flat().length, 0);
  for (const question of LIST_QUESTIONS) await askIfNobodyDid(askers, question);
  const questions = Object.fromEntries(LIST_QUESTIONS.map(({ key }) => [key, measureOf(askers, key)]));
  return { perSecond: (answered * 1000) / measuredMs, questions };
}

/** Of sixteen, eleven work in an office each, four lead one or more, one oversees all. */
function whoAsks({ officials }: SeededLists, clients: number): SeededLists['officials'] {
  const of = (role: string) => officials.filter((official) => official.role === role);
  // One of each office before the second of any.
  const operators = of('operator').sort((a, b) => place(a.username) - place(b.username));
  const managers = of('manager').reverse();
  return Array.from({ length: clients }, (_, n) => {
    const among = n % 16 === 15 ? of('auditor') : n % 4 === 3 ? managers : operators;
    const found = among[(n % 4 === 3 ? Math.floor(n / 4) : n) % among.length];
    if (!found) throw new Error('the town has no officials');
    return found;
  });
}

function place(username: string): number {
  return Number(username.split('.').at(-1));
}

interface Asking {
  readonly asker: Asker;
  readonly http: Http;
  readonly token: string;
  readonly answers: Map<string, Answer[]>;
}

interface Answer {
  readonly ms: number;
  readonly error?: string;
}

async function logIn(http: Http, { tenant, password }: SeededLists, username: string): Promise<string> {
  const body = { tenant, username, password };
  return (await http.expect('log in', [201], { method: 'POST', path: '/api/v1/tokens', body })).body.token;
}

/** Each beginning elsewhere, so that not all ask the same at once. */
async function askAll(asking: Asking, from: number): Promise<void> {
  for (const [index] of LIST_QUESTIONS.entries()) {
    const question = LIST_QUESTIONS[(index + from) % LIST_QUESTIONS.length];
    if (question) await ask(asking, question);
  }
}

/** Some have no second page of what others have ten of: the next one may. */
async function askIfNobodyDid(askers: readonly Asking[], question: Question): Promise<void> {
  const answered = () => askers.some(({ answers }) => (answers.get(question.key) ?? []).length > 0);
  for (const asking of [...askers].reverse()) {
    if (answered()) return;
    await ask(asking, question);
  }
}

async function askUntil(asking: Asking, until: number, pauseMs: number): Promise<void> {
  const { random } = asking.asker;
  // Not all at the same instants.
  if (pauseMs > 0) await pause(random() * pauseMs);
  const total = LIST_QUESTIONS.reduce((sum, { weight }) => sum + weight, 0);
  while (performance.now() < until) {
    let drawn = random() * total;
    const question = LIST_QUESTIONS.find(({ weight }) => {
      drawn -= weight;
      return drawn < 0;
    });
    if (question) await ask(asking, question);
    if (pauseMs > 0) await pause(pauseMs * (0.5 + random()));
  }
}

async function ask(asking: Asking, { key, ask: addressOf, paged }: Question): Promise<void> {
  const path = `/api/v1${addressOf(asking.asker)}`;
  const first = await time(asking, path);
  const answers = asking.answers.get(key) ?? [];
  asking.answers.set(key, answers);
  if (!paged) {
    answers.push(first.answer);
    return;
  }
  let next = first.next;
  for (let page = 2; page <= LAST_PAGE && next !== null; page += 1) {
    const more = await time(asking, `${path}${path.includes('?') ? '&' : '?'}cursor=${next}`);
    answers.push(more.answer);
    next = more.next;
  }
}

async function time({ http, token }: Asking, path: string): Promise<{ answer: Answer; next: string | null }> {
  const begin = performance.now();
  try {
    const { body } = await http.expect(path, [200], { method: 'GET', path, token });
    return { answer: { ms: performance.now() - begin }, next: body.next ?? null };
  } catch (error) {
    const answer = { ms: performance.now() - begin, error: error instanceof Error ? error.message : String(error) };
    return { answer, next: null };
  }
}

function measureOf(askers: readonly Asking[], key: string): QuestionMeasure {
  const answers = askers.flatMap((asking) => asking.answers.get(key) ?? []);
  const good = answers.filter(({ error }) => error === undefined).map(({ ms }) => ms);
  const firstError = answers.find(({ error }) => error !== undefined)?.error;
  return {
    count: answers.length,
    p50: percentile(good, 0.5),
    p95: percentile(good, 0.95),
    p99: percentile(good, 0.99),
    errors: answers.length - good.length,
    ...(firstError !== undefined && { firstError }),
  };
}
