import { z } from 'zod';
import { type FieldError, refuse } from '../../domain/errors';
import type { Content } from '../../forms/profile/form';
import type { Prisma } from '../../generated/prisma/client';
import { frozenFile, frozenFiles } from '../files/frozen';
import { feeAtRelease } from '../services/fees';
import { type ActContext, act, type Prepared } from './spec';

const text = z.string().trim().min(10).max(5000);
const files = z.array(z.uuid()).max(20).optional();
const decision = {
  attachments: files,
  /** The decision as written by the office; without it one is made of the message. */
  document: z.uuid().optional(),
};
const release = {
  /** Stamps needed before the decision is registered; absent: as the service says. */
  stamps: z.int().min(0).max(20).optional(),
  /** Integer cents to pay before; 0 is exempt; absent: as the service says. */
  feeCents: z.int().min(0).max(99_999_999).optional(),
};

/** Legal grounds for rejecting without notice (L. 241/1990 art. 10-bis, last sentences). */
export const NOTICE_WAIVERS = ['competitiveProcedure', 'socialSecurity', 'otherLaw'] as const;

/** Acts that lead to an end. */
export const DECISION_ACTS = [
  act({
    act: 'approve',
    path: 'approve',
    summary: 'Approve; the decision is written, paid where the service asks for it, registered and delivered',
    body: z.strictObject({ message: z.string().trim().max(5000).optional(), ...decision, ...release }),
    prepare: (context, body) => granted(context, body, 'approved'),
  }),
  act({
    act: 'approvePartially',
    path: 'approve-partially',
    summary: 'Approve in part; the message says what is granted and what is not',
    body: z.strictObject({ message: text, ...decision, ...release }),
    prepare: (context, body) => granted(context, body, 'partiallyApproved'),
  }),
  act({
    act: 'reject',
    path: 'reject',
    summary: 'Reject; the reasons are part of the decision (L. 241/1990 art. 3)',
    body: z.strictObject({
      message: text,
      ...decision,
      noticeWaiver: z.strictObject({ reason: z.enum(NOTICE_WAIVERS), text }).optional(),
    }),
    prepare: async (context, body) => ({
      payload: await filesOf(context, body),
      ...(body.noticeWaiver && { facts: { noticeWaived: body.noticeWaiver.reason } }),
    }),
  }),
  act({
    act: 'noticeRejection',
    path: 'rejection-notices',
    summary: 'Announce the reasons against the application (L. 241/1990 art. 10-bis)',
    body: z.strictObject({ message: text }),
  }),
  act({
    act: 'archive',
    path: 'archive',
    summary: 'Close without a decision, saying why',
    body: z.strictObject({ message: text }),
  }),
  act({
    act: 'annul',
    path: 'annul',
    summary: 'Annul, also after approval (L. 241/1990 art. 21-nonies)',
    body: z.strictObject({ message: text }),
  }),
  act({
    act: 'reopen',
    path: 'reopen',
    summary: 'Open a closed practice again, where the service allows it',
    body: z.strictObject({ message: text }),
  }),
] as const;

interface Granted {
  readonly attachments?: readonly string[] | undefined;
  readonly document?: string | undefined;
  readonly stamps?: number | undefined;
  readonly feeCents?: number | undefined;
}

async function granted(
  context: ActContext,
  body: Granted,
  outcome: 'approved' | 'partiallyApproved',
): Promise<Prepared> {
  assertReleasable(context, body);
  const submission = await context.viewer.db.submission.findFirst({
    where: { practiceId: context.practice.id },
    orderBy: { ordinal: 'desc' },
  });
  const proposed = feeAtRelease(context.definition, (submission?.content ?? {}) as Content, outcome);
  const facts = { stamps: body.stamps ?? proposed.stamps, feeCents: body.feeCents ?? proposed.feeCents };
  return { payload: { ...(await filesOf(context, body)), release: facts }, facts };
}

/** Money and stamps at release exist only where the service is set up for them. */
function assertReleasable({ definition }: ActContext, { stamps, feeCents }: Granted): void {
  const errors: FieldError[] = [];
  if (feeCents && !definition.releasePayment) {
    const message = 'Il servizio non prevede un pagamento al rilascio.';
    errors.push({ path: 'feeCents', rule: 'notConfigured', message });
  }
  if (stamps && !definition.stamps?.atRelease) {
    errors.push({ path: 'stamps', rule: 'notConfigured', message: 'Il servizio non prevede bolli al rilascio.' });
  }
  if (errors.length > 0) refuse('VALIDATION_FAILED', {}, errors);
}

async function filesOf(
  { viewer, practice }: ActContext,
  { attachments = [], document }: Pick<Granted, 'attachments' | 'document'>,
): Promise<Prisma.InputJsonObject> {
  const frozen = await frozenFiles(viewer.db, practice.id, 'decision', attachments);
  const responseDocument = document ? await frozenFile(viewer.db, practice.id, 'decision', document, 'document') : null;
  return { files: frozen, responseDocument } as unknown as Prisma.InputJsonObject;
}
