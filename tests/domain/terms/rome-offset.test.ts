import * as fc from 'fast-check';
import { instant } from '../../../src/domain/ids';
import { romeOffset, romeText } from '../../../src/domain/terms/rome';
import { printedSeed } from '../support';

const HOUR = 3_600_000;
const SWITCHES = [
  ['2024-03-31', '2024-10-27'],
  ['2025-03-30', '2025-10-26'],
  ['2026-03-29', '2026-10-25'],
  ['2027-03-28', '2027-10-31'],
  ['2028-03-26', '2028-10-29'],
  ['2029-03-25', '2029-10-28'],
  ['2030-03-31', '2030-10-27'],
] as const;

/** The host's own idea of Rome: what our arithmetic must equal, and must never depend on. */
const italian = new Intl.DateTimeFormat('it-IT', {
  timeZone: 'Europe/Rome',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

test.each(SWITCHES)('clocks go forward on %s and back on %s, at one o’clock UTC', (spring, autumn) => {
  const forward = Date.parse(`${spring}T01:00:00Z`);
  const back = Date.parse(`${autumn}T01:00:00Z`);
  expect([forward - 1, forward, back - 1, back].map(romeOffset)).toEqual([HOUR, 2 * HOUR, 2 * HOUR, HOUR]);
  expect([forward - 1, forward].map((ms) => romeText(instant(ms)).slice(12))).toEqual(['01:59', '03:00']);
  expect([back - 1, back].map((ms) => romeText(instant(ms)).slice(12))).toEqual(['02:59', '02:00']);
});

test('from 1996 to 2037 we read the clock as the host does', async () => {
  const instants = fc.integer({ min: Date.UTC(1996, 0, 1), max: Date.UTC(2037, 11, 31) });
  await fc.assert(
    fc.property(instants, (ms) => {
      expect(romeText(instant(ms))).toBe(italian.format(ms));
    }),
    { seed: printedSeed(), numRuns: 5_000 },
  );
});

test('around every switch from 1996 to 2037 we read the clock as the host does', () => {
  const wrong: string[] = [];
  for (let year = 1996; year <= 2037; year += 1) {
    for (const month of [2, 9]) {
      for (let hour = 24 * 24; hour < 31 * 24; hour += 1) {
        const ms = Date.UTC(year, month, 1) + hour * HOUR;
        for (const near of [ms - 1, ms]) {
          if (romeText(instant(near)) !== italian.format(near)) wrong.push(new Date(near).toISOString());
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});
