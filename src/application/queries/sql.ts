import type { Database } from '../../platform/database';

/** SQL in which the first parameter is the tenant: one that does not say so does not compile. */
export type OfTenant = `${string}tenant_id = $1${string}`;

/**
 * Runs a statement that Prisma can't say (percentiles, merged pages) for one tenant. Everything else goes through the
 * viewer's client, which adds the tenant by itself; here the tenant is bound as `$1` by this function alone, statements
 * are made of constants of the program, and whatever comes from people is a parameter from `$2` on.
 */
export async function queryOfTenant<Row>(
  db: Pick<Database, 'pool'>,
  tenantId: string,
  statement: OfTenant,
  parameters: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await db.pool.query(statement, [tenantId, ...parameters]);
  return rows as Row[];
}
