import type { EventType } from '../../domain/practice/events';
import { columns } from '../terminal';
import { registrationText, romeDateTime } from './text';

/**
 * A row of a timeline as the reference manual has it: its words, and the event that they stand for. The words are
 * written here by hand, not taken from the product's tables: a label that is changed there shows as a difference.
 */
export type ManualRow = readonly [label: string, event: EventType];

/** What the comparison needs of an event of the timeline. */
export interface Happened {
  readonly type: string;
  readonly label: string;
  readonly statusLabel: string;
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A line of the comparison: a requirement, what happened, or both when one is the other. */
export interface ComparedRow {
  readonly required?: string;
  readonly happened?: Happened;
  /** What is wrong, in a few words. */
  readonly difference?: string;
}

/**
 * Lays the timeline beside the manual. Requirements are met in their order, by the first event of their kind that has the
 * required words as its label or as the state it leads to; events that the manual does not name stand alone.
 */
export function compare(manual: readonly ManualRow[], happened: readonly Happened[]): readonly ComparedRow[] {
  const rows: ComparedRow[] = [];
  let next = 0;
  for (const [required, type] of manual) {
    const found = happened.findIndex((event, index) => index >= next && event.type === type);
    const event = happened[found];
    if (!event) {
      rows.push({ required, difference: 'missing' });
      continue;
    }
    for (const other of happened.slice(next, found)) rows.push({ happened: other });
    next = found + 1;
    const same = event.label === required || event.statusLabel === required;
    rows.push({ required, happened: event, ...(!same && { difference: 'other words' }) });
  }
  return [...rows, ...happened.slice(next).map((event) => ({ happened: event }))];
}

/** The comparison as text: what the manual requires on the left, what happened on the right. */
export function sideBySide(rows: readonly ComparedRow[]): readonly string[] {
  const head = ['', 'The manual requires', 'Happened', '', 'State', 'Register'];
  return columns([head, ...rows.map(cells)]);
}

function cells({ required = '', happened, difference }: ComparedRow): readonly string[] {
  const mark = difference ? '✗' : required && '✓';
  if (!happened) return [mark, required, difference ?? '', '', '', ''];
  const { label, statusLabel, at, data } = happened;
  const { number, year } = data;
  const registered = typeof number === 'string' && typeof year === 'number' ? registrationText({ number, year }) : '';
  return [mark, required, romeDateTime(at), difference ? `${label} (${difference})` : label, statusLabel, registered];
}
