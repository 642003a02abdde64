import type { DocumentKind, PracticeDocument, PracticeState } from './model';

export { DOCUMENT_KINDS, type DocumentKind, type PracticeDocument } from './model';

/** Documents that come from the applicant; the others leave the office. */
const ARRIVING: ReadonlySet<DocumentKind> = new Set(['request', 'integrationAnswer', 'observations', 'withdrawal']);

/** Whether a document is registered as arriving or as leaving. */
export function directionOf(kind: DocumentKind): 'in' | 'out' {
  return ARRIVING.has(kind) ? 'in' : 'out';
}

/** A registration was refused or stayed uncertain: a person corrects and lets it go on. */
export function needsRegistrationRetry(state: PracticeState): boolean {
  return state.attention.some((reason) => reason === 'registrationRejected' || reason === 'registrationUncertain');
}

/**
 * True when the practice has or will have its number: on acceptance that is decided by the act. Until then nothing of
 * it goes to the register, because there is nothing that a document could refer to.
 */
export function reachesRegister(state: PracticeState): boolean {
  return state.rules.registration === 'onSubmission' || state.accepted === true;
}

/** What is still to be done for the documents, first things first. */
export type DocumentWork =
  | { readonly kind: 'make'; readonly document: PracticeDocument }
  | { readonly kind: 'register'; readonly document: PracticeDocument };

/**
 * The next document to make or to register. They go in order, because each refers to those before it; a decision that
 * waits for stamps or money lets others pass. While a registration waits for a person, documents are made, none is
 * registered.
 */
export function documentWork(state: PracticeState): DocumentWork | undefined {
  const blocked = needsRegistrationRetry(state);
  for (const document of state.documents) {
    if (!document.sha256) return { kind: 'make', document };
    if (!blocked && awaitsNumber(state, document)) return { kind: 'register', document };
  }
  return undefined;
}

/** True when a document is still to be made or to be registered, now or after a person has helped. */
export function hasOpenDocuments(state: PracticeState): boolean {
  return state.documents.some((document) => !document.sha256 || awaitsNumber(state, document));
}

function awaitsNumber(state: PracticeState, document: PracticeDocument): boolean {
  return !document.registration && mayRegister(state, document);
}

function mayRegister(state: PracticeState, document: PracticeDocument): boolean {
  if (!reachesRegister(state)) return false;
  // One that was annulled before it was released never leaves the house.
  if (document.kind === 'decision') return state.status === 'registeringOutcome';
  // The step that made it says what follows.
  return document.kind !== 'request' || (state.status !== 'received' && state.status !== 'submitted');
}

/** The ordinal of the next document. */
export function nextOrdinal(state: PracticeState): number {
  return state.documents.length + 1;
}
