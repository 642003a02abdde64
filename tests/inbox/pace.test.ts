import { Pace } from '../../src/application/inbox/pace';

let now = 0;
beforeEach(() => {
  now = 0;
});

/** Takes whatever may be brought, every 50 ms; gives how many that were. */
function rush(pace: Pace, seconds: number, slowEveryMs?: number): number {
  let brought = 0;
  for (const end = now + seconds * 1000; now < end; now += 50) {
    if (slowEveryMs !== undefined && now % slowEveryMs === 0) pace.slow();
    const free = Math.max(0, pace.free());
    pace.took(free);
    brought += free;
  }
  return brought;
}

test('a few come at once, and a rush is brought faster from second to second', () => {
  const pace = new Pace(() => now);
  expect(pace.free()).toBe(8);
  const seconds = Array.from({ length: 12 }, () => rush(pace, 1));
  expect(seconds[0]).toBeLessThanOrEqual(17);
  for (const second of [4, 8, 11]) expect(seconds[second]).toBeGreaterThan((seconds[second - 3] ?? 0) * 1.6);
});

test('while arrivals are slow it falls to one in two seconds, and never to none', () => {
  const pace = new Pace(() => now);
  rush(pace, 10);
  rush(pace, 5, 100);
  expect(rush(pace, 20, 100)).toBeGreaterThanOrEqual(9);
  expect(rush(pace, 20, 100)).toBeLessThanOrEqual(16);
  expect(rush(pace, 20)).toBeGreaterThan(100);
});

test('many cries of one moment count once', () => {
  const [once, often] = [new Pace(() => now), new Pace(() => now)];
  once.slow();
  for (let n = 0; n < 50; n += 1) often.slow();
  for (const pace of [once, often]) pace.took(1);
  expect([once.waitMs(), often.waitMs()]).toEqual([250, 250]);
});

test('what comes at an even rate is brought at that rate, however long it lasts', () => {
  const pace = new Pace(() => now);
  let waiting = 0;
  let most = 0;
  for (; now < 120_000; now += 50) {
    waiting += 2;
    const free = Math.max(0, Math.min(waiting, pace.free()));
    pace.took(free);
    waiting -= free;
    if (now > 20_000) most = Math.max(most, waiting);
  }
  expect(most).toBeLessThanOrEqual(12);
});
