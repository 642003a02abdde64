import { CATALOGUE } from './catalogue';
import { differentNames, Figures, type Report, updated } from './figures';
import { publishedReport } from './report/write';

test('no two figures have the same name', () => {
  const names = CATALOGUE.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

test('a figure is met on its side of the target, not met without a value, and neither without a target', () => {
  const figures = new Figures();
  figures.set('saves.rate', 200);
  figures.set('acceptance.safe.p95', 300.4);
  figures.set('recovery.api.seconds', undefined);
  figures.set('saves.p50', { value: 12.34567, low: 10, high: 20 });
  expect(figures.list()).toEqual([
    { name: 'acceptance.safe.p95', value: 300.4, unit: 'ms', target: 300, met: false },
    { name: 'saves.rate', value: 200, unit: 'saves/s', target: 200, met: true },
    { name: 'saves.p50', value: 12.35, unit: 'ms', target: null, met: null, low: 10, high: 20 },
    { name: 'recovery.api.seconds', value: null, unit: 's', target: 30, met: false },
  ]);
});

test('unknown names, repeated ones and missing ones are told', () => {
  const figures = new Figures();
  figures.set('saves.rate', 1);
  expect(() => figures.set('saves.rate', 2)).toThrow('the figure saves.rate was measured twice');
  expect(() => figures.set('saves.height', 2)).toThrow('the catalogue has no figure saves.height');
  expect(() => figures.complete()).toThrow('not measured: ladder.L0.rate.c1');
});

test('a part that is measured again takes the place of its figures, and the report says when', () => {
  const saves = (rate: number) => {
    const figures = new Figures();
    figures.set('saves.rate', rate);
    return figures.list();
  };
  const others = new Figures();
  others.set('saves.p50', 3);
  const first = {
    commit: 'a1',
    date: '2026-11-01T00:00:00.000Z',
    figures: [...saves(100), ...others.list()],
  } as Report;
  const second = { commit: 'b2', date: '2026-11-02T00:00:00.000Z', figures: saves(300) } as Report;
  const third = { commit: 'c3', date: '2026-11-03T00:00:00.000Z', figures: saves(400) } as Report;
  const merged = updated(updated(first, second, ['saves']), third, ['saves']);
  expect(merged).toEqual({
    ...first,
    figures: [...saves(400), ...others.list()],
    measuredAgain: [{ part: 'saves', commit: 'c3', date: '2026-11-03T00:00:00.000Z' }],
  });
});

test('the published report has exactly the figures of the catalogue', () => {
  const published = publishedReport();
  // Before the first run there is none.
  if (!published) return;
  expect(
    differentNames(published, { figures: CATALOGUE.map((each) => ({ ...each, value: 0, target: null, met: null })) }),
  ).toEqual([]);
});
