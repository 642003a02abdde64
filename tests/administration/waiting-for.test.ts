import { nextDeadlines, nextStepOf } from '../../src/application/administration/coming-next';
import { remedyOf } from '../../src/application/administration/remedies';
import { waitingFor } from '../../src/application/administration/waiting-for';
import type { Instant } from '../../src/domain/ids';
import type { AttentionReason } from '../../src/domain/practice/events';
import type { PracticeState } from '../../src/domain/practice/state';
import { STATUSES } from '../../src/domain/practice/states';
import { evaluateClock } from '../../src/domain/terms/practice-clock';

const NOW = '2026-11-24T10:00:00.000Z' as Instant;

function state(changes: Partial<PracticeState>): PracticeState {
  return {
    id: 'p',
    tenant: 'bugliano',
    applicant: 'a',
    rules: {
      service: 'permesso-ztl',
      version: 1,
      codePrefix: 'ZTL',
      workflow: 'approval',
      registration: 'onSubmission',
      payment: { amountCents: 1600, windowMinutes: 60, onExpiry: 'expired' },
      termDays: 30,
      integrationDays: 15,
      switches: { withdraw: true, integration: true, partialApproval: false, reopening: false, rejectionNotice: true },
    },
    status: 'draft',
    seq: 1,
    actVersion: 1,
    submission: 0,
    documents: [],
    rounds: [],
    late: false,
    attention: [],
    processed: [],
    ...changes,
  } as PracticeState;
}

function waits(changes: Partial<PracticeState>) {
  const of = state(changes);
  return waitingFor(of, evaluateClock(of), NOW);
}

test.each(STATUSES)('a practice that is %s waits for somebody or something, said in a sentence', (status) => {
  const waiting = waits({ status });
  expect(waiting.length).toBeGreaterThan(0);
  for (const { what } of waiting) expect(what.length).toBeGreaterThan(10);
});

test('a registered practice waits for its office, which may take it in charge', () => {
  expect(waits({ status: 'registered', receivedAt: NOW })).toMatchObject([
    { on: 'office', acts: expect.arrayContaining(['takeCharge']) },
  ]);
});

test('a practice in charge waits for its case officer, who may decide', () => {
  expect(waits({ status: 'inCharge', assignee: 'o', receivedAt: NOW })).toMatchObject([
    { on: 'caseOfficer', what: 'the operator o has it in charge', acts: expect.arrayContaining(['approve', 'reject']) },
  ]);
});

test('a practice whose document has no number waits for the register, and says under which reference', () => {
  const documents = [{ ordinal: 1, kind: 'request', sha256: 'x' }] as unknown as PracticeState['documents'];
  expect(waits({ status: 'registering', documents })).toEqual([
    { on: 'register', what: 'document 1 (request) is being registered', acts: [] },
  ]);
  expect(nextStepOf(state({ status: 'registering', documents }), 'ZTL-2026-000001')?.what).toContain(
    'ZTL-2026-000001/1',
  );
});

test('a registration in trouble waits for a person with the act that lets it go on', () => {
  const documents = [{ ordinal: 1, kind: 'request', sha256: 'x' }] as unknown as PracticeState['documents'];
  const [first] = waits({ status: 'registering', documents, attention: ['registrationUncertain'] });
  expect(first).toMatchObject({ on: 'administrator', acts: ['retryRegistration'] });
});

test('deadlines come with their effect and their ground', () => {
  const of = state({ status: 'inCharge', receivedAt: NOW });
  expect(nextDeadlines(of, evaluateClock(of))).toMatchObject([
    { kind: 'term', until: '24/12/2026 compreso', rule: '30 days from arrival, plus suspensions (L. 241/1990 art. 2)' },
  ]);
});

test('every reason of attention and every task of the engine has a remedy of its own', () => {
  const reasons: readonly (AttentionReason | 'parked' | 'engineMissing' | 'strangeMessage')[] = [
    'registrationUncertain',
    'registrationRejected',
    'paymentUnmatched',
    'positionRefused',
    'deliveryFailed',
    'termPassed',
    'parked',
    'engineMissing',
    'strangeMessage',
  ];
  expect(new Set(reasons.map((reason) => remedyOf(reason).remedy)).size).toBe(reasons.length);
  expect(remedyOf('somethingElse').remedy).toContain('log');
});
