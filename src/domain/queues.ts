/** Names of the task queues; a deployment may prefix them all. */
export const QUEUES = ['practice', 'protocollo', 'payments', 'notifications', 'documents'] as const;
export type QueueName = (typeof QUEUES)[number];
