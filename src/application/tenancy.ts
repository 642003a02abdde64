import { asId, type TenantCode } from '../domain/ids';
import type { PrismaClient } from '../generated/prisma/client';

/** Models whose rows belong to a tenant by a column other than `tenantId`, or to none. */
const UNSCOPED: ReadonlySet<string> = new Set(['Tenant']);
const WITH_WHERE: ReadonlySet<string> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'update',
  'updateMany',
  'delete',
  'deleteMany',
  'count',
  'aggregate',
  'groupBy',
]);

/**
 * The database as one tenant sees it: every query of every model is limited to its rows and every row it creates is
 * its own. This is the only place where requests of people and integrators get a database client; forgetting a tenant
 * in a query is therefore not possible. Raw SQL is refused.
 */
export function forTenant(prisma: PrismaClient, tenantId: string): PrismaClient {
  const known = scopedClients.get(prisma) ?? new Map<string, PrismaClient>();
  scopedClients.set(prisma, known);
  const client = known.get(tenantId) ?? scopedTo(prisma, tenantId);
  known.set(tenantId, client);
  return client;
}

/** One per tenant and process: making one costs more than a query. */
const scopedClients = new WeakMap<PrismaClient, Map<string, PrismaClient>>();

function scopedTo(prisma: PrismaClient, tenantId: string): PrismaClient {
  const scoped = prisma.$extends({
    name: 'tenant',
    query: {
      $allModels: {
        async $allOperations({ model, operation, args, query }) {
          return query(UNSCOPED.has(model) ? args : scopeArguments(operation, args, tenantId));
        },
      },
      $queryRawUnsafe: () => {
        throw new Error('raw SQL is not allowed through a tenant’s client');
      },
      $executeRawUnsafe: () => {
        throw new Error('raw SQL is not allowed through a tenant’s client');
      },
    },
  });
  // The extension adds no method and changes no type: only arguments, at run time.
  return scoped as unknown as PrismaClient;
}

const tenantCodes = new Map<string, TenantCode>();

/** Code of a tenant. It names folders and workflows and never changes, so it is read once per process. */
export async function tenantCodeOf(db: Pick<PrismaClient, 'tenant'>, tenantId: string): Promise<TenantCode> {
  const known = tenantCodes.get(tenantId);
  if (known) return known;
  const { code } = await db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { code: true } });
  tenantCodes.set(tenantId, asId<TenantCode>(code));
  return asId<TenantCode>(code);
}

type Arguments = Record<string, unknown>;

function scopeArguments<T>(operation: string, args: T, tenantId: string): T {
  const given = (args ?? {}) as Arguments;
  const where = { ...(given['where'] as Arguments | undefined), tenantId };
  if (WITH_WHERE.has(operation)) return { ...given, where } as T;
  if (operation === 'create') return { ...given, data: owned(given['data'], tenantId) } as T;
  if (operation === 'createMany' || operation === 'createManyAndReturn') {
    const data = given['data'];
    return {
      ...given,
      data: Array.isArray(data) ? data.map((row) => owned(row, tenantId)) : owned(data, tenantId),
    } as T;
  }
  if (operation === 'upsert') return { ...given, where, create: owned(given['create'], tenantId) } as T;
  throw new Error(`operation ${operation} is not scoped by tenant`);
}

function owned(data: unknown, tenantId: string): Arguments {
  return { ...(data as Arguments), tenantId };
}
