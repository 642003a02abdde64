import { CATALOGUE } from './catalogue';
import { differentNames, Figures } from './figures';
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

test('the published report has exactly the figures of the catalogue', () => {
  const published = publishedReport();
  // Before the first run there is none.
  if (!published) return;
  expect(
    differentNames(published, { figures: CATALOGUE.map((each) => ({ ...each, value: 0, target: null, met: null })) }),
  ).toEqual([]);
});
