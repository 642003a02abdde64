import { asId, type LegalDate, type Sha256 } from '../../../src/domain/ids';
import type { EventDraft } from '../../../src/domain/practice/events';
import { FINAL_STATUSES } from '../../../src/domain/practice/states';
import { at, fold, practiceIn } from '../support';

const now = at('2026-11-24T10:00:00.000Z');
const fact = (document: number) => ({
  document,
  register: 'main',
  year: 2026,
  number: '0000007',
  date: asId<LegalDate>('2026-11-24'),
});
const KINDS = ['request', 'integrationRequest', 'integrationAnswer', 'rejectionNotice', 'decision'] as const;
const documents = KINDS.map((kind, index) => ({ ordinal: index + 1, kind }));
const rounds = [{ round: 1, requestedAt: now, openedAt: now, closedAt: now, closedBy: 'answer' as const }];

/** What may still come when the practice has ended: documents and numbers were on their way. */
const LATE: readonly EventDraft[] = [
  { type: 'documentReady', at: now, data: { document: 1, sha256: asId<Sha256>('a'.repeat(64)) } },
  { type: 'documentFiled', at: now, data: { document: 2 } },
  { type: 'documentFiled', at: now, data: { document: 5 } },
  { type: 'documentRegistered', at: now, data: fact(4) },
  { type: 'registrationStarted', at: now, data: { document: 1 } },
  { type: 'acceptanceAwaited', at: now, data: {} },
  { type: 'requestRegistered', at: now, data: fact(1) },
  { type: 'integrationRequestRegistered', at: now, data: { ...fact(2), round: 1 } },
  { type: 'integrationAnswerRegistered', at: now, data: { ...fact(3), round: 1 } },
  { type: 'outcomeRegistered', at: now, data: { ...fact(5), outcome: 'approved' } },
  { type: 'positionClosed', at: now, data: { payment: 1 } },
  { type: 'delivered', at: now, data: { document: 5, evidence: 'area', deliveredAt: now } },
];

test.each(FINAL_STATUSES)('what comes when a practice is %s is kept and moves it nowhere', (status) => {
  const decision = { outcome: 'rejected' as const, document: 5 };
  const state = practiceIn(status, { documents, rounds, decision, notice: { document: 4 } });
  for (const event of LATE)
    expect([event.type, fold(state, 'step:late', [event]).state.status]).toEqual([event.type, status]);
});

test('a number belongs to its document whatever happened meanwhile', () => {
  const { state } = fold(practiceIn('withdrawn', { documents }), 'step:late', [
    { type: 'requestRegistered', at: now, data: fact(1) },
  ]);
  expect(state.documents[0]).toEqual({ ordinal: 1, kind: 'request', registration: fact(1) });
});

test('an answered request that is registered late opens nothing again', () => {
  const state = practiceIn('inCharge', { documents, rounds });
  const event: EventDraft = { type: 'integrationRequestRegistered', at: now, data: { ...fact(2), round: 1 } };
  expect(fold(state, 'step:late', [event]).state).toMatchObject({ status: 'inCharge', rounds });
});

test('a reason for attention is raised once, however often it is told', () => {
  const event: EventDraft = { type: 'attentionRaised', at: now, data: { reason: 'deliveryFailed' } };
  expect(fold(practiceIn('inCharge'), 'step:x', [event, event]).state.attention).toEqual(['deliveryFailed']);
});
