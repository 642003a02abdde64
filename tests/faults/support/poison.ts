import { randomUUID } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { System } from '../../support/system';

/** A signal that no practice can make anything of, and what the practice says about it. */
export interface Poison {
  readonly signal: string;
  readonly payloads: readonly Payload[];
  readonly told: { readonly message: string; readonly why: string };
}

const bytes = (text: string) => Buffer.from(text);
const encoded = (encoding: string, data: string): Payload => ({
  metadata: { encoding: bytes(encoding) },
  data: bytes(data),
});
const json = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);

function poison(signal: string, payloads: readonly Payload[], why: string, message = signal): Poison {
  return { signal, payloads, told: { message, why } };
}

/** Signals of every kind that must not be taken, each as it would come. */
export function poisons(practiceId: string): readonly Poison[] {
  const news = {
    id: randomUUID(),
    payment: 1,
    receipt: 'r',
    amountCents: 1600,
    paidAt: '2026-11-24T10:00:00.000Z',
    receivedAt: '2026-11-24T10:00:00.000Z',
  };
  return [
    poison('paymentReceipt', [encoded('json/plain', '{"id": "half')], 'unreadable'),
    poison('paymentReceipt', [encoded('binary/encrypted', 'no key for it')], 'unreadable'),
    poison('mailRefused', [{ data: bytes('"without saying what it is"') }], 'unreadable'),
    poison('paymentReceipt', [], 'malformed'),
    poison('paymentReceipt', [json({ ...news, amountCents: '16,00' })], 'malformed'),
    // As a later release might send it.
    poison('mailRefused', [json({ version: 2, mail: { id: randomUUID(), practice: practiceId } })], 'malformed'),
    poison('park', [json({ reason: 'an object' })], 'malformed'),
    poison('strangeMessage', [json('strange itself')], 'malformed'),
    poison('pecReceipt', [json(news)], 'unknown'),
    poison('withdraw', [json({})], 'unknown'),
    poison('__temporal_reserved', [json({})], 'unknown'),
    // As large as the engine lets through.
    poison('paymentReceipt', [json('x'.repeat(1_500_000))], 'malformed'),
  ];
}

/** Sends a signal as it is, past everything that the client would check. */
export async function signalRaw(system: System, workflowId: string, { signal, payloads }: Poison): Promise<void> {
  await system.client.workflowService.signalWorkflowExecution({
    namespace: system.temporal.namespace,
    workflowExecution: { workflowId },
    signalName: signal,
    input: { payloads: [...payloads] },
    requestId: randomUUID(),
    identity: 'a stranger',
  });
}

/** Starts a workflow of ours with anything. */
export async function startRaw(system: System, workflowId: string, payloads: readonly Payload[]): Promise<void> {
  await system.client.workflowService.startWorkflowExecution({
    namespace: system.temporal.namespace,
    workflowId,
    workflowType: { name: 'practice' },
    taskQueue: { name: system.taskQueue },
    input: { payloads: [...payloads] },
    requestId: randomUUID(),
    identity: 'a stranger',
  });
}

/** Inputs from which no practice can begin. */
export const GARBAGE: readonly (readonly Payload[])[] = [
  [],
  [json(null)],
  [json('a practice')],
  [json({})],
  [json({ birth: { id: randomUUID(), tenant: 'bugliano' }, draft: {} })],
  [encoded('json/plain', '{"birth":')],
  [encoded('binary/encrypted', 'no key for it')],
];
