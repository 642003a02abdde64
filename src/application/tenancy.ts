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
