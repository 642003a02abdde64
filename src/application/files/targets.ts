import { refuse } from '../../domain/errors';
import { ACT_LABELS } from '../../domain/practice/acts';
import { STATUS_LABELS, type Status } from '../../domain/practice/states';
import { questionsOf } from '../../forms/questions';
import { formOf } from '../../forms/sections-form';
import { OFFICE_ROLES, type Viewer } from '../access/viewer';
import { assertEntitled, assertOpen, sideOf } from '../conversation/parties';
import { integrationField, openRequest } from '../practices/integration';
import type { visiblePractice } from '../practices/visibility';
import type { PublishedService } from '../services/catalogue';
import type { Wanted } from './inspect';
import { PLACES, type PlaceName, placeOf } from './places';

type PracticeRow = Awaited<ReturnType<typeof visiblePractice>>;

/** Where a file goes, and what is taken there. */
export interface Target extends Wanted {
  readonly place: PlaceName;
  readonly maxMegabytes: number;
}

const ACT_LABEL = 'Carica un allegato';

/**
 * Judges who may upload for a field now, and says what is taken there. Refusals: `VALIDATION_FAILED` (no such field),
 * `DRAFT_FROZEN`, `NOT_APPLICANT`, `ACT_NOT_ALLOWED_IN_STATE` (observations without a rejection notice), `NOT_ASSIGNEE`
 * (files of decisions and communications), `OFFICE_NOT_ENTITLED`, `MESSAGES_NOT_OPEN`, `FORBIDDEN`.
 */
export async function targetOf(
  viewer: Viewer,
  practice: PracticeRow,
  service: PublishedService,
  field: string,
): Promise<Target> {
  switch (placeOf(field)) {
    case 'message':
      assertEntitled(viewer, service.officeIds);
      assertOpen(practice);
      return targetAt('message');
    case 'note':
      assertOfficer(viewer, service.officeIds);
      return targetAt('note');
    case 'decision':
      assertAssignee(viewer, practice, service.officeIds);
      return targetAt('decision');
    case 'communication':
      assertAssignee(viewer, practice, service.officeIds);
      return targetAt('communication');
    case 'observations':
      assertNoticed(viewer, practice);
      return targetAt('observations');
    default:
      return writtenBy(viewer, practice, service, field);
  }
}

function targetAt(place: PlaceName): Target {
  const { accept, maxMegabytes } = PLACES[place];
  return { place, accept, maxMegabytes };
}

/** The open integration request where there is one, otherwise the draft. */
async function writtenBy(
  viewer: Viewer,
  practice: PracticeRow,
  { definition }: PublishedService,
  field: string,
): Promise<Target> {
  const open = await openRequest(viewer.db, practice.snapshot);
  const mine = practice.applicantId === viewer.accountId || (!open && practice.authorId === viewer.accountId);
  if (!mine) refuse('NOT_APPLICANT', { actLabel: ACT_LABEL });
  if (open) {
    const wanted = open.request.documents.map(({ key }) => integrationField(open.round, key));
    return wanted.includes(field) ? targetAt('integration') : unknownField(wanted);
  }
  if (practice.status !== 'draft' || practice.submitCommand) refuse('DRAFT_FROZEN', frozenAs(practice));
  const questions = questionsOf(formOf(definition.form)).filter((row) => row.question.type === 'file');
  const question = questions.find(({ path }) => path === field)?.question;
  if (question?.type !== 'file') return unknownField(questions.map(({ path }) => path));
  const { accept, maxMegabytes } = definition.attachments;
  return {
    place: 'form',
    accept: accept.filter((kind) => PLACES.form.accept.includes(kind)),
    maxMegabytes: Math.min(maxMegabytes, PLACES.form.maxMegabytes),
    ...(question.signed && { signedFor: question.label }),
  };
}

/** A submission that the engine has not shown yet still has the row of a draft: people are told that it was sent. */
export function frozenAs({ status, submitCommand }: Pick<PracticeRow, 'status' | 'submitCommand'>): {
  readonly statusLabel: string;
} {
  return { statusLabel: STATUS_LABELS[status === 'draft' && submitCommand ? 'submitted' : (status as Status)] };
}

function unknownField(wanted: readonly string[]): never {
  const message = wanted.length > 0 ? `Usa uno di: ${wanted.join(', ')}.` : 'Ora non è richiesto alcun allegato.';
  return refuse('VALIDATION_FAILED', {}, [{ path: 'field', rule: 'unknown', message }]);
}

function assertOfficer(viewer: Viewer, officeIds: readonly string[]): void {
  if (sideOf(viewer) !== 'office') refuse('FORBIDDEN', { role: viewer.role, roles: OFFICE_ROLES.join(', ') });
  assertEntitled(viewer, officeIds);
}

function assertAssignee(viewer: Viewer, practice: PracticeRow, officeIds: readonly string[]): void {
  assertOfficer(viewer, officeIds);
  if (practice.assigneeId === viewer.accountId) return;
  refuse('NOT_ASSIGNEE', { actLabel: ACT_LABEL, held: practice.assigneeId !== null });
}

function assertNoticed(viewer: Viewer, practice: PracticeRow): void {
  const actLabel = ACT_LABELS.submitObservations;
  if (practice.applicantId !== viewer.accountId) refuse('NOT_APPLICANT', { actLabel });
  if (practice.status === 'rejectionNoticed') return;
  const { statusLabel } = frozenAs(practice);
  refuse('ACT_NOT_ALLOWED_IN_STATE', { actLabel, statusLabel, allowedIn: STATUS_LABELS.rejectionNoticed });
}
