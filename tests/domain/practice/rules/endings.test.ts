import { hasOpenDocuments } from '../../../../src/domain/practice/documents';
import { hasEnded } from '../../../../src/domain/practice/state';
import { STATUSES } from '../../../../src/domain/practice/states';
import { KINDS, type Kind } from '../kinds';
import { situation } from '../state-table/situations';

test('a payment-only practice ends when it is received ("Acquisita")', () => {
  const life = situation('payment only, nothing registered', 'submitted');
  expect(hasEnded(life.state)).toBe(false);
  expect([life.step().state.status, hasEnded(life.state)]).toEqual(['received', true]);
  expect([life.clock, hasOpenDocuments(life.state)]).toEqual([{ deadlines: [], suspended: false }, false]);
});

test('a payment-only practice that is registered ends with its number', () => {
  const life = situation('payment only, registered', 'registering');
  expect(hasEnded(life.state)).toBe(false);
  expect([life.step().state.status, hasEnded(life.state)]).toEqual(['registered', true]);
});

test.each(['forward, nothing registered', 'forward, registered on submission'] as const)(
  'a %s practice ends when it is taken, and nobody decides it',
  (kind) => {
    const life = situation(kind, kind.includes('nothing') ? 'received' : 'registered');
    expect(hasEnded(life.state)).toBe(false);
    life.does('colleague', 'takeCharge');
    expect([life.state.status, hasEnded(life.state)]).toEqual(['inCharge', true]);
    expect(life.refuses('colleague', 'approve').code).toBe('ACT_DISABLED_BY_SERVICE');
    expect(life.refuses('colleague', 'assign').code).toBe('PRACTICE_CLOSED');
  },
);

test('a practice that is passed on has no term of ours', () => {
  expect(situation('forward, nothing registered', 'received').clock).toEqual({ deadlines: [], suspended: false });
});

test('who has it in charge archives it, with a document that says why', () => {
  const life = situation('approval, registered on submission', 'inCharge').does('holder', 'archive').works();
  expect(life.state.status).toBe('archived');
  expect(life.state.documents.at(-1)).toMatchObject({ kind: 'archiving', registration: { number: '0000002' } });
});

test('a manager annuls, also after an approval, and nobody else does', () => {
  const life = situation('approval, registered on submission', 'approved');
  expect(life.refuses('holder', 'annul').code).toBe('ROLE_NOT_ALLOWED');
  expect(life.does('manager', 'annul').works().state.status).toBe('annulled');
  expect(life.state.documents.at(-1)).toMatchObject({ kind: 'annulment', registration: { number: '0000003' } });
});

test('what was rejected, withdrawn or archived is not annulled: it never had effect', () => {
  for (const status of ['rejected', 'withdrawn', 'archived', 'expired'] as const) {
    const life = situation('approval, registered on submission', status);
    expect(life.refuses('manager', 'annul').code).toBe('PRACTICE_CLOSED');
  }
});

test('before it has arrived nothing is annulled', () => {
  const life = situation('approval, registered on submission', 'awaitingPayment');
  expect(life.refuses('manager', 'annul').code).toBe('ACT_NOT_ALLOWED_IN_STATE');
});

const finals = ['approved', 'rejected', 'withdrawn', 'archived', 'annulled', 'expired'] as const;
test.each(finals)('%s is an end: no deadline, no work, no document without its number', (status) => {
  const { state, clock } = situation('approval, registered on submission', status);
  expect([hasEnded(state), clock, hasOpenDocuments(state)]).toEqual([true, { deadlines: [], suspended: false }, false]);
});

test('which states are an end depends on the kind of service', () => {
  const ends = (kind: Kind) => STATUSES.filter((status) => hasEnded({ status, rules: KINDS[kind] }));
  const always = ['approved', 'partiallyApproved', 'rejected', 'withdrawn', 'archived', 'annulled', 'expired'];
  expect(ends('approval, registered on acceptance')).toEqual(always);
  expect(ends('forward, registered on submission')).toEqual(['inCharge', ...always]);
  expect(ends('payment only, nothing registered')).toEqual(['received', ...always]);
  expect(ends('payment only, registered')).toEqual(['registered', ...always]);
});
