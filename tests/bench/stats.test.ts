import { median, percentile, poissonArrivals, randomNumbers, ratio, recoveryMs, slope, spreadOf } from './stats';

test('a percentile is one of the values, by nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0, 0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 50, 95, 99, 100]);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

test('the median of repeated measurements comes with their spread', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ value: 2, low: 1, high: 3 });
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('a ratio to nothing is no number', () => {
  expect(ratio(3, 4)).toBe(0.75);
  expect(ratio(3, 0)).toBeNaN();
});

test('the slope of a line is found through its noise', () => {
  expect(slope([1, 2, 3, 4].map((x) => [x, 10 + 5 * x]))).toBe(5);
  expect(slope([[1, 4]])).toBeNaN();
});

test('Poisson arrivals have the rate that was asked for, exponential gaps, and repeat with their seed', () => {
  const arrivals = poissonArrivals(50, 100_000, randomNumbers(7));
  expect(arrivals).toEqual(poissonArrivals(50, 100_000, randomNumbers(7)));
  // 5,000 expected with a standard deviation of 71.
  expect(Math.abs(arrivals.length - 5_000)).toBeLessThan(4 * 71);
  expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
  const gaps = arrivals.map((at, index) => at - (arrivals[index - 1] ?? 0));
  const longerThanMean = gaps.filter((gap) => gap > 20).length / gaps.length;
  expect(longerThanMean).toBeCloseTo(Math.exp(-1), 1);
});

test('recovery ends where no later window is bad', () => {
  const at = (second: number, ms: number) => ({ at: second * 1000, ms });
  const samples = [...Array(60).keys()].map((second) => at(second, second >= 20 && second < 27 ? 5_000 : 100));
  const rule = { windowMs: 5_000, stepMs: 500, limitMs: 200 };
  expect(recoveryMs(samples, 20_000, rule)).toBe(6_500);
  expect(recoveryMs([...samples, at(40.2, 900)], 20_000, rule)).toBe(20_500);
  expect(recoveryMs([...samples, at(58.2, 900)], 20_000, rule)).toBeUndefined();
});
