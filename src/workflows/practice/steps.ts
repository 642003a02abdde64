import { ActivityFailure, sleep } from '@temporalio/workflow';
import { epochMs, type Instant, instant } from '../../domain/ids';
import type { EventDraft, RegistrationFact } from '../../domain/practice/events';
import { needsRegistrationRetry } from '../../domain/practice/guard';
import type { PracticeDocument, PracticeState } from '../../domain/practice/state';
import type { PracticeEntity } from './entity';
import type { Proxies } from './proxies';

/** What the practice does by itself next. Chosen from state alone, so a practice resumed from a snapshot goes on alike. */
export type Step =
  | { readonly kind: 'openPosition'; readonly payment: number }
  | { readonly kind: 'makeDocument'; readonly document: PracticeDocument }
  | { readonly kind: 'register'; readonly document: PracticeDocument };

/** Steps finished in this run that leave no trace in the state; repeating one after continue-as-new is harmless. */
export type DoneSteps = Set<string>;

/** The next automatic step, if any. */
export function nextStep(state: PracticeState, done: DoneSteps): Step | undefined {
  const { payment } = state;
  if (state.status === 'awaitingPayment') {
    return payment && !done.has(`position/${payment.ordinal}`)
      ? { kind: 'openPosition', payment: payment.ordinal }
      : undefined;
  }
  const document = documentInHand(state);
  if (!document) return undefined;
  if (!document.sha256) return { kind: 'makeDocument', document };
  if (document.registration || state.status === 'received' || needsRegistrationRetry(state)) return undefined;
  return { kind: 'register', document };
}

function documentInHand(state: PracticeState): PracticeDocument | undefined {
  switch (state.status) {
    case 'submitted':
    case 'received':
    case 'registering':
      return state.documents.find((document) => document.kind === 'request');
    case 'integrationRequested':
    case 'integrationReceived':
    case 'deciding':
    case 'registeringOutcome':
      return state.documents.at(-1);
    default:
      return undefined;
  }
}

/** Runs one step to its end: the state then asks for another, or for none. */
export async function carryOut(step: Step, p: PracticeEntity, a: Proxies, done: DoneSteps): Promise<void> {
  switch (step.kind) {
    case 'openPosition':
      return openPosition(step.payment, p, a, done);
    case 'makeDocument':
      return makeDocument(step.document, p, a);
    case 'register':
      return register(step.document, p, a);
  }
}

async function openPosition(payment: number, p: PracticeEntity, a: Proxies, done: DoneSteps): Promise<void> {
  const expiresAt = p.clock.deadlines.find((deadline) => deadline.kind === 'payment')?.expiresAt;
  if (!expiresAt) throw new Error('a payment was requested but the clock has no deadline for it');
  try {
    const summary = `Posizione debitoria ${payment}`;
    await a.openPosition.executeWithOptions({ summary }, [{ practice: p.state.id, payment, expiresAt }]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await p.record(`step:position/${payment}`, () => [
      { type: 'attentionRaised', at: now(), data: { reason: 'positionRefused', payment } },
    ]);
  }
  done.add(`position/${payment}`);
}

async function makeDocument(document: PracticeDocument, p: PracticeEntity, a: Proxies): Promise<void> {
  const { ordinal, kind, command } = document;
  const at = now();
  const input = { practice: p.state.id, document: ordinal, kind, at, ...(command && { command }) };
  const { sha256 } = await a.renderDocument.executeWithOptions({ summary: `Documento ${ordinal}` }, [input]);
  await p.stage(`step:ready/${ordinal}`, (state) => {
    const ready: EventDraft = { type: 'documentReady', at, data: { document: ordinal, sha256 } };
    if (kind !== 'request' || state.rules.registration !== 'onSubmission') return [ready];
    return [ready, { type: 'registrationStarted', at, data: { document: ordinal } }];
  });
  // Where no registration follows, nothing else would carry the news.
  if (!nextStep(p.state, new Set())) await p.flush();
}

async function register(document: PracticeDocument, p: PracticeEntity, a: Proxies): Promise<void> {
  const { ordinal } = document;
  const direction = document.kind === 'request' || document.kind === 'integrationAnswer' ? 'in' : 'out';
  const input = { practice: p.state.id, document: ordinal, ownRef: `${p.code}/${ordinal}`, direction } as const;
  for (let attempt = 1; ; attempt += 1) {
    const result = await attemptRegistration(input, a);
    if (result.kind === 'registered') return recordRegistration(result.fact, p);
    // From here on it takes time: show how far the practice has come.
    await p.flush();
    if (result.kind === 'rejected') return raise('registrationRejected', ordinal, attempt, p);
    const found = await reconcile(input, a);
    if (found.kind === 'registered') return recordRegistration(found.fact, p);
    if (found.kind === 'unresolved') return raise('registrationUncertain', ordinal, attempt, p);
    await sleep(Math.min(5_000 * 2 ** (attempt - 1), 900_000), { summary: `Nuova protocollazione ${ordinal}` });
  }
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
      return [{ type: 'requestRegistered', at, data: fact }];
    case 'integrationRequest':
      return [{ type: 'integrationRequestRegistered', at, data: { ...fact, round: state.rounds.length } }];
    case 'integrationAnswer':
      return [{ type: 'integrationAnswerRegistered', at, data: { ...fact, round: state.rounds.length } }];
    case 'decision':
      return state.decision
        ? [{ type: 'outcomeRegistered', at, data: { ...fact, outcome: state.decision.outcome } }]
        : [];
    default:
      return [];
  }
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

/** The workflow's own clock: the server's time of the current task, the same on replay. */
export function now(): Instant {
  return instant(Date.now());
}

/** Milliseconds from now until an instant plus a grace. */
export function msUntil(at: Instant, graceMs: number): number {
  return epochMs(at) + graceMs - Date.now();
}
