import { valueAt } from '../../forms/profile/form';
import { displayValue, type Question } from '../../forms/questions';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { inBatches } from './batches';
import { contentsOf } from './contents';
import type { PracticeFilters } from './filters';
import { formFields, oneService } from './form-fields';
import { matching } from './matching';
import { reporting } from './reporting';

/** Numbers of forms have at most two decimals: counted in hundredths, sums are exact. */
const HUNDREDTHS = 100;

/** What was answered to one question, over all the practices that match. */
class Tally {
  private count = 0;
  private hundredths = 0;
  private readonly values = new Map<string, number>();

  constructor(
    private readonly path: string,
    private readonly question: Question,
  ) {
    for (const value of countedValues(question)) this.values.set(value, 0);
  }

  add(value: unknown): void {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
    if (isNumber(this.question)) {
      // Drafts hold whatever was written.
      if (typeof value !== 'number' || !Number.isFinite(value)) return;
      this.hundredths += Math.round(value * HUNDREDTHS);
    }
    this.count += 1;
    const counted = this.values.get(String(value));
    if (counted !== undefined) this.values.set(String(value), counted + 1);
  }

  result() {
    const { path, question, count } = this;
    const sum = isNumber(question) ? this.hundredths / HUNDREDTHS : null;
    return {
      field: `data.${path}`,
      label: question.label,
      type: question.type,
      count,
      sum,
      mean: sum === null || count === 0 ? null : sum / count,
      values: [...this.values].map(([value, times]) => ({
        value,
        label: displayValue(question, value === 'true' ? true : value),
        count: times,
      })),
    };
  }
}

/**
 * Sum, mean and count of each numeric field of one service's form, count per value of each choice, and of every other
 * field how often it was answered, over the practices that the same filters let through. Refusals: those of the list,
 * `SERVICE_NOT_FOUND`, and `VALIDATION_FAILED` when not exactly one service is named.
 */
export async function aggregatePractices(app: Application, asker: Viewer, filters: PracticeFilters) {
  const viewer = reporting(app, asker);
  const service = oneService(
    filters,
    'Somme e medie si fanno di un servizio per volta: indica "service", una volta sola.',
  );
  const fields = await formFields(viewer, service);
  const tallies = new Map([...fields].map(([path, field]) => [path, new Tally(path, field)]));
  const { where } = await matching(app, viewer, filters, app.clock.now());
  let practices = 0;
  for await (const rows of inBatches(viewer, where, { id: true, status: true })) {
    practices += rows.length;
    const contents = await contentsOf(viewer, rows);
    for (const { content } of contents.values()) {
      for (const [path, tally] of tallies) tally.add(valueAt(content, path));
    }
  }
  return { service, practices, fields: [...tallies.values()].map((tally) => tally.result()) };
}

function isNumber(question: Question): boolean {
  return question.type === 'number' || question.type === 'currency';
}

/** Answers of which each is counted by itself. */
function countedValues(question: Question): readonly string[] {
  if (question.type === 'radio') return question.values.map(({ value }) => value);
  if (question.type === 'select' && 'values' in question.data) return question.data.values.map(({ value }) => value);
  return question.type === 'checkbox' ? ['true', 'false'] : [];
}
