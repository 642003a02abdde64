import { z } from 'zod';
import { refuse } from '../../domain/errors';
import { canonicalJson, sha256 } from '../../platform/digest';
import { type Position, type Sort, sortRule } from './sorts';

/** How far a reader has come. Opaque to clients, not secret: rights are judged again on every page. */
export interface Reading {
  /** Absent when the page held only exact hits of a search. */
  readonly after?: Position | undefined;
  /** Rows that the first page showed ahead of their place. */
  readonly ahead: readonly string[];
}

const START: Reading = { ahead: [] };

const cursorSchema = z.strictObject({
  /** What is read: sort and filters. */
  of: z.string().length(16),
  at: z.tuple([z.union([z.string().max(400), z.number(), z.null()]), z.uuid()]).optional(),
  ahead: z.array(z.uuid()).max(10),
});

/** Digest of what is being read, so that a cursor is not used for another list. */
function digestOf(sort: Sort | string, filters: object): string {
  return sha256(canonicalJson({ sort, filters })).slice(0, 16);
}

/** `next` of a page. */
export function writeCursor(sort: Sort | string, filters: object, { after, ahead }: Reading): string {
  const content = { of: digestOf(sort, filters), ...(after && { at: [after.value, after.id] }), ahead };
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/**
 * Where to go on. Refusal: `VALIDATION_FAILED` when the cursor is not ours, or was given for other filters or another
 * sort: begin again without it.
 */
export function readCursor(sort: Sort, filters: object, cursor: string | undefined): Reading {
  const { holds, nullable } = sortRule(sort);
  return read(sort, filters, cursor, (value) => (value === null ? nullable : FITS[holds](value)));
}

/** The same for a list with one order only, by instant. */
export function readInstantCursor(name: string, filters: object, cursor: string | undefined): Reading {
  return read(name, filters, cursor, (value) => value !== null && FITS.instant(value));
}

function read(
  sort: Sort | string,
  filters: object,
  cursor: string | undefined,
  fits: (value: Position['value']) => boolean,
): Reading {
  if (cursor === undefined) return START;
  const parsed = cursorSchema.safeParse(decoded(cursor));
  if (!parsed.success) return wrong('cursor', 'Usa il valore "next" ricevuto con la pagina precedente.');
  const { of, at, ahead } = parsed.data;
  if (of !== digestOf(sort, filters)) {
    return wrong(
      'otherList',
      'Il valore è di una lista con altri filtri o un altro ordine: ricomincia dalla prima pagina.',
    );
  }
  if (!at) return { ahead };
  const [value, id] = at;
  if (!fits(value)) return wrong('cursor', 'Usa il valore "next" ricevuto con la pagina precedente.');
  return { after: { value, id }, ahead };
}

// Years that PostgreSQL can't hold, or text with a NUL, would be an unforeseen error further in.
const instantText = z.iso.datetime().regex(/^[12]/);
const FITS: Readonly<Record<'instant' | 'date' | 'text' | 'number', (value: string | number) => boolean>> = {
  instant: (value) => instantText.safeParse(value).success,
  date: (value) => instantText.safeParse(value).success,
  text: (value) => typeof value === 'string' && !value.includes('\u0000') && !/\p{Surrogate}/u.test(value),
  number: (value) => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1000,
};

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function wrong(rule: string, message: string): never {
  return refuse('VALIDATION_FAILED', {}, [{ path: 'cursor', rule, message }]);
}
