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

/** A version of a service, as a practice names it. */
interface ServiceName {
  readonly tenantId: string;
  readonly serviceCode: string;
  readonly serviceVersion: number;
}

/** Versions in use at once are far fewer; the oldest used is read again. */
const KEPT = 500;
const kept = new Map<string, PublishedService>();

/**
 * The version with which a practice lives. It was published, so it exists; and a published version never changes, so
 * it is read once per process.
 */
export async function serviceOf(
  db: Pick<PrismaClient, 'serviceVersion'>,
  practice: ServiceName,
): Promise<PublishedService> {
  const { tenantId, serviceCode: code, serviceVersion: version } = practice;
  const key = `${tenantId}/${code}/${version}`;
  const known = knownService(practice);
  if (known) return known;
  const row = await db.serviceVersion.findUniqueOrThrow({
    where: { tenantId_code_version: { tenantId, code, version } },
  });
  const service = { definition: readDefinition(row.definition), officeIds: row.officeIds };
  kept.set(key, service);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return service;
}

/** The same, if this process has read it already. */
export function knownService({ tenantId, serviceCode, serviceVersion }: ServiceName): PublishedService | undefined {
  const key = `${tenantId}/${serviceCode}/${serviceVersion}`;
  const known = kept.get(key);
  if (known) {
    // The most recently used is the last to go.
    kept.delete(key);
    kept.set(key, known);
  }
  return known;
}

/** Forgets what was read: for a process that turns to another database, as tests do. */
export function forgetServices(): void {
  kept.clear();
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
