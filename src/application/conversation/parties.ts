import { refuse } from '../../domain/errors';
import { APPLICANT_ROLES, OFFICE_ROLES, type Viewer } from '../access/viewer';
import { handles } from '../services/catalogue';

/** The two who write to each other about a practice. */
export type Side = 'applicant' | 'office';

/** On which side of a practice a viewer stands; undefined for who only oversees. */
export function sideOf(viewer: Viewer): Side | undefined {
  if (APPLICANT_ROLES.includes(viewer.role)) return 'applicant';
  return OFFICE_ROLES.includes(viewer.role) ? 'office' : undefined;
}

/** Refuses an officer whose offices do not handle the service: `OFFICE_NOT_ENTITLED`. */
export function assertEntitled(viewer: Viewer, officeIds: readonly string[]): void {
  if (OFFICE_ROLES.includes(viewer.role) && !handles(viewer, officeIds)) refuse('OFFICE_NOT_ENTITLED');
}

/** Refuses to write about what nobody but its author reads yet: `MESSAGES_NOT_OPEN`. */
export function assertOpen(practice: { readonly status: string; readonly submitCommand: string | null }): void {
  // One that was sent while the engine is away still has the row of a draft.
  if (practice.status === 'draft' && practice.submitCommand === null) refuse('MESSAGES_NOT_OPEN');
}
