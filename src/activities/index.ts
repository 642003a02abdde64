import type { QueueName } from '../domain/queues';
import type {
  DocumentActivities,
  NotificationActivities,
  PaymentActivities,
  PracticeActivities,
  RegistrationActivities,
} from './contract';
import type { ActivityDeps } from './deps';
import { documentActivities } from './documents';
import { notificationActivities } from './notifications';
import { paymentActivities } from './payments';
import { practiceActivities } from './practice';
import { registrationActivities } from './registration';

/** The activities of each task queue. */
export interface ActivitiesByQueue extends Record<QueueName, object> {
  practice: PracticeActivities;
  documents: DocumentActivities;
  protocollo: RegistrationActivities;
  payments: PaymentActivities;
  notifications: NotificationActivities;
}

/** Builds every activity over its dependencies. */
export function createActivities(deps: ActivityDeps): ActivitiesByQueue {
  return {
    practice: practiceActivities(deps),
    documents: documentActivities(deps),
    protocollo: registrationActivities(deps),
    payments: paymentActivities(deps),
    notifications: notificationActivities(deps),
  };
}
