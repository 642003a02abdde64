import { ACT_LABELS, ACT_RULES, ACTS, ROLES } from '../../../src/domain/practice/acts';
import {
  coarseStatus,
  FINAL_STATUSES,
  isFinal,
  STATUS_LABELS,
  STATUSES,
  type Status,
} from '../../../src/domain/practice/states';
import { isEdge, statusesFor, TRANSITIONS, TRIGGERS, type Transition } from '../../../src/domain/practice/transitions';

const rows: readonly Transition[] = TRANSITIONS;

function reachableFrom(start: Status): Set<Status> {
  const seen = new Set<Status>([start]);
  for (const status of seen) for (const next of STATUSES) if (isEdge(status, next)) seen.add(next);
  return seen;
}

test('every row of the table names known states, known triggers and at least one source', () => {
  const triggers = new Set<string>([...ACTS, ...TRIGGERS]);
  const unknown = rows.filter(
    ({ on, from, to }) =>
      !triggers.has(on) || from.length === 0 || [...from, ...to].some((status) => !STATUSES.includes(status)),
  );
  expect(unknown).toEqual([]);
});

test('no row says the same thing twice, and none leads back to where it starts', () => {
  const edges = rows.flatMap(({ on, from, to }) => from.flatMap((a) => to.map((b) => ({ on, a, b }))));
  const names = edges.map(({ on, a, b }) => `${on}: ${a} → ${b}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  const loops = edges.filter(({ a, b }) => a === b).map(({ on, a }) => `${on}: ${a}`);
  // A practice that was released or assigned to an office is in charge of nobody yet.
  expect(loops).toEqual(['takeCharge: inCharge']);
});

test.each(STATUSES)('from %s some way leads to an end', (status) => {
  expect([...reachableFrom(status)].some(isFinal)).toBe(true);
});

test.each(STATUSES.filter((status) => status !== 'draft'))('a draft can become %s', (status) => {
  expect(reachableFrom('draft').has(status)).toBe(true);
});

test('only annulment and reopening leave an ended practice, and only these', () => {
  const exits = rows
    .filter(({ to }) => to.length > 0)
    .flatMap(({ on, from }) => from.filter(isFinal).map((status) => `${on} of ${status}`));
  expect(exits).toEqual([
    'annul of approved',
    'annul of partiallyApproved',
    'reopen of approved',
    'reopen of partiallyApproved',
    'reopen of rejected',
    'reopen of withdrawn',
  ]);
});

test('a state cannot be skipped: what the table does not say is no edge', () => {
  expect(isEdge('draft', 'approved')).toBe(false);
  expect(isEdge('submitted', 'inCharge')).toBe(false);
  expect(isEdge('registering', 'deciding')).toBe(false);
  expect(isEdge('inCharge', 'registered')).toBe(false);
  expect(isEdge('deciding', 'inCharge')).toBe(false);
  expect(isEdge('awaitingIntegration', 'registeringOutcome')).toBe(false);
});

test('every act has rows, except the one that brings a practice into being', () => {
  expect(ACTS.filter((act) => statusesFor(act).length === 0)).toEqual(['createDraft']);
});

test('every trigger that is no act has rows', () => {
  expect(TRIGGERS.filter((trigger) => statusesFor(trigger).length === 0)).toEqual([]);
});

test('people, and only people, move a practice by acts', () => {
  const odd = rows.filter(({ on, by }) => (by === 'person') !== (ACTS as readonly string[]).includes(on));
  expect(odd).toEqual([]);
});

test('the acts that leave a practice where it is are these', () => {
  expect(rows.filter(({ to }) => to.length === 0).map(({ on }) => on)).toEqual([
    'retryPayment',
    'assign',
    'takeOver',
    'release',
    'setPriority',
    'changePhase',
    'communicateStart',
    'communicate',
    'termExpired',
    'retryRegistration',
  ]);
});

test('every act has a rule with roles, and a label; officers act on a version, applicants never', () => {
  expect(Object.keys(ACT_RULES)).toEqual([...ACTS]);
  expect(Object.keys(ACT_LABELS)).toEqual([...ACTS]);
  expect(Object.values(ACT_LABELS).filter((label) => !/^[A-Z].{3,}/.test(label))).toEqual([]);
  for (const act of ACTS) {
    const { roles, versioned, who } = ACT_RULES[act];
    expect(roles.length).toBeGreaterThan(0);
    expect(roles.filter((role) => !ROLES.includes(role))).toEqual([]);
    if (who === 'applicant') expect({ act, versioned }).toEqual({ act, versioned: false });
    if (who === 'assignee') expect({ act, versioned }).toEqual({ act, versioned: true });
  }
});

test('only a manager annuls, and nobody but who filed an application withdraws it', () => {
  expect(ACT_RULES.annul).toEqual({ roles: ['manager'], who: 'anyone', versioned: true });
  expect(ACT_RULES.withdraw).toEqual({
    roles: ['citizen', 'professional', 'delegate'],
    who: 'applicant',
    versioned: false,
    needs: 'withdraw',
  });
});

test('two acts never share a label, so that a refusal names one', () => {
  expect(new Set(Object.values(ACT_LABELS)).size).toBe(ACTS.length);
});

test('every state has a label and a place in the coarse index', () => {
  expect(Object.keys(STATUS_LABELS)).toEqual([...STATUSES]);
  expect(Object.values(STATUS_LABELS).filter((label) => !/^[A-Z].{3,}/.test(label))).toEqual([]);
  const coarse = new Set<string>(['draft', 'submitted', 'inCharge', 'integration', ...FINAL_STATUSES]);
  expect(STATUSES.filter((status) => !coarse.has(coarseStatus(status)))).toEqual([]);
  expect(STATUSES.filter((status) => isFinal(status) !== (coarseStatus(status) === status && isFinal(status)))).toEqual(
    [],
  );
});

test('the outcome is not given away before its document is registered', () => {
  expect(STATUS_LABELS.deciding).toBe(STATUS_LABELS.registeringOutcome);
});
