import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowHandle,
  WorkflowIdConflictPolicy,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Refusal } from '../../domain/errors';
import { FAILURE } from '../../domain/failures';
import { asId, type CommandId, instant, type PracticeId, workflowIdOf } from '../../domain/ids';
import { ACT_LABELS, type Act } from '../../domain/practice/acts';
import type { Command, CommandFacts } from '../../domain/practice/command';
import { AFTER_THE_END, guard } from '../../domain/practice/guard';
import { hasEnded } from '../../domain/practice/state';
import { STATUS_LABELS } from '../../domain/practice/states';
import type { Database } from '../../platform/database';
import type { practice } from '../../workflows/practice/workflow';
import { openTask } from '../projection/side-tables';
import { readSnapshot } from '../snapshot';
import { tenantCodeOf } from '../tenancy';
import type { ClaimedRow } from './claims';
import { openTaskForNews } from './late-news';
import { type Outcome, settleInbox } from './outcomes';
import { type ReceiptPayload, receiptNews } from './receipts';
import { actorOfRow, type StartOptions, startFromSnapshot, startOptionsOf } from './start';

/** What the sender does with the row afterwards: nothing (it has its outcome), or take it again later. */
export interface Delivered {
  readonly resendAfterMs?: number;
  readonly reason?: string;
}

export interface DeliveryOptions extends StartOptions {
  /** How long one call to the engine may take. */
  readonly timeoutMs: number;
}

interface ActUpdate {
  readonly updateId: string;
  readonly args: [Command];
}

const RETRY_DELIVERED_MS = 10_000;
const RETRY_PARKED_MS = 30_000;
const RETRY_LOST_MS = 1_000;

/** Brings one row of the inbox to its practice's workflow. Every call is safe to repeat: the row's id is the update's id. */
export class Delivery {
  constructor(
    private readonly db: Database,
    private readonly client: Client,
    private readonly options: DeliveryOptions,
  ) {}

  /** @throws when the engine can't be reached: the row is taken again later. */
  async deliver(row: ClaimedRow): Promise<Delivered> {
    try {
      return await this.client.withDeadline(Date.now() + this.options.timeoutMs, () => this.send(row));
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return this.noWorkflow(row);
      if (!(error instanceof WorkflowUpdateFailedError)) throw error;
      const cause = error.cause;
      const type = cause instanceof ApplicationFailure ? cause.type : undefined;
      if (type === FAILURE.refused && cause instanceof ApplicationFailure) {
        const refusal = cause.details?.[0] as Refusal;
        return this.settle(row, { result: 'refused', code: refusal.code, params: refusal.params });
      }
      if (type === FAILURE.strange) await this.callSomebody(row, 'strangeMessage');
      // Anything else is no answer of the practice's: the run ended with the act in its hands, and the next one takes it.
      const resendAfterMs = type === FAILURE.parked || type === FAILURE.strange ? RETRY_PARKED_MS : RETRY_LOST_MS;
      return { resendAfterMs, reason: `${type ?? 'failed'}: ${cause?.message ?? ''}` };
    }
  }

  private async send(row: ClaimedRow): Promise<Delivered> {
    const tenant = await tenantCodeOf(this.db.prisma, row.tenantId);
    const workflowId = workflowIdOf(tenant, asId<PracticeId>(row.practiceId));
    const handle = this.client.workflow.getHandle(workflowId);
    if (row.type === 'createDraft') {
      await this.start(row);
      // The outcome is written by the first projection.
      return { resendAfterMs: RETRY_DELIVERED_MS };
    }
    if (row.type === 'paymentReceipt') {
      const news = receiptNews(row.id, row.payload as ReceiptPayload, instant(row.receivedAt));
      await handle.signal('paymentReceipt', news);
      return { resendAfterMs: RETRY_DELIVERED_MS };
    }
    if (row.type === 'mailRefused') {
      await handle.signal('mailRefused', { id: row.id, receivedAt: instant(row.receivedAt) });
      return { resendAfterMs: RETRY_DELIVERED_MS };
    }
    const update = { updateId: row.id, args: [commandOf(row)] as [Command] };
    // Besides the draft itself only a submission may bring a practice to life, because it is an act with a receipt.
    if (row.type === 'submit') await this.submit(row, update);
    else if (await this.comesAfterTheEnd(row)) return this.bringBack(row, handle, update);
    else await handle.executeUpdate(row.type, update);
    return { resendAfterMs: RETRY_DELIVERED_MS };
  }

