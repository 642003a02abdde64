import type { Role } from '../../domain/practice/acts';
import { APPLICANT_ROLES, OFFICE_ROLES, type Viewer } from '../access/viewer';
import { servicesOfOffices } from '../practices/visibility';
import { currentService, listServices } from '../services/catalogue';

export interface OperatorFilters {
  /** Code of an office. */
  readonly office?: string | undefined;
  /** Code of a service: those who may receive its practices. */
  readonly service?: string | undefined;
  readonly enabled?: boolean | undefined;
}

/** Who also sees how an operator logs in and is reached. */
const MANAGING: readonly Role[] = ['manager', 'administrator'];

/**
 * Operators and managers of the body by family name, with their offices; user names and addresses only for who manages
 * them. Refusal: `SERVICE_NOT_FOUND`.
 */
export async function listOperators(viewer: Viewer, { office, service, enabled }: OperatorFilters) {
  const offices = await viewer.db.office.findMany({ orderBy: { name: 'asc' } });
  const wanted = offices.filter(({ code }) => office === undefined || code === office).map(({ id }) => id);
  const handling = service === undefined ? undefined : (await currentService(viewer.db, service)).officeIds;
  const accounts = await viewer.db.account.findMany({
    where: {
      role: { in: [...OFFICE_ROLES] },
      ...(enabled !== undefined && { enabled }),
      AND: [
        ...(office === undefined ? [] : [{ officeIds: { hasSome: wanted } }]),
        ...(handling === undefined ? [] : [{ officeIds: { hasSome: [...handling] } }]),
      ],
    },
    orderBy: [{ familyName: 'asc' }, { givenName: 'asc' }, { id: 'asc' }],
  });
  const managing = MANAGING.includes(viewer.role);
  return accounts.map((account) => ({
    id: account.id,
    name: `${account.givenName} ${account.familyName}`,
    role: account.role as Role,
    offices: offices.filter(({ id }) => account.officeIds.includes(id)).map(({ code, name }) => ({ code, name })),
    enabled: account.enabled,
    username: managing ? account.username : null,
    email: managing ? account.email : null,
  }));
}

/** Offices of the body by name, with the services that they handle now. Their address is for those who work there. */
export async function listOffices(viewer: Viewer) {
  const offices = await viewer.db.office.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  const services = await listServices(viewer.db);
  const applicant = APPLICANT_ROLES.includes(viewer.role);
  return Promise.all(
    offices.map(async ({ id, code, name, email }) => {
      const keys = await servicesOfOffices(viewer, [id]);
      const handled = services.filter((service) =>
        keys.some((key) => key.code === service.code && key.version === service.version),
      );
      return {
        code,
        name,
        email: applicant ? null : email,
        services: handled.map((service) => ({ code: service.code, name: service.name })),
      };
    }),
  );
}
