import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import type { TemporalAddress } from './client';

const ALREADY_EXISTS = 6;
const RETENTION_DAYS = 30;

// Values of temporal.api.enums.v1.IndexedValueType.
const KEYWORD = 2;
const BOOL = 5;
const DATETIME = 6;

/** What practices are found by in the engine's UI, with the types of the server. */
export const SEARCH_ATTRIBUTES = {
  Tenant: KEYWORD,
  Code: KEYWORD,
  PracticeStatus: KEYWORD,
  Service: KEYWORD,
  Office: KEYWORD,
  LegalDeadline: DATETIME,
  Attention: BOOL,
} as const;

/**
 * Brings a cluster to what we need: the namespace with its retention, and the search attributes. Safe to repeat.
 * Rejects when the cluster does not answer within `timeoutMs`.
 */
export async function provisionTemporal(target: TemporalAddress, timeoutMs = 60_000): Promise<void> {
  const { address, namespace } = target;
  const connection = await Connection.connect({ address });
  try {
    const retention = msToTs(RETENTION_DAYS * 86_400_000);
    await onceMore(() =>
      connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention }),
    );
    const deadline = Date.now() + timeoutMs;
    await eventually(deadline, () =>
      connection.workflowService.updateNamespace({
        namespace,
        config: { workflowExecutionRetentionTtl: retention },
      }),
    );
    await eventually(deadline, async () => {
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      const missing = Object.fromEntries(
        Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => !customAttributes?.[name]),
      );
      const names = Object.keys(missing);
      if (names.length === 0) return;
      await onceMore(() => connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing }));
      // Whoever asks next, a worker that looks before it begins, must find them.
      throw new Error(`The search attributes ${names.join(', ')} were added and are not known yet.`);
    });
  } finally {
    await connection.close();
  }
}

async function onceMore(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== ALREADY_EXISTS) throw error;
  }
}

/** A namespace takes some seconds to be known to every part of a cluster. */
async function eventually(deadline: number, call: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await call();
      return;
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
