import {
  isCommand,
  isMailRefusal,
  isPracticeStart,
  isReceiptNews,
  isText,
} from '../../../src/domain/practice/well-formed';

const ID = '01a222c1-c259-7e57-8c64-92ca9aecca22';
const AT = '2026-11-24T10:00:00.000Z';
const COMMAND = { id: ID, act: 'submit', actor: { id: ID, role: 'citizen' }, receivedAt: AT };
const RECEIPT = { id: ID, payment: 1, receipt: 'r-1', amountCents: 1600, paidAt: AT, receivedAt: AT };
const RULES = { service: 'permesso-ztl', version: 1, workflow: 'approval', registration: 'onSubmission' };
const START = {
  birth: { id: ID, tenant: 'bugliano', applicant: ID, rules: RULES },
  draft: { command: ID, at: AT, actor: { id: ID, role: 'citizen' } },
  page: 'http://127.0.0.1/p',
};

/** The same value with one member changed after the other, each to something that does not belong there. */
function spoiled(value: Readonly<Record<string, unknown>>, members: readonly string[]): readonly unknown[] {
  const foreign = [undefined, null, 3.5, -1, '', 'x'.repeat(201), [], {}, true];
  const taken = (member: string, other: unknown) => typeof other === 'number' && member === 'version';
  return members.flatMap((member) =>
    foreign.filter((other) => !taken(member, other)).map((other) => ({ ...value, [member]: other })),
  );
}

const NOTHINGS = [undefined, null, 0, 'text', [], {}, new Date(0)];

test('a command is taken with and without what it may leave out, and with members of a later release', () => {
  const facts = { feeCents: 0, stamps: 2, assignTo: { operator: ID }, priority: 'high', phase: 'p', to: 'office' };
  for (const command of [COMMAND, { ...COMMAND, actVersion: 0, facts }, { ...COMMAND, facts: {}, later: [1] }])
    expect(isCommand(command)).toBe(true);
  // A service has no id of a person.
  expect(isCommand({ ...COMMAND, actor: { id: '', role: 'service' } })).toBe(true);
});

test('a command with any member missing or of another kind is none', () => {
  for (const value of [...NOTHINGS, ...spoiled(COMMAND, ['id', 'act', 'actor', 'receivedAt'])])
    expect(isCommand(value)).toBe(false);
  for (const wrong of [{ actVersion: '3' }, { facts: 5 }, { facts: { stamps: -1 } }, { facts: { assignTo: ID } }])
    expect(isCommand({ ...COMMAND, ...wrong })).toBe(false);
  expect(isCommand({ ...COMMAND, receivedAt: '2026-13-24T10:00:00.000Z' })).toBe(false);
});

test('news of a payment or of a mail is taken whole or not at all', () => {
  expect(isReceiptNews(RECEIPT)).toBe(true);
  for (const value of [...NOTHINGS, ...spoiled(RECEIPT, Object.keys(RECEIPT))])
    expect(isReceiptNews(value)).toBe(false);
  expect(isMailRefusal({ id: ID, receivedAt: AT })).toBe(true);
  for (const value of [...NOTHINGS, ...spoiled({ id: ID, receivedAt: AT }, ['id', 'receivedAt'])])
    expect(isMailRefusal(value)).toBe(false);
});

test('a practice begins from its birth, or goes on from a snapshot that has its parts', () => {
  expect(isPracticeStart(START)).toBe(true);
  for (const value of [...NOTHINGS, ...spoiled(START, ['birth', 'draft'])]) expect(isPracticeStart(value)).toBe(false);
  for (const snapshot of [null, {}, { state: {}, clock: { deadlines: [] } }])
    expect(isPracticeStart({ ...START, snapshot })).toBe(false);
});

test('a reason is a text that is not empty and not long', () => {
  expect([isText('why'), isText(''), isText('x'.repeat(201)), isText(undefined)]).toEqual([true, false, false, false]);
});
