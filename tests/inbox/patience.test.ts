import { Patience } from '../../src/application/inbox/patience';

let now = 0;
const patienceAt = () => new Patience(() => now);
beforeEach(() => {
  now = 0;
});

/** So many wait the whole time for nothing, one after the other. */
function inVain(patience: Patience, count: number, everyMs: number): void {
  for (let n = 0; n < count; n += 1) {
    now += everyMs;
    patience.begin(2_000).ended('inVain');
  }
}

test('everybody waits as long as they may while the engine answers', () => {
  const patience = patienceAt();
  inVain(patience, 7, 10);
  expect(patience.begin(2_000).ms).toBe(2_000);
  patience.begin(2_000).ended('came');
  inVain(patience, 7, 10);
  expect(patience.begin(2_000).ms).toBe(2_000);
});

test('when eight have waited in vain within five seconds, one waits on and the others get their receipt soon', () => {
  const patience = patienceAt();
  inVain(patience, 8, 10);
  const waits = [1, 2, 3].map(() => patience.begin(2_000));
  expect(waits.map(({ ms }) => ms)).toEqual([2_000, 100, 100]);
  waits[0]?.ended('inVain');
  expect([patience.begin(2_000).ms, patience.begin(2_000).ms]).toEqual([2_000, 100]);
});

test('eight that are spread over more time are no sign', () => {
  const patience = patienceAt();
  inVain(patience, 20, 800);
  expect([1, 2].map(() => patience.begin(2_000).ms)).toEqual([2_000, 2_000]);
});

test('the first effect that comes, also to one who was to be told soon, lets all wait again', () => {
  const patience = patienceAt();
  inVain(patience, 8, 10);
  const [scout, soon] = [patience.begin(2_000), patience.begin(2_000)];
  soon?.ended('came');
  expect([1, 2].map(() => patience.begin(2_000).ms)).toEqual([2_000, 2_000]);
  scout?.ended('came');
});

test('whoever may wait for a moment only is neither hurried nor taken for a sign', () => {
  const patience = patienceAt();
  for (let n = 0; n < 20; n += 1) patience.begin(500).ended('inVain');
  expect(patience.begin(2_000).ms).toBe(2_000);
  inVain(patience, 8, 10);
  expect([1, 2].map(() => patience.begin(500).ms)).toEqual([500, 500]);
});

test('whoever comes to a crowd that waits is told soon, before anybody has waited in vain', () => {
  const patience = patienceAt();
  expect(patience.begin(2_000, 63).ms).toBe(2_000);
  expect([64, 65, 66].map((others) => patience.begin(2_000, others).ms)).toEqual([2_000, 100, 100]);
});
