import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { romeDate } from '../../domain/terms/rome';
import type { Database } from '../../platform/database';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { inBatches } from './batches';
import { Companions } from './companions';
import { contentsOf } from './contents';
import { type ExportColumn, exportColumns } from './export-columns';
import type { PracticeFilters } from './filters';
import { matching } from './matching';
import { reporting } from './reporting';
import { LIST_COLUMNS, type ListRow, listItem } from './rows';

export interface CsvFile {
  readonly name: string;
  readonly content: Readable;
}

/**
 * The matching practices as CSV for an Italian spreadsheet: semicolons, byte order mark, CRLF; text that a spreadsheet
 * would take for a formula is preceded by an apostrophe (OWASP, "CSV injection"). Rows are read while the file is sent,
 * so memory does not grow with them. Refusals come before the first byte: those of the list and of `exportColumns`.
 */
export async function exportPractices(
  app: Application,
  asker: Viewer,
  filters: PracticeFilters,
  wanted: readonly string[] | undefined,
): Promise<CsvFile> {
  const viewer = reporting(app, asker);
  const now = app.clock.now();
  const columns = await exportColumns(viewer, filters, wanted);
  const { where } = await matching(app, viewer, filters, now);
  const batches = inBatches(viewer, where, LIST_COLUMNS);
  // A database that is away is told by a status, not by half a file.
  const first = await batches.next();
  const csv = stringify({
    header: true,
    columns: columns.map(({ header }, index) => ({ key: String(index), header })),
    delimiter: ';',
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  // An error or a reader that leaves ends both sides; Fastify logs it and cuts the answer, which is chunked.
  pipeline(Readable.from(records(app.db.reports(), viewer, columns, first, batches)), csv, () => undefined);
  return { name: `pratiche-${romeDate(now)}.csv`, content: csv };
}

async function* records(
  db: Pick<Database, 'pool'>,
  viewer: Viewer,
  columns: readonly ExportColumn[],
  first: IteratorResult<ListRow[], unknown>,
  batches: AsyncGenerator<ListRow[]>,
): AsyncGenerator<string[]> {
  const known = new Companions(db, viewer);
  const withForm = columns.some(({ path }) => path !== undefined);
  for (let batch = first; !batch.done; batch = await batches.next()) {
    const rows = batch.value;
    await known.learn(rows);
    const contents = withForm ? await contentsOf(viewer, rows) : undefined;
    for (const row of rows) {
      const item = listItem(viewer, row, known);
      yield columns.map(({ cell }) => safe(cell(item, contents?.get(row.id))));
    }
  }
}

/** Blanks in front would hide a formula from the library, not from every spreadsheet. */
function safe(text: string): string {
  return text.trim();
}
