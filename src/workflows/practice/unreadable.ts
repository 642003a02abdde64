import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { ActivateInput, WorkflowInterceptors } from '@temporalio/workflow';
import { strangeSignal } from './messages';

type Job = NonNullable<ActivateInput['activation']['jobs']>[number];

/** Names that the SDK keeps for itself: a signal so called would fail each task of the practice. */
const RESERVED = '__temporal_';

/**
 * A payload that cannot be decoded throws before any handler runs, and then again in each attempt of the task: the
 * practice would stand still for good. Such a signal is handed to the practice as what it is, a strange message; such a
 * start is one without arguments, which the workflow turns away.
 */
export function interceptors(): WorkflowInterceptors {
  return {
    internals: [
      {
        activate: (input, next) => {
          for (const job of input.activation.jobs ?? []) makeReadable(job);
          next(input);
        },
      },
    ],
  };
}

function makeReadable({ signalWorkflow, initializeWorkflow }: Job): void {
  if (initializeWorkflow && !canBeRead(initializeWorkflow.arguments)) initializeWorkflow.arguments = [];
  if (!signalWorkflow) return;
  const message = signalWorkflow.signalName ?? '';
  const why = message.startsWith(RESERVED) ? 'unknown' : canBeRead(signalWorkflow.input) ? undefined : 'unreadable';
  if (why === undefined) return;
  signalWorkflow.signalName = strangeSignal.name;
  signalWorkflow.input = [defaultPayloadConverter.toPayload({ message, why })];
}

function canBeRead(payloads: readonly Payload[] | null | undefined): boolean {
  try {
    for (const payload of payloads ?? []) defaultPayloadConverter.fromPayload(payload);
    return true;
  } catch {
    return false;
  }
}
