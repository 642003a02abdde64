import { refuse } from '../../domain/errors';
import { asId, type Instant, type LegalDate } from '../../domain/ids';
import { STATUS_LABELS, type Status } from '../../domain/practice/states';
import { italianDate, romeText } from '../../domain/terms/rome';
import { valueAt } from '../../forms/profile/form';
import { displayValue, type Question } from '../../forms/questions';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import type { WrittenContent } from './contents';
import type { PracticeFilters } from './filters';
import { formFields, oneService } from './form-fields';
import { ATTENTION_LABELS } from './labels';
import type { ListItem } from './rows';

interface StandardColumn {
  readonly header: string;
  readonly cell: (item: ListItem) => string;
  readonly officeOnly?: true;
}

/** The columns that every practice has, in the order of a whole export. Words and dates are Italian, times are Rome's. */
export const STANDARD_COLUMNS = {
  id: { header: 'Identificativo', cell: ({ id }) => id },
  code: { header: 'Codice pratica', cell: ({ code }) => code ?? '' },
  service: { header: 'Servizio', cell: ({ serviceName }) => serviceName },
  status: { header: 'Stato', cell: ({ statusLabel }) => statusLabel },
  identity: {
    header: 'Identificazione',
    cell: ({ identity }) => (identity ? (identity.verified ? identity.provider : 'Identità non verificata') : ''),
  },
  applicant: { header: 'Richiedente', cell: ({ applicant }) => applicant.name },
  taxCode: { header: 'Codice fiscale', cell: ({ applicant }) => applicant.taxCode ?? '' },
  author: { header: 'Inserita da', cell: ({ author }) => author.label },
  createdAt: { header: 'Inserita il', cell: ({ createdAt }) => time(createdAt) },
  changedAt: { header: 'Ultima modifica', cell: ({ changedAt }) => time(changedAt) },
  confirmedAt: { header: 'Inviata il', cell: ({ confirmedAt }) => time(confirmedAt) },
  receivedAt: { header: 'Pervenuta il', cell: ({ receivedAt }) => time(receivedAt) },
  answerBy: { header: 'Risposta entro il', cell: ({ answerBy }) => date(answerBy) },
  late: { header: 'In ritardo', cell: ({ late }) => (late ? 'Sì' : 'No') },
  registration: { header: 'Protocollo', cell: ({ registrationText }) => registrationText ?? '' },
  registeredAt: { header: 'Protocollata il', cell: ({ registeredAt }) => time(registeredAt) },
  folder: { header: 'Fascicolo', cell: ({ folder }) => folder?.label ?? '' },
  office: { header: 'Ufficio', cell: ({ office }) => office?.name ?? '' },
  operator: { header: 'In carico a', cell: ({ assignee }) => assignee?.name ?? '' },
  priority: { header: 'Priorità', cell: ({ priority }) => priority?.label ?? '', officeOnly: true },
  phase: { header: 'Fase', cell: ({ phase }) => phase?.label ?? '' },
  area: { header: 'Zona', cell: ({ area }) => area?.label ?? '' },
  attention: {
    header: 'Richiede attenzione',
    cell: ({ attention }) => attention.map((reason) => attentionLabel(reason)).join(', '),
    officeOnly: true,
  },
  outcome: { header: 'Esito', cell: ({ outcome }) => (outcome ? STATUS_LABELS[outcome as Status] : '') },
  endedAt: { header: 'Conclusa il', cell: ({ endedAt }) => time(endedAt) },
} as const satisfies Record<string, StandardColumn>;

/** A column of an export: its header and how to fill it. */
export interface ExportColumn {
  readonly header: string;
  /** Path of a form field; absent for standard columns. */
  readonly path?: string;
  readonly cell: (item: ListItem, written: WrittenContent | undefined) => string;
}

const FIELD = /^data\.([a-zA-Z0-9_]+(?:\.[a-zA-Z0-9_]+)*)$/;

/**
 * The columns asked for: names of `STANDARD_COLUMNS` and form fields as `data.<path>`; all the standard ones when
 * none is asked. Refusals: `VALIDATION_FAILED` for unknown names, for columns that are the office's own, and for form
 * fields without exactly one service; `SERVICE_NOT_FOUND`.
 */
export async function exportColumns(
  viewer: Viewer,
  filters: PracticeFilters,
  wanted: readonly string[] | undefined,
): Promise<readonly ExportColumn[]> {
  const applicant = APPLICANT_ROLES.includes(viewer.role);
  if (!wanted) {
    const all: readonly StandardColumn[] = Object.values(STANDARD_COLUMNS);
    return all.filter(({ officeOnly }) => !(applicant && officeOnly));
  }
  const needsForm = wanted.some((name) => FIELD.test(name));
  const why = 'I campi del modulo ("data.…") si esportano di un servizio per volta: indica "service", una volta sola.';
  const fields = needsForm ? await formFields(viewer, oneService(filters, why)) : new Map<string, Question>();
  return wanted.map((name, index) => {
    const path = FIELD.exec(name)?.[1];
    const column = path === undefined ? standard(name, applicant) : ofField(path, fields.get(path));
    return column ?? unknown(name, index);
  });
}

function standard(name: string, applicant: boolean): ExportColumn | undefined {
  if (!Object.hasOwn(STANDARD_COLUMNS, name)) return undefined;
  const column: StandardColumn = STANDARD_COLUMNS[name as keyof typeof STANDARD_COLUMNS];
  return applicant && column.officeOnly ? undefined : column;
}

function ofField(path: string, question: Question | undefined): ExportColumn | undefined {
  if (!question) return undefined;
  return {
    header: question.label,
    path,
    cell: (_item, written) => {
      if (!written) return '';
      if (question.type === 'file') {
        return written.files.flatMap((file) => (file.field === path ? [file.name] : [])).join(', ');
      }
      const value = valueAt(written.content, path);
      return value === undefined || value === null ? '' : displayValue(question, value);
    },
  };
}

function unknown(name: string, index: number): never {
  const known = Object.keys(STANDARD_COLUMNS).join(', ');
  const message = `La colonna "${name}" non esiste. Ci sono: ${known}, e i campi del modulo come data.sezione.campo.`;
  return refuse('VALIDATION_FAILED', {}, [{ path: `columns.${index}`, rule: 'column', message }]);
}

function attentionLabel(reason: string): string {
  return Object.hasOwn(ATTENTION_LABELS, reason) ? ATTENTION_LABELS[reason as keyof typeof ATTENTION_LABELS] : reason;
}

/** As a spreadsheet reads date and time. */
function time(at: Instant | null): string {
  return at ? romeText(at).replace(',', '') : '';
}

function date(on: string | null): string {
  return on ? italianDate(asId<LegalDate>(on)) : '';
}
