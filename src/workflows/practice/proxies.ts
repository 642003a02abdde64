import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type {
  DocumentActivities,
  NotificationActivities,
  PaymentActivities,
  PracticeActivities,
  RegistrationActivities,
} from '../../activities/contract';
import { FAILURE } from '../../domain/failures';
import type { QueueName } from '../../domain/queues';

/** Queues of the same deployment as the workflow's own, which is `<prefix>practice`. */
function queue(name: QueueName): string {
  return workflowInfo().taskQueue.replace(/practice$/, name);
}

const patient = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s' } as const;

/**
 * Activities with their time-outs and retries, next to each other so that they can be compared. No schedule-to-start:
 * its expiry is not retried, and an outage of workers would fail work.
 */
export function practiceProxies() {
  const { project, inboxBefore, hasOutcome, reportParked, reportStrange } = proxyActivities<PracticeActivities>({
    startToCloseTimeout: '10s',
    retry: { ...patient, initialInterval: '200ms', nonRetryableErrorTypes: [FAILURE.diverged] },
  });
  const { renderDocument } = proxyActivities<DocumentActivities>({
    taskQueue: queue('documents'),
    // Far above what a document takes, and short enough that a killed worker is not waited for long.
    startToCloseTimeout: '20s',
    retry: patient,
  });
  // A second attempt by default would be a second number: what happened is looked up instead.
  const { registerDocument } = proxyActivities<RegistrationActivities>({
    taskQueue: queue('protocollo'),
    startToCloseTimeout: '10s',
    retry: { maximumAttempts: 1 },
  });
  const { reconcileRegistration } = proxyActivities<RegistrationActivities>({
    taskQueue: queue('protocollo'),
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '10 days',
    retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '15m' },
  });
  const { openPosition, closePosition, askPosition } = proxyActivities<PaymentActivities>({
    taskQueue: queue('payments'),
    startToCloseTimeout: '30s',
    retry: { ...patient, maximumInterval: '5m', nonRetryableErrorTypes: [FAILURE.positionRefused] },
  });
  const { notify } = proxyActivities<NotificationActivities>({
    taskQueue: queue('notifications'),
    startToCloseTimeout: '40s',
    scheduleToCloseTimeout: '3 days',
    retry: { ...patient, maximumInterval: '10m', nonRetryableErrorTypes: [FAILURE.recipientRefused] },
  });
  return {
    project,
    inboxBefore,
    hasOutcome,
    reportParked,
    reportStrange,
    renderDocument,
    registerDocument,
    reconcileRegistration,
    openPosition,
    closePosition,
    askPosition,
    notify,
  };
}

export type Proxies = ReturnType<typeof practiceProxies>;
