import { freeRules } from '../../support';
import { PEOPLE } from '../kinds';
import { Life } from '../life';

test('draft expiry is off by default', () => {
  const life = new Life(freeRules()).waitsDays(5_000);
  expect([life.state.status, life.clock.deadlines]).toEqual(['draft', []]);
});

test('a draft that expires is announced three days before', () => {
  const life = new Life(freeRules({ draftDays: 30 })).waitsDays(31);
  expect(life.events.map(({ type, at, data }) => [type, at, data])).toEqual([
    ['draftCreated', '2026-03-03T08:00:00.000Z', {}],
    ['draftExpiryAnnounced', '2026-03-30T22:00:00.000Z', { expiresAt: '2026-04-02T22:00:00.000Z' }],
    ['draftExpired', '2026-04-02T22:00:00.000Z', { expiresAt: '2026-04-02T22:00:00.000Z' }],
  ]);
  expect([life.state.status, life.clock.deadlines]).toEqual(['expired', []]);
});

test('a draft of three days expires without an announcement, for there is no room for one', () => {
  const life = new Life(freeRules({ draftDays: 3 })).waitsDays(4);
  expect(life.events.map(({ type }) => type)).toEqual(['draftCreated', 'draftExpired']);
});

test('what was sent does not expire as a draft', () => {
  const life = new Life(freeRules({ draftDays: 30, registration: 'none' })).waitsDays(28).does('applicant', 'submit');
  expect(life.works().waitsDays(3).state.status).toBe('received');
});

test.each(['applicant', 'author'] as const)('the %s deletes the draft, and nothing is left to do', (who) => {
  const life = new Life(freeRules({ draftDays: 30 }), PEOPLE.author.id).does(who, 'deleteDraft');
  expect([life.state.status, life.clock.deadlines]).toEqual(['expired', []]);
  expect(life.refuses('applicant', 'submit').code).toBe('PRACTICE_CLOSED');
});

test('what waits for its stamps is still a draft that may be deleted', () => {
  const life = new Life(freeRules()).does('applicant', 'submit', { stamps: 1 }).does('applicant', 'deleteDraft');
  expect(life.state.status).toBe('expired');
});

test('what was sent is not deleted', () => {
  const life = new Life(freeRules()).does('applicant', 'submit');
  expect(life.refuses('applicant', 'deleteDraft').code).toBe('ACT_NOT_ALLOWED_IN_STATE');
});
