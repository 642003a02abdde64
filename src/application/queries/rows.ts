import { instant } from '../../domain/ids';
import type { Priority } from '../../domain/practice/events';
import { STATUS_LABELS, type Status } from '../../domain/practice/states';
import { displayValue, questionAt } from '../../forms/questions';
import { formOf } from '../../forms/sections-form';
import type { Prisma } from '../../generated/prisma/client';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import type { Companions } from './companions';
import { AUTHOR_LABELS, type AuthorKind, PRIORITY_LABELS, registrationText } from './labels';

/** Columns that a list reads; the snapshot, which is large, is not among them. */
export const LIST_COLUMNS = {
  id: true,
  code: true,
  serviceCode: true,
  serviceVersion: true,
  status: true,
  actVersion: true,
  assigneeId: true,
  officeId: true,
  createdAt: true,
  changedAt: true,
  confirmedAt: true,
  receivedAt: true,
  registeredAt: true,
  endedAt: true,
  answerBy: true,
  registration: true,
  attention: true,
  late: true,
  authorKind: true,
  priority: true,
  priorityRank: true,
  phase: true,
  applicantName: true,
  applicantTaxCode: true,
  identity: true,
  identityLevel: true,
  folderId: true,
  area: true,
  outcome: true,
  language: true,
} as const satisfies Prisma.PracticeSelect;

export type ListRow = Prisma.PracticeGetPayload<{ select: typeof LIST_COLUMNS }>;

/** A row as a list shows it to this viewer. Applicants learn who is in charge, not the account, and no priority. */
export function listItem(viewer: Viewer, row: ListRow, known: Companions) {
  const applicant = APPLICANT_ROLES.includes(viewer.role);
  const { definition } = known.service(row);
  const status = row.status as Status;
  const author = row.authorKind as AuthorKind;
  const priority = row.priority as Priority;
  const phase = definition.phases?.find(({ key }) => key === row.phase);
  const operator = row.assigneeId === null ? undefined : known.person(row.assigneeId);
  return {
    id: row.id,
    code: row.code,
    serviceCode: row.serviceCode,
    serviceName: definition.name,
    status,
    statusLabel: STATUS_LABELS[status],
    actVersion: row.actVersion,
    applicant: { name: row.applicantName, taxCode: row.applicantTaxCode },
    identity:
      row.identity === null
        ? null
        : { provider: row.identity, level: row.identityLevel, verified: row.identity !== 'unverified' },
    author: { kind: author, label: AUTHOR_LABELS[author] },
    createdAt: instant(row.createdAt),
    changedAt: instant(row.changedAt),
    confirmedAt: moment(row.confirmedAt),
    receivedAt: moment(row.receivedAt),
    answerBy: day(row.answerBy),
    late: row.late,
    attention: row.attention,
    // The name of who is in charge is the applicant's right (L. 241/1990 art. 8), the account is not.
    assignee: operator === undefined ? null : { id: applicant ? null : row.assigneeId, name: operator },
    office: known.office(row),
    priority: applicant ? null : { value: priority, label: PRIORITY_LABELS[priority] },
    phase: phase ? { key: phase.key, label: phase.label } : null,
    registration: row.registration,
    registrationText: registrationText({ ...row, needed: definition.registration !== 'none' }),
    registeredAt: moment(row.registeredAt),
    folder: known.folder(row),
    area: row.area === null ? null : { value: row.area, label: areaLabel(known, row, row.area) },
    outcome: row.outcome,
    endedAt: moment(row.endedAt),
    language: row.language,
    href: `/api/v1/practices/${row.id}`,
  };
}

export type ListItem = ReturnType<typeof listItem>;

/** The name of the area that an applicant chose. */
function areaLabel(known: Companions, row: ListRow, area: string): string {
  const { form, areaField } = known.service(row).definition;
  const question = areaField === undefined ? undefined : questionAt(formOf(form), areaField);
  return question ? displayValue(question, area) : area;
}

function moment(at: Date | null) {
  return at ? instant(at) : null;
}

function day(at: Date | null): string | null {
  return at ? at.toISOString().slice(0, 10) : null;
}
