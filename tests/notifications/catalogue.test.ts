import { CATALOGUES } from '../../src/application/notifications/catalogue';
import { amountText, dateText, instantText, languageOf } from '../../src/application/notifications/language';
import { PLACEHOLDERS, TEXT_KEYS } from '../../src/application/notifications/text-keys';
import {
  type Line,
  namesIn,
  OWN_PLACEHOLDERS,
  SITUATIONS,
  type Wording,
} from '../../src/application/notifications/wording';
import { LANGUAGES } from '../../src/application/services/definition';
import { asId, type Instant, type LegalDate } from '../../src/domain/ids';

const KEYS = [...TEXT_KEYS, 'communicationToOffice'] as const;
const KNOWN = new Set<string>([...PLACEHOLDERS, ...OWN_PLACEHOLDERS]);
const textOf = (line: Line) => (typeof line === 'string' ? line : line.text);
const shape = (line: Line) => [typeof line === 'string' ? '' : line.when, [...namesIn(textOf(line))].sort()];
const whole = ({ subject, lines, action }: Wording) => [...subject, ...lines, action ?? ''].map(textOf);

describe.each(LANGUAGES)('in %s', (language) => {
  const { texts, ...rest } = CATALOGUES[language];

  test('there is a text for every moment, with words of its own in every line', () => {
    expect(Object.keys(texts).sort()).toEqual([...KEYS].sort());
    for (const key of KEYS) for (const text of whole(texts[key]).slice(0, -1)) expect(text.trim()).not.toBe('');
  });

  test('texts name only what there is', () => {
    const lines = [...KEYS.flatMap((key) => whole(texts[key])), ...rest.footer.map(textOf), rest.greeting];
    for (const name of lines.flatMap(namesIn)) expect(KNOWN).toContain(name);
  });

  test('every moment names the service, and a button wherever there is something to open', () => {
    for (const key of KEYS) {
      expect(whole(texts[key]).join(' ')).toContain('{{service.name}}');
      expect(texts[key].action === undefined).toBe(key === 'communicationToOffice');
    }
  });

  test('the footer says first that the address is not read, then whom to write to', () => {
    const [first, ...contacts] = rest.footer.map(textOf);
    expect(first).toMatch(/non viene letto|wird nicht gelesen|is not read/);
    expect(contacts.flatMap(namesIn)).toEqual(
      expect.arrayContaining(['office.name', 'practice.link', 'office.email', 'tenant.name']),
    );
  });

  test('each text says the same in the same circumstances as the Italian one', () => {
    for (const key of KEYS) {
      expect([key, texts[key].lines.map(shape)]).toEqual([key, CATALOGUES.it.texts[key].lines.map(shape)]);
      expect(texts[key].subject.map(shape)).toEqual(CATALOGUES.it.texts[key].subject.map(shape));
    }
    expect(rest.footer.map(shape)).toEqual(CATALOGUES.it.footer.map(shape));
  });
});

test('every circumstance is spoken of', () => {
  const lines = [...KEYS.flatMap((key) => [...CATALOGUES.it.texts[key].lines, ...CATALOGUES.it.texts[key].subject])];
  const spoken = new Set(
    [...lines, ...CATALOGUES.it.footer].map((line) => (typeof line === 'string' ? '' : line.when)),
  );
  // It decides how files left out are spoken of, and that an office has no area here.
  for (const situation of SITUATIONS) if (situation !== 'toOffice') expect(spoken).toContain(situation);
});

test('Italian texts say "tu"', () => {
  const all = KEYS.flatMap((key) => whole(CATALOGUES.it.texts[key])).join(' ');
  expect(all).not.toMatch(/\b(Lei|Suo|Sua|Suoi|Sue|Le comunichiamo|La informiamo)\b/);
});

test('dates, times and amounts are written as each language does', () => {
  const day = asId<LegalDate>('2026-03-04');
  const at = asId<Instant>('2026-07-04T22:30:00.000Z');
  expect(LANGUAGES.map((language) => dateText(day, language))).toEqual(['04/03/2026', '04.03.2026', '4 March 2026']);
  expect(LANGUAGES.map((language) => instantText(at, language))).toEqual([
    '05/07/2026, 00:30',
    '05.07.2026, 00:30',
    '5 July 2026, 00:30',
  ]);
  expect(LANGUAGES.map((language) => amountText(123_456_7, language))).toEqual([
    '12.345,67 €',
    '12.345,67 €',
    '€12,345.67',
  ]);
});

test('an unknown language is Italian', () => {
  expect(['it', 'de', 'en', 'fr', ''].map(languageOf)).toEqual(['it', 'de', 'en', 'it', 'it']);
});
