import type { Rows } from './database';

/**
 * Takes the next number of a gapless counter. The row stays locked until the transaction ends: a rollback gives the
 * number back, two takers never share one, and no number is skipped.
 */
export async function takeNumber(tx: Rows, tenantId: string, name: string, year: number): Promise<number> {
  const rows = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO counter (tenant_id, name, year, last) VALUES (${tenantId}::uuid, ${name}, ${year}, 1)
    ON CONFLICT (tenant_id, name, year) DO UPDATE SET last = counter.last + 1
    RETURNING last`;
  const last = rows[0]?.last;
  if (last === undefined) throw new Error(`counter ${name} ${year} gave no number`);
  return last;
}
