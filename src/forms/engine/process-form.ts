import { Processors, processSync } from '@formio/core/process';
import type { LegalDate } from '../../domain/ids';
import type { Content, FormProfile } from '../profile/form';
import { type CoreComponent, coreForm, ROW_MARK } from './core-form';
import { readContent } from './read';
import type { FormError, FormResult } from './result';
import { look } from './visibility';

/** What the engine underneath tells of a broken rule; only what is used. */
interface CoreError {
  readonly ruleName: string;
  readonly errorKeyOrMessage: string;
  readonly context: { readonly path: string; readonly setting?: unknown };
}

const prepared = new WeakMap<FormProfile, CoreComponent[]>();

/** Hiding one question may hide another that stands before it; a form in which this never ends is judged as it is then. */
const MOST_PASSES = 6;

/**
 * Judges a whole content by its form: reads every value into its normal form, computes what is calculated, finds what is
 * shown, and tells every rule that is broken. Whoever asks for one step picks its errors: judging part of a form would
 * lose the rest of the content.
 * @param form a published form, whose parts have been put in
 * @param content what was written, in any state
 * @param today date in Rome, against which days are judged
 */
export function processForm(form: FormProfile, content: Content, today: LegalDate): FormResult {
  const read = readContent(form.components, content, today);
  let judged = judge(form, read.content);
  let seen = look(form.components, judged.content);
  for (let pass = 1; seen.leftover && pass < MOST_PASSES; pass += 1) {
    judged = judge(form, judged.content);
    seen = look(form.components, judged.content);
  }
  const { visible } = seen;
  const wrong = new Set(read.errors.map(({ path }) => path));
  const errors = [
    // What a condition hides may be wrong: it goes with what it belongs to.
    ...read.errors.filter(({ path, rule }) => rule === 'unknown' || shown(path, visible)),
    ...judged.errors.filter(({ path }) => !wrong.has(path) && visible.has(path)),
  ];
  return { content: judged.content, visible, errors: inOrder(errors, [...visible]) };
}

/** In the order of the form; what is no component comes right after what it stands in, or last. */
function inOrder(errors: readonly FormError[], visible: readonly string[]): FormError[] {
  const places = new Map(visible.map((path, index) => [path, index]));
  const place = (path: string): number => {
    const end = path.lastIndexOf('.');
    return places.get(path) ?? (end < 0 ? visible.length : place(path.slice(0, end)) + 0.5);
  };
  return [...errors].sort((one, other) => place(one.path) - place(other.path));
}

function judge(form: FormProfile, content: Record<string, unknown>): Pick<FormResult, 'content' | 'errors'> {
  const ready = prepared.get(form) ?? coreForm(form.components);
  prepared.set(form, ready);
  // It notes on the components what it found out about them.
  const components = structuredClone(ready);
  const data = marked(content);
  const context = {
    components,
    form: { components },
    data,
    submission: { data },
    scope: {} as { errors?: readonly CoreError[] },
    processors: Processors,
    config: {},
  };
  processSync(context as never);
  return { content: unmarked(context.data), errors: (context.scope.errors ?? []).map(toError) };
}

/** Gives each row something to keep: the engine underneath drops rows in which nothing was answered. */
function marked(content: Record<string, unknown>): Record<string, unknown> {
  return changed(content, (row) => ({ ...row, [ROW_MARK]: true }));
}

function unmarked(content: Record<string, unknown>): Record<string, unknown> {
  return changed(content, ({ [ROW_MARK]: _mark, ...row }) => row);
}

/** The same content with every row changed. */
function changed(content: Record<string, unknown>, change: (row: Fields) => Fields): Fields {
  const one = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((row) => (isFields(row) ? change(changed(row, change)) : row));
    return isFields(value) ? changed(value, change) : value;
  };
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, one(value)]));
}

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Rules of the engine underneath under our names. */
const RULES: Readonly<Record<string, string>> = {
  required: 'required',
  array_nonempty: 'required',
  minLength: 'tooShort',
  min: 'tooSmall',
  max: 'tooLarge',
  minSelectedCount: 'tooFew',
  maxSelectedCount: 'tooMany',
  json: 'logic',
  number: 'number',
};

function toError({ ruleName, errorKeyOrMessage, context }: CoreError): FormError {
  // What an expression computed may be anything: people are told that it does not fit, whatever the rule is called there.
  const rule = RULES[ruleName] ?? 'logic';
  const { setting } = context;
  const limit = typeof setting === 'number' || typeof setting === 'string' ? { limit: Number(setting) } : {};
  const said = ruleName === 'json' && errorKeyOrMessage !== 'jsonLogic' ? { text: errorKeyOrMessage } : {};
  return { path: dotted(context.path), rule, params: { ...limit, ...said } };
}

/** True when what stands at a path is shown. Numbers of rows and the `data` of parts are no components. */
function shown(path: string, visible: ReadonlySet<string>): boolean {
  if (visible.has(path)) return true;
  const parent = /^(.+)\.(?:\d+|data)$/.exec(path)?.[1];
  return parent !== undefined && shown(parent, visible);
}

function dotted(path: string): string {
  return path.replace(/\[(\d+)\]/g, '.$1');
}
