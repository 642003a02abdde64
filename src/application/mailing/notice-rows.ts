import type { Instant } from '../../domain/ids';
import type { Rows } from '../../platform/database';

/** A practice with what decides which operators are concerned. */
export interface NoticedPractice {
  readonly id: string;
  readonly tenantId: string;
  /** Office to which it was assigned; null: those of the service. */
  readonly officeId: string | null;
  readonly serviceOfficeIds: readonly string[];
}

/** Something of a practice that operators are told of. */
export interface Noteworthy {
  /** Sequence number of the event; the n-th message of the applicant is −n, since messages are no events. */
  readonly seq: number;
  readonly at: Instant;
  /** Whose act it was: whoever did it is not told of it. */
  readonly actorId: string | null;
}

const OPERATORS = ['operator', 'manager'];

/**
 * Notes for every operator and manager concerned that something happened to a practice: those of the office to which it
 * was assigned, else of the offices of its service, except who did it. The same thing again is noted once. Their mail
 * follows by itself, at once or in the daily summary.
 */
export async function noticeOperators(
  tx: Pick<Rows, 'account' | 'operatorNotice'>,
  practice: NoticedPractice,
  things: readonly Noteworthy[],
): Promise<void> {
  const offices = practice.officeId ? [practice.officeId] : [...practice.serviceOfficeIds];
  const concerned = await tx.account.findMany({
    where: { tenantId: practice.tenantId, role: { in: OPERATORS }, enabled: true, officeIds: { hasSome: offices } },
    select: { id: true },
  });
  const data = things.flatMap(({ seq, at, actorId }) =>
    concerned
      .filter(({ id }) => id !== actorId)
      .map(({ id }) => ({ tenantId: practice.tenantId, accountId: id, practiceId: practice.id, seq, at })),
  );
  await tx.operatorNotice.createMany({ data, skipDuplicates: true });
}

/** Notes for the operators concerned that the applicant wrote, in the transaction that stored the message. */
export async function noticeMessage(
  tx: Pick<Rows, 'account' | 'operatorNotice' | 'practice' | 'serviceVersion' | 'conversationMessage'>,
  message: { readonly practiceId: string; readonly authorId: string; readonly at: Instant },
): Promise<void> {
  const { practiceId, authorId, at } = message;
  const row = await tx.practice.findUniqueOrThrow({ where: { id: practiceId } });
  const { tenantId, serviceCode: code, serviceVersion: version, officeId } = row;
  const service = await tx.serviceVersion.findUniqueOrThrow({
    where: { tenantId_code_version: { tenantId, code, version } },
  });
  const count = await tx.conversationMessage.count({ where: { practiceId, side: 'applicant' } });
  const practice = { id: practiceId, tenantId, officeId, serviceOfficeIds: service.officeIds };
  await noticeOperators(tx, practice, [{ seq: -count, at, actorId: authorId }]);
}
