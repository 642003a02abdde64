import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';

/** Rows read at a time: enough to keep the database busy, little enough to be forgotten again. */
export const BATCH = 500;

/**
 * Every matching practice in batches, first opened first, in memory that does not grow with their number. The order is
 * by id, which never changes: in an order by last change, what is touched while an export runs would be skipped.
 */
export async function* inBatches<S extends Prisma.PracticeSelect & { id: true }>(
  viewer: Viewer,
  where: Prisma.PracticeWhereInput,
  select: S,
): AsyncGenerator<Prisma.PracticeGetPayload<{ select: S }>[]> {
  let after: string | undefined;
  for (;;) {
    const rows = (await viewer.db.practice.findMany({
      where: { AND: [where, ...(after === undefined ? [] : [{ id: { gt: after } }])] },
      orderBy: { id: 'asc' },
      take: BATCH,
      select,
    })) as (Prisma.PracticeGetPayload<{ select: S }> & { readonly id: string })[];
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.id;
  }
}
