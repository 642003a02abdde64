import type { RegistrationInput } from '../../activities/contract';
import type { RegisterOutcome, RegisterRequest } from '../../activities/ports/protocollo';
import type { Instant, LegalDate } from '../../domain/ids';
import type { RegistrationFact } from '../../domain/practice/events';
import type { Database } from '../../platform/database';
import { canonicalJson, sha256 } from '../../platform/digest';

/** Where an intent stands. `sent` without outcome is the only uncertain one. */
export type Intent =
  | { readonly kind: 'planned' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'registered'; readonly fact: RegistrationFact };

/** The intent of a document, made when it does not exist. A refused one is open again: somebody has corrected it. */
export async function openIntent(
  db: Database,
  input: RegistrationInput,
  system: string,
  request: RegisterRequest,
  at: Instant,
): Promise<Intent> {
  const key = { practiceId: input.practice, ordinal: input.document };
  await db.prisma.registrationIntent.createMany({
    data: [
      {
        ...key,
        tenantId: request.tenant,
        system,
        ownRef: input.ownRef,
        status: 'planned',
        requestHash: sha256(canonicalJson(request)),
        plannedAt: at,
      },
    ],
    skipDuplicates: true,
  });
  const row = await db.prisma.registrationIntent.findUniqueOrThrow({ where: { practiceId_ordinal: key } });
  if (row.status === 'registered') {
    const fact = {
      document: input.document,
      register: row.register ?? '',
      year: row.year ?? 0,
      number: row.number ?? '',
      date: (row.date?.toISOString().slice(0, 10) ?? '') as LegalDate,
    };
    return { kind: 'registered', fact };
  }
  return { kind: row.status === 'sent' ? 'sent' : 'planned' };
}

/** Committed just before the first byte leaves. */
export async function markSent(db: Database, input: RegistrationInput, at: Instant): Promise<void> {
  await db.prisma.registrationIntent.update({
    where: { practiceId_ordinal: { practiceId: input.practice, ordinal: input.document } },
    data: { status: 'sent', sentAt: at, attempts: { increment: 1 } },
  });
}

/** What the register said; `planned` when it is proven that it was never told. */
export async function markOutcome(
  db: Database,
  input: RegistrationInput,
  outcome: RegisterOutcome | 'planned',
  at: Instant,
): Promise<void> {
  const data =
    outcome === 'planned'
      ? { status: 'planned' }
      : outcome.kind === 'rejected'
        ? { status: 'rejected', outcomeAt: at, errorCode: outcome.code, errorText: outcome.message }
        : {
            status: 'registered',
            outcomeAt: at,
            register: outcome.ref.register,
            year: outcome.ref.year,
            number: outcome.ref.number,
            date: new Date(outcome.ref.date),
            registeredAt: outcome.ref.registeredAt,
          };
  await db.prisma.registrationIntent.update({
    where: { practiceId_ordinal: { practiceId: input.practice, ordinal: input.document } },
    data,
  });
}
