import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  type WorkflowStartOptions,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import {
  ApplicationFailure,
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import type { Refusal } from '../../domain/errors';
import { FAILURE } from '../../domain/failures';
import { asId, type CommandId, instant, type PracticeId, type TenantCode, workflowIdOf } from '../../domain/ids';
import { ACT_LABELS, type Act, type Role } from '../../domain/practice/acts';
import type { Command } from '../../domain/practice/command';
import { isFinal, STATUS_LABELS } from '../../domain/practice/states';
import type { Database } from '../../platform/database';
import type { PracticeStart } from '../../workflows/practice/messages';
import type { practice } from '../../workflows/practice/workflow';
import { openTask } from '../projection/side-tables';
import { serviceOf } from '../services/catalogue';
import { readSnapshot } from '../snapshot';
import type { ClaimedRow } from './claims';
import { type Outcome, settleInbox } from './outcomes';
import { openRefundTask, type ReceiptPayload, receiptNews } from './receipts';

/** What the sender does with the row afterwards: nothing (it has its outcome), or take it again later. */
export interface Delivered {
  readonly resendAfterMs?: number;
  readonly reason?: string;
}

export interface DeliveryOptions {
  readonly taskQueue: string;
  /** Base address of pages, for the engine's UI. */
  readonly publicUrl: string;
  readonly historyLimit?: number;
  /** How long one call to the engine may take. */
  readonly timeoutMs: number;
}

const RETRY_DELIVERED_MS = 10_000;
const RETRY_PARKED_MS = 30_000;

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
      return { resendAfterMs: RETRY_PARKED_MS, reason: `${type ?? 'failed'}: ${cause?.message ?? ''}` };
    }
  }

  private async send(row: ClaimedRow): Promise<Delivered> {
    const tenant = await this.db.prisma.tenant.findUniqueOrThrow({ where: { id: row.tenantId } });
    const workflowId = workflowIdOf(asId<TenantCode>(tenant.code), asId<PracticeId>(row.practiceId));
    const handle = this.client.workflow.getHandle(workflowId);
    if (row.type === 'createDraft') {
      await this.start(workflowId, row);
      // The outcome is written by the first projection.
      return { resendAfterMs: RETRY_DELIVERED_MS };
    }
    if (row.type === 'paymentReceipt') {
      const news = receiptNews(row.id, row.payload as ReceiptPayload, instant(row.receivedAt));
      await handle.signal('paymentReceipt', news);
      return { resendAfterMs: RETRY_DELIVERED_MS };
    }
    const update = { updateId: row.id, args: [commandOf(row)] as [Command] };
    if (row.type === 'submit') {
      // Besides the draft itself only a submission may bring a practice to life, because it is an act with a receipt.
      const startWorkflowOperation = new WithStartWorkflowOperation<typeof practice>('practice', {
        ...(await this.startOptions(workflowId, row)),
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      });
      await this.client.workflow.executeUpdateWithStart(row.type, { ...update, startWorkflowOperation });
    } else {
      await handle.executeUpdate(row.type, update);
    }
    return { resendAfterMs: RETRY_DELIVERED_MS };
  }

  private async start(workflowId: string, row: ClaimedRow): Promise<void> {
    try {
      await this.client.workflow.start<typeof practice>('practice', await this.startOptions(workflowId, row));
    } catch (error) {
      // Already there, alive or ended: that is what was wanted, and it must never live twice.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  private async startOptions(workflowId: string, row: ClaimedRow): Promise<WorkflowStartOptions<typeof practice>> {
    const stored = await this.db.prisma.practice.findUniqueOrThrow({ where: { id: row.practiceId } });
    const draft = await this.db.prisma.inboxRow.findFirstOrThrow({
      where: { practiceId: row.practiceId, type: 'createDraft' },
    });
    const { state } = readSnapshot(stored.snapshot);
    const { id, tenant, applicant, rules } = state;
    const { definition } = await serviceOf(this.db.prisma, stored);
    const page = `${this.options.publicUrl}/api/v1/practices/${id}`;
    const input: PracticeStart = {
      birth: { id, tenant, applicant, rules },
      draft: { command: asId<CommandId>(draft.id), at: instant(draft.receivedAt), actor: actorOf(draft) },
      page,
      ...(this.options.historyLimit !== undefined && { historyLimit: this.options.historyLimit }),
    };
    return {
      workflowId,
      taskQueue: this.options.taskQueue,
      args: [input],
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      staticSummary: `${rules.service} · ${tenant}`,
      staticDetails: `[Pratica](${page})`,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: keyword('Tenant'), value: tenant },
        { key: keyword('Service'), value: rules.service },
        { key: keyword('Office'), value: definition.offices[0] ?? '' },
        { key: keyword('PracticeStatus'), value: 'draft' },
      ]),
      priority: { fairnessKey: tenant },
    };
  }

  /** The engine knows no such practice: it has ended, or the engine lost it. */
  private async noWorkflow(row: ClaimedRow): Promise<Delivered> {
    const stored = await this.db.prisma.practice.findUniqueOrThrow({ where: { id: row.practiceId } });
    const { state } = readSnapshot(stored.snapshot);
    if (isFinal(state.status)) {
      if (row.kind === 'event') {
        await this.db.prisma.$transaction(async (tx) => {
          await openRefundTask(tx, row);
          await settleInbox(tx, [{ id: row.id, outcome: { result: 'noEffect', seq: state.seq } }]);
        });
        return {};
      }
      const act = row.type as Act;
      const params = { act, actLabel: ACT_LABELS[act], status: state.status, statusLabel: STATUS_LABELS[state.status] };
      return this.settle(row, { result: 'refused', code: 'PRACTICE_CLOSED', params });
    }
    const openedAt = instant(row.receivedAt);
    await openTask(this.db.prisma, row.tenantId, row.practiceId, 'engineMissing', openedAt, { command: row.id });
    return { resendAfterMs: RETRY_PARKED_MS, reason: 'the engine has no workflow for this practice' };
  }

  private async settle(row: ClaimedRow, outcome: Outcome): Promise<Delivered> {
    await this.db.prisma.$transaction((tx) => settleInbox(tx, [{ id: row.id, outcome }]));
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
  readonly receivedAt: Date;
}): Command {
  return {
    id: asId<CommandId>(row.id),
    act: row.type as Act,
    actor: actorOf(row),
    receivedAt: instant(row.receivedAt),
    ...(row.actVersion !== null && { actVersion: row.actVersion }),
  };
}

function actorOf(row: { readonly actorId: string | null; readonly actorRole: string }) {
  return { id: row.actorId ?? '', role: row.actorRole as Role };
}

function keyword(name: string) {
  return defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
}
