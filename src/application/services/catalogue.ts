import { refuse } from '../../domain/errors';
import type { PrismaClient } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import { type ServiceDefinition, serviceDefinitionSchema } from './definition';

export interface PublishedService {
  readonly definition: ServiceDefinition;
  readonly officeIds: readonly string[];
}

/** The newest version of a service. Refusal: `SERVICE_NOT_FOUND`. */
export async function currentService(db: PrismaClient, code: string): Promise<PublishedService> {
  const row = await db.serviceVersion.findFirst({ where: { code }, orderBy: { version: 'desc' } });
  if (!row) return refuse('SERVICE_NOT_FOUND', { service: code });
  return { definition: readDefinition(row.definition), officeIds: row.officeIds };
}

/** The version with which a practice lives. It was published, so it exists. */
export async function serviceOf(
  db: Pick<PrismaClient, 'serviceVersion'>,
  practice: { readonly tenantId: string; readonly serviceCode: string; readonly serviceVersion: number },
): Promise<PublishedService> {
  const { tenantId, serviceCode: code, serviceVersion: version } = practice;
  const row = await db.serviceVersion.findUniqueOrThrow({
    where: { tenantId_code_version: { tenantId, code, version } },
  });
  return { definition: readDefinition(row.definition), officeIds: row.officeIds };
}

/** Newest version of every service of the tenant, by name. */
export async function listServices(db: PrismaClient): Promise<readonly ServiceDefinition[]> {
  const rows = await db.serviceVersion.findMany({ orderBy: [{ code: 'asc' }, { version: 'desc' }] });
  const newest = new Map<string, ServiceDefinition>();
  for (const row of rows) if (!newest.has(row.code)) newest.set(row.code, readDefinition(row.definition));
  return [...newest.values()].sort((a, b) => a.name.localeCompare(b.name, 'it'));
}

/** True when one of the viewer's offices handles the service. */
export function handles(viewer: Viewer, officeIds: readonly string[]): boolean {
  return officeIds.some((id) => viewer.officeIds.includes(id));
}

/** A stored definition. Those of the first release lack what came later: defaults are what they meant. */
export function readDefinition(stored: unknown): ServiceDefinition {
  const definition = stored as ServiceDefinition;
  return 'access' in definition ? definition : serviceDefinitionSchema.parse(stored);
}
