import { hasPersonalData } from '../../domain/people/masking';
import type { Administration } from './administration';
import { lookAtEngine } from './engine-view';
import type { FoundPractice } from './find-practice';

export type ParkResult =
  | { readonly kind: 'parked'; readonly reason: string }
  /** The signal is kept by the engine; no worker has taken it yet. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'notRunning'; readonly status: string }
  | { readonly kind: 'badReason'; readonly why: string };

const WAIT_MS = 10_000;
const LOOK_EVERY_MS = 200;

/**
 * Parks a practice: it does nothing by itself and acts wait in the inbox (202) until `retryPractice`. For a practice
 * that must stand still while an outside system is put right. The reason reaches Temporal, so it may hold no personal
 * data: one that looks as if it did is not taken.
 * @throws when the engine can't be reached.
 */
export async function parkPractice(
  { client }: Administration,
  { workflowId }: FoundPractice,
  reason: string,
): Promise<ParkResult> {
  const text = reason.trim();
  if (text.length < 3 || text.length > 200) return { kind: 'badReason', why: 'give a reason of 3 to 200 characters' };
  if (hasPersonalData(text)) {
    return {
      kind: 'badReason',
      why: 'the reason holds a tax code or an e-mail address: say it with the practice’s id',
    };
  }
  const before = await lookAtEngine(client, workflowId);
  if (before.kind !== 'found' || before.status !== 'RUNNING') {
    return { kind: 'notRunning', status: before.kind === 'found' ? before.status.toLowerCase() : before.kind };
  }
  await client.withDeadline(Date.now() + 5_000, () => client.workflow.getHandle(workflowId).signal('park', text));
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const engine = await lookAtEngine(client, workflowId);
    if (engine.kind === 'found' && engine.answer?.parked) return { kind: 'parked', reason: engine.answer.parked };
    if (Date.now() >= deadline) return { kind: 'asked' };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
