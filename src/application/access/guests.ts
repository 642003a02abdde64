import { z } from 'zod';
import { refuse } from '../../domain/errors';
import { epochMs, type Instant } from '../../domain/ids';
import { isTaxCode, normalizeTaxCode } from '../../domain/people/tax-code';
import { uuidv7 } from '../../platform/digest';
import type { Application } from '../application';
import { forTenant } from '../tenancy';
import { newSession } from './sessions';

/** Who somebody says they are, where a service does without login. Nobody has proved it. */
export const guestSchema = z.strictObject({
  tenant: z.string().min(1).max(40),
  givenName: z.string().trim().min(1).max(80),
  familyName: z.string().trim().min(1).max(80),
  taxCode: z.string().max(30).optional(),
  email: z.email().max(254),
  phone: z.string().trim().min(6).max(25),
  language: z.enum(['it', 'de', 'en']).default('it'),
});

export type Guest = z.output<typeof guestSchema>;

/**
 * Opens a session without login. It sees only what it files itself, and only where a service allows it; what is filed
 * is marked as coming from an unverified identity. Refusals: `WRONG_CREDENTIALS` for an unknown tenant,
 * `VALIDATION_FAILED` for a wrong tax code.
 */
export async function openGuestSession(
  app: Application,
  guest: Guest,
): Promise<{ readonly token: string; readonly expiresAt: Instant }> {
  const tenant = await app.db.prisma.tenant.findUnique({ where: { code: guest.tenant } });
  if (!tenant) return refuse('WRONG_CREDENTIALS');
  const taxCode = guest.taxCode === undefined ? null : normalizeTaxCode(guest.taxCode);
  if (taxCode !== null && !isTaxCode(taxCode)) {
    const message = 'Il codice fiscale non è corretto: deve avere 16 caratteri e il carattere di controllo giusto.';
    refuse('VALIDATION_FAILED', {}, [{ path: 'taxCode', rule: 'taxCode', message }]);
  }
  const db = forTenant(app.db.prisma, tenant.id);
  const now = app.clock.now();
  const id = uuidv7(epochMs(now));
  const { givenName, familyName, email, phone, language } = guest;
  const account = await db.account.create({
    data: {
      id,
      tenantId: tenant.id,
      // Not a name anybody can log in with: guests have no password.
      username: `guest:${id}`,
      passwordHash: '-',
      role: 'citizen',
      kind: 'guest',
      givenName,
      familyName,
      taxCode,
      email,
      phone,
      language,
      officeIds: [],
      createdAt: now,
    },
  });
  return newSession(app, db, account, { provider: 'none', level: 0 });
}
