import { closedLoop, openLoop, pause } from './load';

/** A life of so many milliseconds. */
async function life(ms: number) {
  const begunAt = performance.now();
  await pause(ms);
  return { begunAt, endedAt: performance.now(), submitMs: ms };
}

test('a closed loop keeps so many under way and counts those that end in a window', async () => {
  let [now, most] = [0, 0];
  const { rates, lives } = await closedLoop({ concurrency: 4, warmUpMs: 50, windows: 2, windowMs: 200 }, async () => {
    now += 1;
    most = Math.max(most, now);
    const lived = await life(20);
    now -= 1;
    return lived;
  });
  expect(most).toBe(4);
  expect(rates).toHaveLength(2);
  // Both windows together have all the lives; on a busy machine a window lasts longer than it was told.
  expect(lives.length / ((rates[0] ?? 0) + (rates[1] ?? 0))).toBeGreaterThan(0.19);
});

test('a closed loop ends with the first life that fails', async () => {
  const loop = closedLoop({ concurrency: 2, warmUpMs: 10, windows: 1, windowMs: 50 }, async () => {
    await pause(5);
    throw new Error('no');
  });
  await expect(loop).rejects.toThrow('no');
});

test('an open loop sends when it is time, and says so when the system falls behind', async () => {
  const late: number[] = [];
  await openLoop([0, 10, 20], 10, async (wantedAt) => {
    late.push(performance.now() - wantedAt);
    await pause(50);
  });
  expect(late.every((ms) => ms >= -2)).toBe(true);
  await expect(openLoop([0, 1, 2], 2, () => pause(200))).rejects.toThrow('more than 2 under way');
});
