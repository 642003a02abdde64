import { checkContent as check } from '../../src/forms/check-content';
import type { Content, FormProfile } from '../../src/forms/profile/form';
import { complete, everyType, TODAY } from './support';

const checkContent = (form: FormProfile, content: Content, prefix: string) => check(form, content, prefix, TODAY);

const UNKNOWN = 'Questa domanda non esiste nel modulo.';
const GROUP = '"person" deve contenere le sue risposte.';

/** The content as it comes out of a request. */
function checkJson(json: string) {
  return checkContent(everyType, JSON.parse(json), 'data.');
}

function withMore(more: string) {
  return checkJson(`${JSON.stringify(complete).slice(0, -1)},${more}}`);
}

function errorsOf(checked: ReturnType<typeof checkContent>) {
  return checked.ok ? [] : checked.errors;
}

test('a complete content is accepted as it is', () => {
  expect(checkContent(everyType, complete, 'data.')).toEqual({ ok: true, content: complete });
});

test('every error is told at once, each at its path, in the order of the form', () => {
  const content = { person: { name: 'x'.repeat(21), email: 'no' }, request: { from: 'domani', more: 1 } };
  expect(checkContent(everyType, content, 'data.')).toEqual({
    ok: false,
    errors: [
      {
        path: 'data.person.name',
        rule: 'tooLong',
        message: '"Nome" può avere al massimo 20 caratteri: ora sono 21.',
      },
      { path: 'data.person.taxCode', rule: 'required', message: 'Compila "Codice fiscale".' },
      {
        path: 'data.person.email',
        rule: 'email',
        message: "L'indirizzo e-mail non è corretto: scrivilo come nome@esempio.it.",
      },
      { path: 'data.request.more', rule: 'unknown', message: UNKNOWN },
      {
        path: 'data.request.from',
        rule: 'date',
        message: '"Dal giorno" deve essere una data che esiste, per esempio 27 3 2026.',
      },
      { path: 'data.request.reason', rule: 'required', message: 'Scegli una risposta per "Motivo".' },
      {
        path: 'data.request.privacy',
        rule: 'required',
        message: "Per continuare devi accettare: Ho letto l'informativa.",
      },
    ],
  });
});

describe('nothing that the form does not ask for is dropped in silence', () => {
  test.each([
    ['a section', '"ghost":{"name":"x"}', 'data.ghost'],
    ['an empty section', '"ghost":{}', 'data.ghost'],
    ['a section without a name', '"":{"name":"x"}', 'data.'],
    ['a section that is a text', '"ghost":"x"', 'data.ghost'],
    ['a section that is nothing', '"ghost":null', 'data.ghost'],
    ['a path in place of a section', '"person.name":"x"', 'data.person.name'],
    ['__proto__', '"__proto__":{"name":"x"}', 'data.__proto__'],
    ['an empty __proto__', '"__proto__":{}', 'data.__proto__'],
    ['constructor', '"constructor":{"prototype":{"polluted":true}}', 'data.constructor'],
    ['prototype', '"prototype":{"polluted":true}', 'data.prototype'],
    ['hasOwnProperty', '"hasOwnProperty":true', 'data.hasOwnProperty'],
  ])('%s is refused as unknown', (_what, more, path) => {
    expect(errorsOf(withMore(more))).toEqual([{ path, rule: 'unknown', message: UNKNOWN }]);
  });

  test.each(['__proto__', 'constructor', 'toString', ''])('"%s" as a field is refused as unknown', (name) => {
    const person = JSON.stringify(complete.person).slice(0, -1);
    const json = `{"person":${person},${JSON.stringify(name)}:1},"request":${JSON.stringify(complete.request)}}`;
    expect(errorsOf(checkJson(json))).toEqual([{ path: `data.person.${name}`, rule: 'unknown', message: UNKNOWN }]);
  });
});

test('nobody’s prototype is polluted', () => {
  withMore('"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}');
  checkJson('{"person":{"__proto__":{"polluted":true}}}');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('values hidden in a prototype are no answers', () => {
  const content = JSON.parse('{"person":{"__proto__":{"name":"Giulia"}}}');
  expect(errorsOf(checkContent(everyType, content, 'data.'))).toContainEqual({
    path: 'data.person.name',
    rule: 'required',
    message: 'Compila "Nome".',
  });
});

describe('a section that is no object', () => {
  test.each(['[]', '["Giulia"]', '"Giulia"', '7', 'true'])('but %s is told as such', (value) => {
    const json = `{"person":${value},"request":${JSON.stringify(complete.request)}}`;
    expect(errorsOf(checkJson(json))).toEqual([
      { path: 'data.person', rule: 'group', message: GROUP },
      { path: 'data.person.name', rule: 'required', message: 'Compila "Nome".' },
      { path: 'data.person.taxCode', rule: 'required', message: 'Compila "Codice fiscale".' },
    ]);
  });
});

test('a list in place of the content is refused, item by item', () => {
  expect(errorsOf(checkJson('[{"name":"Giulia"},7]')).filter(({ rule }) => rule !== 'required')).toEqual([
    { path: 'data.0', rule: 'unknown', message: UNKNOWN },
    { path: 'data.1', rule: 'unknown', message: UNKNOWN },
  ]);
});

test('objects nested ten thousand deep are refused like any other', () => {
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  const list = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  const json = `{"person":{"name":${deep},"taxCode":${list}},"request":{"files":${list},"reason":${deep}},"x":${deep}}`;
  expect(errorsOf(checkJson(json)).map(({ path, rule }) => `${path} ${rule}`)).toEqual([
    'data.person.name text',
    'data.person.taxCode text',
    'data.request.from required',
    'data.request.reason option',
    'data.request.files file',
    'data.request.privacy required',
    'data.x unknown',
  ]);
});

test('texts of a million characters are refused without a long look', () => {
  const huge = [
    'x'.repeat(1_000_000),
    '1'.repeat(1_000_000),
    `${'a.'.repeat(500_000)}@`,
    `a@${'a-'.repeat(500_000)}`,
    ' '.repeat(1_000_000).concat('x'.repeat(10)),
  ];
  const started = performance.now();
  for (const text of huge) {
    const person = { name: `${text}${'x'.repeat(21)}`, taxCode: text, email: text, phone: text };
    const { ok } = checkContent(everyType, { person, request: { plate: text, from: text, reason: text } }, '');
    expect(ok).toBe(false);
  }
  // Seconds would mean an expression that backtracks; the bound is loose because the machine is shared.
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('of two hundred thousand unknown fields the first hundred are told', () => {
  const fields = Object.fromEntries(Array.from({ length: 200_000 }, (_none, index) => [`k${index}`, 0]));
  const errors = errorsOf(checkContent(everyType, { ...complete, person: { ...complete.person, ...fields } }, 'data.'));
  expect(errors).toHaveLength(100);
  expect(errors.at(-1)).toEqual({ path: 'data.person.k99', rule: 'unknown', message: UNKNOWN });
});
