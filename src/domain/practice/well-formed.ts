import { ACTS } from './acts';
import type { Command, CommandFacts, MailRefusal, ReceiptNews } from './command';
import type { PracticeState } from './model';
import { STATUSES } from './states';

/**
 * Does a message have the form that the practice counts on? Whatever reaches a workflow stays in its history: a message
 * of another release, or made by hand, must be turned away before anything of it is used. By hand, because no schema
 * library belongs into workflow code.
 */
type Check = (value: unknown) => boolean;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const MAX_TEXT = 200;

const text: Check = (value) => typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT;
const uuid: Check = (value) => typeof value === 'string' && UUID.test(value);
const instant: Check = (value) => typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const list: Check = (value) => Array.isArray(value);
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** An object with these members; others may be there. */
function object(members: Readonly<Record<string, Check>>): Check {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(members).every(([name, check]) => check((value as Readonly<Record<string, unknown>>)[name]));
}

// A service acts without an id.
const actor = object({ id: (value) => value === '' || uuid(value), role: text });

const facts = object({
  feeCents: optional(count),
  stamps: optional(count),
  assignTo: optional(object({ operator: optional(text), office: optional(text) })),
  priority: optional(oneOf('high', 'medium', 'low')),
  phase: optional(text),
  to: optional(oneOf('applicant', 'office')),
  noticeWaived: optional(text),
} satisfies Readonly<Record<keyof CommandFacts, Check>>);

const command = object({
  id: uuid,
  act: oneOf(...ACTS),
  actor,
  receivedAt: instant,
  actVersion: optional(count),
  facts: optional(facts),
} satisfies Readonly<Record<keyof Command, Check>>);

const receipt = object({
  id: uuid,
  payment: count,
  receipt: text,
  amountCents: count,
  paidAt: instant,
  receivedAt: instant,
} satisfies Readonly<Record<keyof ReceiptNews, Check>>);

const refusal = object({ id: uuid, receivedAt: instant } satisfies Readonly<Record<keyof MailRefusal, Check>>);

const rules = object({ service: text, version: count, workflow: text, registration: text });
const birth = object({ id: uuid, tenant: text, applicant: text, rules });

const state = object({
  id: uuid,
  tenant: text,
  applicant: text,
  rules,
  status: oneOf(...STATUSES),
  seq: count,
  actVersion: count,
  submission: count,
  documents: list,
  rounds: list,
  attention: list,
  processed: list,
} satisfies Readonly<Partial<Record<keyof PracticeState, Check>>>);

const start = object({
  birth,
  draft: object({ command: uuid, at: instant, actor }),
  page: (value) => typeof value === 'string',
  snapshot: optional(object({ state, clock: object({ deadlines: list }) })),
});

/** True when a value is a command, with its act. */
export function isCommand(value: unknown): value is Command {
  return command(value);
}

/** True when a value is news of a payment. */
export function isReceiptNews(value: unknown): value is ReceiptNews {
  return receipt(value);
}

/** True when a value is news of a mail that was refused. */
export function isMailRefusal(value: unknown): value is MailRefusal {
  return refusal(value);
}

/** True when a practice can begin, or go on, from a value. */
export function isPracticeStart(value: unknown): boolean {
  return start(value);
}

/** True when a value is a short text, such as a reason. */
export function isText(value: unknown): value is string {
  return text(value);
}
