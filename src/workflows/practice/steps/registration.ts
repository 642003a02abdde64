import { ActivityFailure, sleep } from '@temporalio/workflow';
import { directionOf, type PracticeDocument } from '../../../domain/practice/documents';
import type { EventDraft, RegistrationFact } from '../../../domain/practice/events';
import type { PracticeState } from '../../../domain/practice/state';
import type { PracticeEntity } from '../entity';
import type { Proxies } from '../proxies';
import { automaticAssignment } from './documents';
import { now } from './time';

/** Gets the number of a document, whatever the register does: once, or not before it is known that there is none. */
export async function register(document: PracticeDocument, p: PracticeEntity, a: Proxies): Promise<void> {
  const { ordinal } = document;
  const ownRef = `${p.code}/${ordinal}`;
  const input = { practice: p.state.id, document: ordinal, ownRef, direction: directionOf(document.kind) };
  for (let attempt = 1; ; attempt += 1) {
    const result = await attemptRegistration(input, a);
    if (result.kind === 'registered') return recordRegistration(result.fact, p);
    const failedAt = Date.now();
    // From here on it takes time: show how far the practice has come.
    await p.flush();
    if (result.kind === 'rejected') return raise('registrationRejected', ordinal, attempt, p);
    const found = await reconcile(input, a);
    if (found.kind === 'registered') return recordRegistration(found.fact, p);
    if (found.kind === 'unresolved') return raise('registrationUncertain', ordinal, attempt, p);
    await pause(found, failedAt, attempt, `Nuova protocollazione ${ordinal}`);
  }
}

type Repeat = Extract<Awaited<ReturnType<typeof reconcile>>, { kind: 'repeat' }>;

/** Waits until the number may be asked for again. Nothing is left to wait for when looking outlasted an outage. */
async function pause({ pauseMs }: Repeat, failedAt: number, attempt: number, summary: string): Promise<void> {
  const full = Math.min((pauseMs ?? 5_000) * 2 ** (attempt - 1), 900_000);
  // Histories whose results have no pause waited all of it, whatever had passed.
  const left = pauseMs === undefined ? full : failedAt + full - Date.now();
  if (left > 0) await sleep(left, { summary });
}

type RegisterInput = Parameters<Proxies['registerDocument']>[0];

async function attemptRegistration(input: RegisterInput, a: Proxies) {
  try {
    return await a.registerDocument.executeWithOptions({ summary: `Protocolla ${input.ownRef}` }, [input]);
  } catch (error) {
    // One attempt that ended without an answer: the number may exist.
    if (error instanceof ActivityFailure) return { kind: 'uncertain' as const };
    throw error;
  }
}

async function reconcile(input: RegisterInput, a: Proxies) {
  try {
    return await a.reconcileRegistration.executeWithOptions({ summary: `Cerca ${input.ownRef}` }, [input]);
  } catch (error) {
    // The register did not answer for days.
    if (error instanceof ActivityFailure) return { kind: 'unresolved' as const };
    throw error;
  }
}

function recordRegistration(fact: RegistrationFact, p: PracticeEntity): Promise<void> {
  return p.record(`step:registered/${fact.document}`, (state) => registrationEvents(state, fact));
}

/** A number belongs to its document whatever else happened meanwhile; what it moves depends on the document's kind. */
function registrationEvents(state: PracticeState, fact: RegistrationFact): EventDraft[] {
  const at = now();
  const document = state.documents.find((row) => row.ordinal === fact.document);
  switch (document?.kind) {
    case 'request':
      return [{ type: 'requestRegistered', at, data: fact }, ...assignedNow(state, at)];
    case 'integrationRequest':
      return [{ type: 'integrationRequestRegistered', at, data: { ...fact, round: state.rounds.length } }];
    case 'integrationAnswer':
      return [{ type: 'integrationAnswerRegistered', at, data: { ...fact, round: state.rounds.length } }];
    case 'decision':
      return state.decision
        ? [{ type: 'outcomeRegistered', at, data: { ...fact, outcome: state.decision.outcome } }]
        : [];
    default:
      return document ? [{ type: 'documentRegistered', at, data: fact }] : [];
  }
}

function assignedNow(state: PracticeState, at: EventDraft['at']): EventDraft[] {
  return state.status === 'registering' ? automaticAssignment(state, at) : [];
}

async function raise(
  reason: 'registrationRejected' | 'registrationUncertain',
  document: number,
  attempt: number,
  p: PracticeEntity,
): Promise<void> {
  await p.record(`step:${reason}/${document}/${attempt}@${p.state.seq}`, () => [
    { type: 'attentionRaised', at: now(), data: { reason, document } },
  ]);
}
