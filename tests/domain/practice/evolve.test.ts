import { asId, type CommandId, type LegalDate, type Sha256 } from '../../../src/domain/ids';
import type { DocumentKind } from '../../../src/domain/practice/documents';
import type { EventData, EventDraft, EventType } from '../../../src/domain/practice/events';
import type { PracticeState } from '../../../src/domain/practice/state';
import { at, fold, practiceIn } from '../support';

const now = at('2026-11-24T10:00:00.000Z');
const before = at('2026-11-20T10:00:00.000Z');
const command = asId<CommandId>('01926f00-0000-7000-8000-00000000c009');
const sha256 = asId<Sha256>('a'.repeat(64));
const number = { register: 'main', year: 2026, number: '0000007', date: asId<LegalDate>('2026-11-24') };
const fact = (document: number) => ({ document, ...number });
const doc = (ordinal: number, kind: DocumentKind, more: object = {}) => ({ ordinal, kind, ...more });
const position = { ordinal: 1, status: 'requested' as const, requestedAt: before, amountCents: 1600 };
const round = { round: 1, requestedAt: before, openedAt: before };
const request = [doc(1, 'request')];

type Case<T extends EventType> = readonly [PracticeState, EventData[T], Partial<Record<keyof PracticeState, unknown>>];

/** State before, what the event says, and everything that it changes but sequence, version and processed ids. */
const CASES: { readonly [T in EventType]: Case<T> } = {
  draftCreated: [practiceIn('draft'), {}, { draftedAt: now }],
  draftDeleted: [practiceIn('draft'), {}, { status: 'expired' }],
  draftExpiryAnnounced: [practiceIn('draft'), { expiresAt: now }, { expiryAnnounced: true }],
  draftExpired: [practiceIn('draft'), { expiresAt: now }, { status: 'expired' }],
  stampsRequested: [
    practiceIn('draft'),
    { stamps: 2, phase: 'request', submission: 1, feeCents: 1600, assignTo: { office: 'o' } },
    { status: 'awaitingStamps', stamps: 2, submission: 1, confirmedAt: now, feeCents: 1600, assignTo: { office: 'o' } },
  ],
  stampsProvided: [practiceIn('awaitingStamps', { stamps: 2 }), { phase: 'request', command }, { stamps: undefined }],
  paymentRequested: [
    practiceIn('draft'),
    { submission: 1, payment: 1, amountCents: 1600 },
    {
      status: 'awaitingPayment',
      submission: 1,
      confirmedAt: now,
      payment: { ordinal: 1, status: 'requested', requestedAt: now, amountCents: 1600 },
    },
  ],
  paymentReturned: [
    practiceIn('awaitingPayment', { payment: position }),
    { payment: 1 },
    { status: 'awaitingOutcome', payment: { ...position, returnedAt: now } },
  ],
  paymentFailed: [practiceIn('awaitingOutcome', { payment: position }), { payment: 1 }, { status: 'awaitingPayment' }],
  paymentReceived: [
    practiceIn('awaitingPayment', { payment: position }),
    { payment: 1, receipt: 'RT-1', paidAt: before, means: 'counter' },
    { payment: { ...position, status: 'paid', receipt: 'RT-1', means: 'counter' } },
  ],
  paymentExpired: [
    practiceIn('awaitingPayment', { payment: position }),
    { payment: 1, to: 'draft' },
    { status: 'draft', draftedAt: now, payment: { ...position, status: 'expired' } },
  ],
  positionClosed: [
    practiceIn('annulled', { payment: position }),
    { payment: 1 },
    { payment: { ...position, status: 'cancelled' } },
  ],
  submitted: [
    practiceIn('awaitingPayment', { feeCents: 1600 }),
    { submission: 1, confirmedAt: before, receivedAt: now },
    {
      status: 'submitted',
      submission: 1,
      confirmedAt: before,
      receivedAt: now,
      feeCents: undefined,
      documents: request,
    },
  ],
  documentReady: [
    practiceIn('submitted', { documents: request }),
    { document: 1, sha256 },
    { status: 'received', documents: [doc(1, 'request', { sha256 })] },
  ],
  documentFiled: [
    practiceIn('integrationRequested', { documents: [doc(1, 'integrationRequest')], rounds: [round] }),
    { document: 1 },
    { status: 'awaitingIntegration', rounds: [{ ...round, openedAt: now }] },
  ],
  documentRegistered: [
    practiceIn('rejectionNoticed', { documents: [doc(1, 'rejectionNotice')], notice: { document: 1 } }),
    fact(1),
    {
      documents: [doc(1, 'rejectionNotice', { registration: fact(1) })],
      notice: { document: 1, openedAt: now },
    },
  ],
  registrationStarted: [practiceIn('received'), { document: 1 }, { status: 'registering' }],
  acceptanceAwaited: [practiceIn('received'), {}, { status: 'toAccept' }],
  accepted: [
    practiceIn('toAccept'),
    { operator: 'person-desk', command },
    { status: 'registering', accepted: true, assignee: 'person-desk' },
  ],
  requestRegistered: [
    practiceIn('registering', { documents: request }),
    fact(1),
    { status: 'registered', documents: [doc(1, 'request', { registration: fact(1) })] },
  ],
  chargeTaken: [practiceIn('registered'), { operator: 'person-b' }, { status: 'inCharge', assignee: 'person-b' }],
  assigned: [
    practiceIn('registered', { assignTo: { office: 'o' } }),
    { office: 'o', automatic: true },
    { status: 'inCharge', office: 'o', assignee: undefined, assignTo: undefined },
  ],
  takenOver: [practiceIn('deciding'), { operator: 'person-b', from: 'person-officer' }, { assignee: 'person-b' }],
  released: [practiceIn('inCharge'), { from: 'person-officer' }, { assignee: undefined }],
  prioritySet: [practiceIn('inCharge'), { priority: 'high' }, { priority: 'high' }],
  phaseChanged: [practiceIn('inCharge'), { to: 'review', command }, { phase: 'review' }],
  startCommunicated: [
    practiceIn('inCharge', { documents: request }),
    { document: 2, command },
    { documents: [...request, doc(2, 'startNotice', { command })] },
  ],
  integrationRequested: [
    practiceIn('inCharge'),
    { document: 1, command, round: 1 },
    {
      status: 'integrationRequested',
      documents: [doc(1, 'integrationRequest', { command })],
      rounds: [{ round: 1, requestedAt: now }],
    },
  ],
  integrationRequestRegistered: [
    practiceIn('integrationRequested', { documents: [doc(1, 'integrationRequest')], rounds: [round] }),
    { ...fact(1), round: 1 },
    {
      status: 'awaitingIntegration',
      documents: [doc(1, 'integrationRequest', { registration: fact(1) })],
      rounds: [{ ...round, openedAt: now }],
    },
  ],
  integrationAnswered: [
    practiceIn('awaitingIntegration', { rounds: [round] }),
    { document: 1, command, round: 1 },
    {
      status: 'integrationReceived',
      documents: [doc(1, 'integrationAnswer', { command })],
      rounds: [{ ...round, closedAt: now, closedBy: 'answer' }],
    },
  ],
  integrationAnswerRegistered: [
    practiceIn('integrationReceived', { documents: [doc(1, 'integrationAnswer')] }),
    { ...fact(1), round: 1 },
    { status: 'inCharge', documents: [doc(1, 'integrationAnswer', { registration: fact(1) })] },
  ],
  integrationCancelled: [
    practiceIn('awaitingIntegration', { rounds: [round] }),
    { round: 1 },
    { status: 'inCharge', rounds: [{ ...round, closedAt: now, closedBy: 'cancel' }] },
  ],
  integrationLapsed: [
    practiceIn('awaitingIntegration', { rounds: [round] }),
    { round: 1 },
    { status: 'inCharge', rounds: [{ ...round, closedAt: now, closedBy: 'lapse' }] },
  ],
  rejectionNoticed: [
    practiceIn('inCharge'),
    { document: 1, command },
    {
      status: 'rejectionNoticed',
      documents: [doc(1, 'rejectionNotice', { command })],
      notice: { document: 1 },
    },
  ],
  observationsSubmitted: [
    practiceIn('rejectionNoticed', { notice: { document: 1, openedAt: before } }),
    { document: 1, command },
    {
      status: 'inCharge',
      documents: [doc(1, 'observations', { command })],
      notice: { document: 1, openedAt: before, closedAt: now, closedBy: 'observations' },
    },
  ],
  observationsLapsed: [
    practiceIn('rejectionNoticed', { notice: { document: 1, openedAt: before } }),
    {},
    { status: 'inCharge', notice: { document: 1, openedAt: before, closedAt: now, closedBy: 'lapse' } },
  ],
  decided: [
    practiceIn('inCharge'),
    { document: 1, command, outcome: 'approved', stamps: 1, feeCents: 5_000 },
    {
      status: 'deciding',
      documents: [doc(1, 'decision', { command })],
      decision: { outcome: 'approved', document: 1, stamps: 1, feeCents: 5_000 },
    },
  ],
  outcomeReleased: [practiceIn('awaitingFinalPayment'), {}, { status: 'registeringOutcome' }],
  outcomeRegistered: [
    practiceIn('registeringOutcome', {
      documents: [doc(1, 'decision')],
      decision: { outcome: 'partiallyApproved', document: 1 },
    }),
    { ...fact(1), outcome: 'partiallyApproved' },
    { status: 'partiallyApproved', documents: [doc(1, 'decision', { registration: fact(1) })] },
  ],
  communicationSent: [
    practiceIn('inCharge'),
    { document: 1, command, to: 'office' },
    { documents: [doc(1, 'communication', { command })] },
  ],
  withdrawn: [
    practiceIn('registered'),
    { document: 1, command },
    { status: 'withdrawn', documents: [doc(1, 'withdrawal', { command })] },
  ],
  archived: [
    practiceIn('inCharge'),
    { document: 1, command },
    { status: 'archived', documents: [doc(1, 'archiving', { command })] },
  ],
  annulled: [
    practiceIn('approved'),
    { document: 1, command },
    { status: 'annulled', documents: [doc(1, 'annulment', { command })] },
  ],
  reopened: [practiceIn('rejected'), { command }, { status: 'inCharge', reopened: true }],
  delivered: [practiceIn('approved'), { document: 1, evidence: 'mail', deliveredAt: now }, {}],
  termPassed: [practiceIn('inCharge'), { expiresAt: now }, { late: true }],
  attentionRaised: [practiceIn('inCharge'), { reason: 'termPassed' }, { attention: ['termPassed'] }],
  attentionCleared: [
    practiceIn('inCharge', { attention: ['termPassed', 'deliveryFailed'] }),
    { reason: 'termPassed' },
    { attention: ['deliveryFailed'] },
  ],
};

const COUNTERS = ['seq', 'actVersion', 'processed'];

/** Everything that differs; what is gone is undefined. */
function difference(from: PracticeState, to: PracticeState): object {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])] as (keyof PracticeState)[];
  const changed = keys.filter(
    (key) => !COUNTERS.includes(key) && JSON.stringify(from[key]) !== JSON.stringify(to[key]),
  );
  return Object.fromEntries(changed.map((key) => [key, to[key]]));
}

test.each(Object.keys(CASES) as EventType[])('%s changes what it says, and nothing else', (type) => {
  const [state, data, changes] = CASES[type];
  const event = { type, at: now, data } as EventDraft;
  const once = fold(state, 'step:x', [event]).state;
  expect(difference(state, once)).toEqual(changes);
  expect(once.seq).toBe(state.seq + 1);
});
