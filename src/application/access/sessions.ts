import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { refuse } from '../../domain/errors';
import { epochMs, type Instant, instant } from '../../domain/ids';
import type { Role } from '../../domain/practice/acts';
import type { PrismaClient } from '../../generated/prisma/client';
import { sha256, uuidv7 } from '../../platform/digest';
import type { Application } from '../application';
import { forTenant, tenantCodeOf } from '../tenancy';
import type { Viewer } from './viewer';

const SESSION_HOURS = 12;
const MAX_FAILED = 5;
const LOCK_MINUTES = 5;

/** argon2id with the library's parameters (19 MiB, 2 passes), as OWASP recommends. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

// Verified when the user does not exist, so that the time of the answer does not tell.
const nobody = hashPassword(randomBytes(16).toString('hex'));

/**
 * Opens a session and gives its token, which is kept only as a digest. Five wrong passwords lock the account for five
 * minutes. Refusal: `WRONG_CREDENTIALS`, the same whatever is wrong.
 */
export async function openSession(
  app: Application,
  given: { readonly tenant: string; readonly username: string; readonly password: string },
): Promise<{ readonly token: string; readonly expiresAt: Instant; readonly role: Role; readonly name: string }> {
  const { prisma } = app.db;
  const now = app.clock.now();
  const tenant = await prisma.tenant.findUnique({ where: { code: given.tenant } });
  const db = tenant ? forTenant(prisma, tenant.id) : undefined;
  const account = await db?.account.findFirst({ where: { username: given.username, enabled: true, kind: 'account' } });
  const locked =
    account?.lockedUntil !== null && account?.lockedUntil !== undefined && account.lockedUntil > new Date(now);
  const right = await verify(account?.passwordHash ?? (await nobody), given.password);
  if (!account || !db || locked || !right) {
    if (account && db && !locked) {
      // Counted by the database: attempts made all at once count as many, too.
      const where = { id: account.id };
      const { failedLogins } = await db.account.update({ where, data: { failedLogins: { increment: 1 } } });
      if (failedLogins >= MAX_FAILED) {
        const lockedUntil = instant(epochMs(now) + LOCK_MINUTES * 60_000);
        await db.account.update({ where, data: { failedLogins: 0, lockedUntil } });
      }
    }
    return refuse('WRONG_CREDENTIALS');
  }
  const opened = await newSession(app, db, account, { provider: 'local', level: 1 });
  if (account.failedLogins > 0 || account.lockedUntil) {
    await db.account.update({ where: { id: account.id }, data: { failedLogins: 0, lockedUntil: null } });
  }
  return { ...opened, role: account.role as Role, name: `${account.givenName} ${account.familyName}` };
}

/** Makes a session and its token, which is kept only as a digest. */
export async function newSession(
  app: Application,
  db: PrismaClient,
  account: { readonly id: string; readonly tenantId: string },
  identity: { readonly provider: string; readonly level: number },
): Promise<{ readonly token: string; readonly expiresAt: Instant }> {
  const now = app.clock.now();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = instant(epochMs(now) + SESSION_HOURS * 3_600_000);
  await db.session.create({
    data: {
      id: uuidv7(epochMs(now)),
      tenantId: account.tenantId,
      accountId: account.id,
      tokenHash: sha256(token),
      createdAt: now,
      expiresAt,
      ...identity,
    },
  });
  return { token, expiresAt };
}

interface SessionRow {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly provider: string;
  readonly level: number;
  readonly role: Role;
  readonly officeIds: readonly string[];
}

const SESSION = {
  name: 'session',
  text: `SELECT s.id, s.tenant_id AS "tenantId", s.account_id AS "accountId", s.provider, s.level, a.role,
      a.office_ids AS "officeIds"
    FROM session s JOIN account a ON a.id = s.account_id AND a.tenant_id = s.tenant_id
    WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND a.enabled AND s.expires_at > $2`,
};

/** The viewer behind a token. Refusal: `UNAUTHENTICATED` when it is unknown, expired, revoked or of a disabled account. */
export async function authenticate(app: Application, token: string): Promise<Viewer> {
  const { prisma } = app.db;
  // The token itself says which tenant is meant, so this one look-up comes before the scope.
  const { rows } = await app.db.pool.query<SessionRow>({ ...SESSION, values: [sha256(token), app.clock.now()] });
  const [session] = rows;
  if (!session) return refuse('UNAUTHENTICATED');
  const db = forTenant(prisma, session.tenantId);
  return {
    accountId: session.accountId,
    tenantId: session.tenantId,
    tenantCode: await tenantCodeOf(prisma, session.tenantId),
    role: session.role,
    officeIds: session.officeIds,
    sessionId: session.id,
    provider: session.provider,
    level: session.level,
    db,
  };
}

/** Ends the viewer's own session. */
export async function closeSession(app: Application, viewer: Viewer): Promise<void> {
  await viewer.db.session.update({ where: { id: viewer.sessionId }, data: { revokedAt: app.clock.now() } });
}
