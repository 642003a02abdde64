import { asId, epochMs, instant, type PracticeId, type TenantCode, workflowIdOf } from '../../src/domain/ids';

test('a workflow id is the tenant’s code and a UUID, nothing personal', () => {
  const id = asId<PracticeId>('01926f00-0000-7000-8000-000000000001');
  expect(workflowIdOf(asId<TenantCode>('bugliano'), id)).toBe('practice/bugliano/01926f00-0000-7000-8000-000000000001');
});

test('instants are text in UTC with milliseconds, and text compares as time', () => {
  const [early, late] = [instant(Date.UTC(2026, 10, 24, 9, 59)), instant(new Date('2026-11-24T11:00:00+01:00'))];
  expect([early, late]).toEqual(['2026-11-24T09:59:00.000Z', '2026-11-24T10:00:00.000Z']);
  expect(early < late).toBe(true);
  expect(epochMs(late) - epochMs(early)).toBe(60_000);
});

test('what is no instant is refused, not turned into one', () => {
  expect(() => instant(Number.NaN)).toThrow(new RangeError('Invalid time value'));
});
