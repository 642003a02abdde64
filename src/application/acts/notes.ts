import { epochMs } from '../../domain/ids';
import { uuidv7 } from '../../platform/digest';
import type { ActContext, Prepared } from './spec';

/** A remark given with an act is an internal note: every operator of the service reads it. */
export function noted({ viewer, practice }: ActContext, text: string | undefined): Prepared {
  if (text === undefined) return {};
  return {
    alongside: async (tx, command) => {
      await tx.note.create({
        data: {
          id: uuidv7(epochMs(command.receivedAt)),
          tenantId: viewer.tenantId,
          practiceId: practice.id,
          authorId: viewer.accountId,
          text,
          attachments: [],
          createdAt: command.receivedAt,
          idempotencyKey: `act:${command.id}`,
        },
      });
    },
  };
}
