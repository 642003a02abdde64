import { z } from 'zod';
import { refuse } from '../../domain/errors';
import { epochMs, type Instant } from '../../domain/ids';
import { isTaxCode, normalizeTaxCode } from '../../domain/people/tax-code';
import type { Rows } from '../../platform/database';
import { uuidv7 } from '../../platform/digest';

/** The citizen for whom an operator opens a practice. */
export const filedForSchema = z.strictObject({
  taxCode: z.string().min(1).max(30),
  givenName: z.string().trim().min(1).max(80),
  familyName: z.string().trim().min(1).max(80),
  email: z.email().max(254),
  phone: z.string().trim().min(6).max(25).optional(),
});

export type FiledFor = z.output<typeof filedForSchema>;

/**
 * The account of a citizen, found by tax code or made. A made one has no password: whoever proves that tax code with a
 * digital identity finds the practice in their area. Refusal: `VALIDATION_FAILED` for a wrong tax code.
 */
export async function personFor(
  tx: Rows,
  tenantId: string,
  given: FiledFor,
  language: string,
  now: Instant,
): Promise<string> {
  const taxCode = normalizeTaxCode(given.taxCode);
  if (!isTaxCode(taxCode)) {
    const message = 'Il codice fiscale non è corretto: deve avere 16 caratteri e il carattere di controllo giusto.';
    refuse('VALIDATION_FAILED', {}, [{ path: 'applicant.taxCode', rule: 'taxCode', message }]);
  }
  // Two operators who open something for the same person at once make one account.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`person:${tenantId}/${taxCode}`}, 0))`;
  const known = await tx.account.findFirst({
    where: { tenantId, taxCode, role: 'citizen', kind: { in: ['account', 'invited'] } },
    orderBy: { createdAt: 'asc' },
  });
  if (known) return known.id;
  const id = uuidv7(epochMs(now));
  const { givenName, familyName, email, phone } = given;
  await tx.account.create({
    data: {
      id,
      tenantId,
      username: `invited:${id}`,
      passwordHash: '-',
      role: 'citizen',
      kind: 'invited',
      givenName,
      familyName,
      taxCode,
      email,
      phone: phone ?? null,
      language,
      officeIds: [],
      createdAt: now,
    },
  });
  return id;
}
