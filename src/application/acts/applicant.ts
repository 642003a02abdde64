import { z } from 'zod';
import { refuse } from '../../domain/errors';
import { asId, epochMs, type LegalDate } from '../../domain/ids';
import { italianDate, romeDate } from '../../domain/terms/rome';
import type { Rows } from '../../platform/database';
import { uuidv7 } from '../../platform/digest';
import { announceMessage } from '../mailing/conversation-mail';
import { type ActContext, act, type Prepared } from './spec';

const stampSchema = z.strictObject({
  /** The 14 digits printed on the stamp. */
  number: z.string().regex(/^\d{14}$/),
  issuedOn: z.iso.date().optional(),
});

type Stamp = z.output<typeof stampSchema>;

/** What applicants do besides writing, sending and answering; and money taken at the counter. */
export const APPLICANT_ACTS = [
  act({
    act: 'deleteDraft',
    path: 'delete-draft',
    summary: 'Delete a draft for good',
    body: z.strictObject({}),
  }),
  act({
    act: 'provideStamps',
    path: 'stamps',
    summary: 'Give the numbers of the stamps (marche da bollo)',
    body: z.strictObject({ stamps: z.array(stampSchema).min(1).max(20) }),
    prepare: async (context, { stamps }) => stampsGiven(context, stamps),
  }),
  act({
    act: 'reportPayment',
    path: 'payment-returns',
    summary: 'Say that the payment was made; the gateway is then asked',
    body: z.strictObject({}),
  }),
  act({
    act: 'retryPayment',
    path: 'retry-payment',
    summary: 'Let a payment that the gateway refused be created again, after correcting what it needed',
    body: z.strictObject({}),
  }),
  act({
    act: 'withdraw',
    path: 'withdrawals',
    summary: 'Withdraw the application',
    body: z.strictObject({ reason: z.string().trim().max(2000).optional() }),
  }),
  act({
    act: 'retryRegistration',
    path: 'retry-registration',
    summary: 'Let a refused or uncertain registration be tried again, after correcting what it needed',
    body: z.strictObject({}),
  }),
] as const;

function stampsGiven({ app, viewer, practice, state, definition }: ActContext, stamps: readonly Stamp[]): Prepared {
  const needed = state.stamps ?? 0;
  // In another state the guard says what is wrong.
  if (needed === 0) return {};
  const numbers = stamps.map(({ number }) => number);
  const twice = numbers.findIndex((number, index) => numbers.indexOf(number) !== index);
  if (twice >= 0) {
    const message = 'Lo stesso bollo è indicato due volte: ogni marca vale una volta sola.';
    refuse('VALIDATION_FAILED', {}, [{ path: `stamps.${twice}.number`, rule: 'doubled', message }]);
  }
  const today = romeDate(app.clock.now());
  const future = stamps.findIndex(({ issuedOn }) => issuedOn !== undefined && issuedOn > today);
  if (future >= 0) {
    const message = `La data di emissione non può essere successiva a oggi, ${italianDate(asId<LegalDate>(today))}.`;
    refuse('VALIDATION_FAILED', {}, [{ path: `stamps.${future}.issuedOn`, rule: 'future', message }]);
  }
  if (stamps.length !== needed) refuse('STAMPS_COUNT', { needed, given: stamps.length });
  const phase = state.status === 'awaitingFinalStamps' ? 'release' : 'request';
  const { atRequest, atRelease } = definition.stamps ?? {};
  const amountCents = (phase === 'release' ? atRelease : atRequest)?.amountCents ?? 1600;
  return {
    alongside: async (tx, command) => {
      await assertUnused(tx, viewer.tenantId, numbers);
      await tx.stamp.createMany({
        data: stamps.map(({ number, issuedOn }) => ({
          tenantId: viewer.tenantId,
          number,
          practiceId: practice.id,
          commandId: command.id,
          phase,
          amountCents,
          issuedOn: issuedOn ? new Date(issuedOn) : null,
          createdAt: command.receivedAt,
        })),
      });
    },
  };
}

/** One at a time per number: two applicants with the same stamp meet here, and the second is told. */
async function assertUnused(tx: Rows, tenantId: string, numbers: readonly string[]): Promise<void> {
  for (const number of [...numbers].sort()) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`stamp:${tenantId}/${number}`}, 0))`;
    const used = await tx.stamp.findUnique({ where: { tenantId_number: { tenantId, number } } });
    if (used) refuse('STAMP_ALREADY_USED', { number });
  }
}

/** Money that an officer takes: recorded for good, with the reason that colleagues read. */
export const COUNTER_ACTS = [
  act({
    act: 'recordCounterPayment',
    path: 'counter-payments',
    summary: 'Record money taken at the counter; this can not be undone',
    body: z.strictObject({ reason: z.string().trim().min(10).max(1000), tellApplicant: z.boolean().optional() }),
    prepare: async ({ app, viewer, practice, state }, { reason, tellApplicant }) => ({
      alongside: async (tx, command) => {
        const common = {
          tenantId: viewer.tenantId,
          practiceId: practice.id,
          authorId: viewer.accountId,
          text: `Pagamento registrato allo sportello: ${reason}`,
          attachments: [],
          createdAt: command.receivedAt,
          idempotencyKey: `act:${command.id}`,
        };
        const id = uuidv7(epochMs(command.receivedAt));
        if (tellApplicant) {
          await tx.conversationMessage.create({ data: { id, side: 'office', ...common } });
          const { tenantId, text, createdAt: at } = common;
          const message = { id, tenantId, practiceId: practice.id, side: 'office' as const, text, files: [], at };
          await announceMessage(tx, { ...message, authorId: viewer.accountId }, app.publicUrl);
        } else await tx.note.create({ data: { id, ...common } });
        await tx.payment.updateMany({
          where: { practiceId: practice.id, ordinal: state.payment?.ordinal ?? 0 },
          data: { note: reason },
        });
      },
    }),
  }),
] as const;
