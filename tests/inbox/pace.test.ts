import { Pace } from '../../src/application/inbox/pace';

let now = 0;
let pace: Pace;
beforeEach(() => {
  now = 0;
  pace = new Pace(() => now);
});

/** Takes whatever may be begun, every 50 ms; gives how many that were. */
function rush(seconds: number, slowEveryMs?: number): number {
  let brought = 0;
  for (const end = now + seconds * 1000; now < end; now += 50) {
    if (slowEveryMs !== undefined && now % slowEveryMs === 0) pace.slow();
    const free = pace.free();
    pace.took(free);
    brought += free;
  }
  return brought;
}

test('all that waits may be brought until more than 64 new practices wait, and again when half of them are left', () => {
  for (const [waiting, inRush] of [
    [64, false],
    [65, true],
    [33, true],
    [32, true],
    [31, false],
    [64, false],
  ] as const) {
    pace.waiting(waiting);
    expect({ waiting, inRush: pace.inRush, all: pace.free() > 1_000 }).toEqual({ waiting, inRush, all: !inRush });
  }
});

test('a rush begins with eight a second and is brought faster from second to second', () => {
  pace.waiting(1_000);
  const seconds = Array.from({ length: 12 }, () => rush(1));
  expect(seconds[0]).toBeLessThanOrEqual(10);
  for (const second of [4, 8, 11]) expect(seconds[second]).toBeGreaterThan((seconds[second - 3] ?? 0) * 1.6);
});

test('while arrivals are slow it falls to about one a second, and never to none', () => {
  pace.waiting(1_000);
  rush(10);
  rush(5, 100);
  const brought = rush(20, 100);
  expect(brought).toBeGreaterThanOrEqual(18);
  expect(brought).toBeLessThanOrEqual(28);
  expect(rush(20)).toBeGreaterThan(100);
});

test('many cries of one moment count once', () => {
  pace.waiting(1_000);
  for (let n = 0; n < 50; n += 1) pace.slow();
  expect(rush(1)).toBeGreaterThanOrEqual(3);
});

test('a cry outside of a rush is no reason to wait', () => {
  for (let n = 0; n < 50; n += 1) {
    now += 1_000;
    pace.slow();
  }
  pace.waiting(1_000);
  expect(rush(1)).toBeGreaterThanOrEqual(7);
});
