import type { EventDraft } from '../../../src/domain/practice/events';
import { newborn } from '../../../src/domain/practice/state';
import { at, birth, fold, officer, practiceIn } from '../support';

const now = at('2026-11-24T10:00:00.000Z');
const fact = { document: 1, register: 'main', year: 2026, number: '0000001', date: '2026-11-24' };

test('a person’s act raises it by one, although nothing moves', () => {
  const { state } = fold(newborn(birth()), 'act:1', [{ type: 'draftCreated', at: now, actor: officer, data: {} }]);
  expect(state.actVersion).toBe(1);
});

test('an act of two events raises it once', () => {
  const before = practiceIn('registering', { attention: ['registrationRejected', 'registrationUncertain'] });
  const cleared = before.attention.map(
    (reason): EventDraft => ({ type: 'attentionCleared', at: now, actor: officer, data: { reason } }),
  );
  const { state } = fold(before, 'act:9', cleared);
  expect({ seq: state.seq, actVersion: state.actVersion, attention: state.attention }).toEqual({
    seq: before.seq + 2,
    actVersion: before.actVersion + 1,
    attention: [],
  });
});

test('an act that moves the practice and changes its holder raises it once', () => {
  const { assignee: _nobody, ...before } = practiceIn('registered');
  const { state } = fold(before, 'act:9', [
    { type: 'chargeTaken', at: now, actor: officer, data: { operator: officer.id } },
  ]);
  expect({ actVersion: state.actVersion, status: state.status, assignee: state.assignee }).toEqual({
    actVersion: before.actVersion + 1,
    status: 'inCharge',
    assignee: officer.id,
  });
});

test('a number, a deadline or a receipt that moves the practice raises it', () => {
  const before = practiceIn('registering', { documents: [{ ordinal: 1, kind: 'request' }] });
  const { state } = fold(before, 'step:registered/1', [{ type: 'requestRegistered', at: now, data: fact as never }]);
  expect(state.actVersion).toBe(before.actVersion + 1);
});

test('news that move nothing do not throw an officer out', () => {
  const before = practiceIn('inCharge');
  const drafts: EventDraft[] = [
    { type: 'delivered', at: now, data: { document: 1, evidence: 'mail', deliveredAt: now } },
    { type: 'attentionRaised', at: now, data: { reason: 'deliveryFailed' } },
    { type: 'termPassed', at: now, data: { expiresAt: now } },
  ];
  const { state } = fold(before, 'step:notified/7', drafts);
  expect({ actVersion: state.actVersion, late: state.late }).toEqual({ actVersion: before.actVersion, late: true });
});
