import { ArrivalTimes } from '../../src/application/inbox/arrival-times';

let now = 0;
const times = () => new ArrivalTimes(() => now);
beforeEach(() => {
  now = 0;
});

test('over a tenth of a second is slow where arrivals are quick', () => {
  const arrivals = times();
  expect([12, 99, 101, 30, 2_000, 2_000].map((ms) => arrivals.isSlow(ms))).toEqual([
    false,
    false,
    true,
    false,
    true,
    true,
  ]);
});

test('a database far away makes every arrival long, and none of them slow', () => {
  const arrivals = times();
  expect([150, 180, 160, 400, 599].map((ms) => arrivals.isSlow(ms))).toEqual([false, false, false, false, false]);
  expect(arrivals.isSlow(601)).toBe(true);
});

test('what has become long for good is usual after a quarter of an hour', () => {
  const arrivals = times();
  arrivals.isSlow(20);
  const verdicts = Array.from({ length: 20 }, () => {
    now += 60_000;
    return arrivals.isSlow(200);
  });
  expect(verdicts.indexOf(false)).toBeGreaterThan(10);
  expect(verdicts.indexOf(false)).toBeLessThan(15);
});
