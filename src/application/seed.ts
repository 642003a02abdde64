import type { Clock } from '../activities/ports/clock';
import type { Prisma } from '../generated/prisma/client';
import type { Database } from '../platform/database';
import { canonicalJson, uuidFromName } from '../platform/digest';
import { hashPassword } from './access/sessions';
import { DEMO_ACCOUNTS, DEMO_OFFICES, DEMO_TENANT } from './demo-data';
import type { ServiceDefinition } from './services/definition';
import { DEMO_SERVICES } from './services/demo-services';

export interface SeedTenant {
  readonly code: string;
  readonly name: string;
}

/** Id of a seeded row, derived from its name: seeding again finds it. */
export function seedId(tenant: string, kind: 'tenant' | 'office' | 'account', name: string): string {
  return uuidFromName(`seed:${tenant}:${kind}:${name}`);
}

/**
 * Brings the demo municipality into the database: offices, people, services. Safe to repeat, also on a database that an
 * older release has seeded; what exists is left as it is. Another tenant may be given, with the same people, for tests
 * of separation.
 */
export async function seedDemo(
  db: Database,
  clock: Clock,
  tenant: SeedTenant = DEMO_TENANT,
  services: readonly ServiceDefinition[] = DEMO_SERVICES,
): Promise<void> {
  const { prisma } = db;
  const createdAt = clock.now();
  const tenantId = seedId(tenant.code, 'tenant', tenant.code);
  await prisma.tenant.createMany({ data: [{ id: tenantId, ...tenant, createdAt }], skipDuplicates: true });
  await prisma.office.createMany({
    data: DEMO_OFFICES.map((office) => ({ id: seedId(tenant.code, 'office', office.code), tenantId, ...office })),
    skipDuplicates: true,
  });
  const known = new Set((await prisma.account.findMany({ where: { tenantId } })).map((row) => row.username));
  const fresh = DEMO_ACCOUNTS.filter((account) => !known.has(account.username));
  const data = await Promise.all(
    fresh.map(async ({ role, username, password, givenName, familyName, taxCode, email, offices }) => ({
      id: seedId(tenant.code, 'account', username),
      tenantId,
      username,
      passwordHash: await hashPassword(password),
      role,
      givenName,
      familyName,
      taxCode,
      email,
      officeIds: offices.map((code) => seedId(tenant.code, 'office', code)),
      createdAt,
    })),
  );
  await prisma.account.createMany({ data, skipDuplicates: true });
  for (const definition of services) await publishService(db, clock, tenant.code, definition);
}

/**
 * Publishes a version of a service. The same version again is accepted only if nothing in it changed.
 * @throws when the version is already published with another content (give it a new number), or when another service
 * has the same prefix of practice codes (choose another).
 */
export async function publishService(
  db: Database,
  clock: Clock,
  tenantCode: string,
  definition: ServiceDefinition,
): Promise<void> {
  const tenantId = seedId(tenantCode, 'tenant', tenantCode);
  const { code, version } = definition;
  const known = await db.prisma.serviceVersion.findUnique({
    where: { tenantId_code_version: { tenantId, code, version } },
  });
  if (known) {
    if (canonicalJson(known.definition) === canonicalJson(definition)) return;
    throw new Error(
      `${code} version ${version} is already published with another content: give it a new version number`,
    );
  }
  // Codes of practices would meet: two services may not count under the same letters.
  const taken = await db.prisma.serviceVersion.findFirst({
    where: { tenantId, code: { not: code }, definition: { path: ['codePrefix'], equals: definition.codePrefix } },
  });
  if (taken) {
    throw new Error(`the prefix ${definition.codePrefix} of ${code} is already that of ${taken.code}: choose another`);
  }
  await db.prisma.serviceVersion.create({
    data: {
      tenantId,
      code,
      version,
      officeIds: definition.offices.map((office) => seedId(tenantCode, 'office', office)),
      definition: definition as unknown as Prisma.InputJsonObject,
      publishedAt: clock.now(),
    },
  });
}