  /** A draft that came back, or whose engine was lost, goes on from where PostgreSQL has it. */
  private async submit(
    row: ClaimedRow,
    update: { readonly updateId: string; readonly args: [Command] },
  ): Promise<void> {
    const stored = await this.db.prisma.practice.findUniqueOrThrow({ where: { id: row.practiceId } });
    const { state } = readSnapshot(stored.snapshot);
    if (!hasEnded(state)) return this.updateWithStart(row, update, state.seq > 1 ? 'snapshot' : 'draft');
    const handle = this.client.workflow.getHandle(workflowIdOf(state.tenant, state.id));
    await handle.executeUpdate(row.type, update);
  }

  /**
   * What changes a practice after its end begins a new run, from where it stood; the guard has said yes at intake. Start
   * and update are two calls on purpose: an update with start whose id a closed run has seen is answered for that run.
   */
  private async bringBack(row: ClaimedRow, handle: WorkflowHandle, update: ActUpdate): Promise<Delivered> {
    await startFromSnapshot(this.db, this.client, this.options, row.practiceId);
    try {
      await handle.executeUpdate(row.type, update);
    } catch (error) {
      // The run before was just ending: the next attempt begins the new one.
      if (error instanceof WorkflowNotFoundError) return { resendAfterMs: RETRY_LOST_MS, reason: 'the run was ending' };
      throw error;
    }
    return { resendAfterMs: RETRY_DELIVERED_MS };
  }

  private async updateWithStart(row: ClaimedRow, update: ActUpdate, from: 'draft' | 'snapshot'): Promise<void> {
    const startWorkflowOperation = new WithStartWorkflowOperation<typeof practice>('practice', {
      ...(await startOptionsOf(this.db, this.options, row.practiceId, from)),
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    });
    await this.client.workflow.executeUpdateWithStart(row.type, { ...update, startWorkflowOperation });
  }

  /** A command to a closed practice must never create a ghost run: only these acts, and only where the guard allows them. */
  private async comesAfterTheEnd(row: ClaimedRow): Promise<boolean> {
    if (!AFTER_THE_END.includes(row.type as Act)) return false;
    const stored = await this.db.prisma.practice.findUniqueOrThrow({ where: { id: row.practiceId } });
    const { state, clock } = readSnapshot(stored.snapshot);
    return hasEnded(state) && guard(state, clock, commandOf(row)) === undefined;
  }

  private async start(row: ClaimedRow): Promise<void> {
    try {
      await this.client.workflow.start<typeof practice>(
        'practice',
        await startOptionsOf(this.db, this.options, row.practiceId, 'draft'),
      );
    } catch (error) {
      // Already there, alive or ended: that is what was wanted, and it must never live twice.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  /** The engine knows no such practice: it has ended, or the engine lost it. */
  private async noWorkflow(row: ClaimedRow): Promise<Delivered> {
    const stored = await this.db.prisma.practice.findUniqueOrThrow({ where: { id: row.practiceId } });
    const { state } = readSnapshot(stored.snapshot);
    if (hasEnded(state)) {
      if (row.kind === 'event') {
        await this.db.transaction(async (tx) => {
          await openTaskForNews(tx, row);
          await settleInbox(tx, [{ id: row.id, outcome: { result: 'noEffect', seq: state.seq } }]);
        });
        return {};
      }
      const act = row.type as Act;
      const params = { act, actLabel: ACT_LABELS[act], status: state.status, statusLabel: STATUS_LABELS[state.status] };
      return this.settle(row, { result: 'refused', code: 'PRACTICE_CLOSED', params });
    }
    await this.callSomebody(row, 'engineMissing');
    return { resendAfterMs: RETRY_PARKED_MS, reason: 'the engine has no workflow for this practice' };
  }

  /** A task for an administrator; the row stays, and each attempt tells of the same. */
  private callSomebody(row: ClaimedRow, reason: 'engineMissing' | 'strangeMessage'): Promise<void> {
    const openedAt = instant(row.receivedAt);
    return openTask(this.db.prisma, row.tenantId, row.practiceId, reason, openedAt, { command: row.id });
  }

  private async settle(row: ClaimedRow, outcome: Outcome): Promise<Delivered> {
    await this.db.transaction((tx) => settleInbox(tx, [{ id: row.id, outcome }]));
    return {};
  }
}

/** The act as the workflow receives it: no content, no personal data. */
export function commandOf(row: {
  readonly id: string;
  readonly type: string;
  readonly actorId: string | null;
  readonly actorRole: string;
  readonly actVersion: number | null;
  readonly facts: unknown;
  readonly receivedAt: Date;
}): Command {
  return {
    id: asId<CommandId>(row.id),
    act: row.type as Act,
    actor: actorOfRow(row),
    receivedAt: instant(row.receivedAt),
    ...(row.actVersion !== null && { actVersion: row.actVersion }),
    ...(row.facts !== null && row.facts !== undefined && { facts: row.facts as CommandFacts }),
  };
}
