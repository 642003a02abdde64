import type { Instant } from '../../../domain/ids';
import { filed, finalPayment } from '../../../domain/practice/decide';
import type { PracticeDocument } from '../../../domain/practice/documents';
import type { EventDraft } from '../../../domain/practice/events';
import type { PracticeState } from '../../../domain/practice/state';
import type { PracticeEntity } from '../entity';
import type { Proxies } from '../proxies';
import { type DoneSteps, nextStep } from './next-step';
import { now } from './time';

/** Makes a document and says what follows from it. */
export async function makeDocument(
  document: PracticeDocument,
  p: PracticeEntity,
  a: Proxies,
  done: DoneSteps,
): Promise<void> {
  const { ordinal, kind, command } = document;
  const at = now();
  const input = { practice: p.state.id, document: ordinal, kind, at, ...(command && { command }) };
  const { sha256 } = await a.renderDocument.executeWithOptions({ summary: `Documento ${ordinal}` }, [input]);
  await p.stage(`step:ready/${ordinal}`, (state) => {
    const ready: EventDraft = { type: 'documentReady', at, data: { document: ordinal, sha256 } };
    return [ready, ...whatFollows(state, document, at)];
  });
  // A registration carries the news with it; where none follows, nothing else would.
  if (nextStep(p.state, done)?.kind !== 'register') await p.flush();
}

function whatFollows(state: PracticeState, { ordinal, kind }: PracticeDocument, at: Instant): EventDraft[] {
  if (kind === 'request') return afterRequest(state, ordinal, at);
  if (kind !== 'decision') return filed(state, at, ordinal);
  // Annulled while it was written: nothing is asked for any more.
  if (state.status !== 'deciding') return [];
  const { stamps, feeCents } = state.decision ?? {};
  if (stamps) return [{ type: 'stampsRequested', at, data: { stamps, phase: 'release' } }];
  return feeCents ? [finalPayment(state, at, feeCents)] : filed(state, at, ordinal);
}

function afterRequest(state: PracticeState, document: number, at: Instant): EventDraft[] {
  switch (state.rules.registration) {
    case 'onSubmission':
      return [{ type: 'registrationStarted', at, data: { document } }];
    case 'onAcceptance':
      return [{ type: 'acceptanceAwaited', at, data: {} }];
    case 'none':
      return state.status === 'submitted' ? automaticAssignment(state, at) : [];
  }
}

/** Where the service says to whom an arrived practice goes, nobody has to take it first. */
export function automaticAssignment({ rules, assignTo }: PracticeState, at: Instant): EventDraft[] {
  if (!assignTo || rules.workflow !== 'approval' || rules.registration === 'onAcceptance') return [];
  return [{ type: 'assigned', at, data: { ...assignTo, automatic: true } }];
}
