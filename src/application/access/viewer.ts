import type { Actor, Role } from '../../domain/practice/acts';
import type { PrismaClient } from '../../generated/prisma/client';

/** Who is asking: one account of one tenant. */
export interface Viewer {
  readonly accountId: string;
  readonly tenantId: string;
  readonly tenantCode: string;
  readonly role: Role;
  readonly officeIds: readonly string[];
  readonly sessionId: string;
  /** Who vouched for the person: `local`, `spid`, `cie`, or `none` without login. */
  readonly provider: string;
  /** How surely: 0 nobody did, 1 password, 2 and 3 as SPID and CIE. */
  readonly level: number;
  /** The database limited to the viewer's tenant. */
  readonly db: PrismaClient;
}

/** The viewer as the engine knows people. */
export function actorOf(viewer: Viewer): Actor {
  return { id: viewer.accountId, role: viewer.role };
}

/** Roles that file applications. */
export const APPLICANT_ROLES: readonly Role[] = ['citizen', 'professional', 'delegate'];
/** Roles that work on them. */
export const OFFICE_ROLES: readonly Role[] = ['operator', 'manager'];
/** Roles that may read every practice of the body, except drafts. */
export const OVERSIGHT_ROLES: readonly Role[] = ['administrator', 'auditor'];
