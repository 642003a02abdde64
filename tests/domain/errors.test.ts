import { REFUSALS, type RefusalCode, RefusedError, refusal, refuse } from '../../src/domain/errors';

const CODES = Object.keys(REFUSALS) as RefusalCode[];
/** What an HTTP API of ours may answer, and whether a client may repeat it unchanged. */
const CLASSES: Readonly<Record<number, boolean>> = {
  400: false,
  401: false,
  403: false,
  404: false,
  409: false,
  413: false,
  415: false,
  422: false,
  429: true,
  500: true,
  503: true,
};
/** Conflicts that pass by themselves: a number or a document is on its way. */
const PASSING: readonly RefusalCode[] = ['NOT_REGISTERED_YET', 'NOTICE_NOT_SENT_YET', 'WITHDRAW_BEFORE_REGISTRATION'];
const params = new Proxy({}, { get: (_target, name) => `<${String(name)}>` });

test.each(CODES)('%s has a sensible status, a title, a sentence and a remedy', (code) => {
  const { status, title, retryable, sentence, remedy } = REFUSALS[code];
  expect({ status, retryable }).toEqual({ status, retryable: PASSING.includes(code) || CLASSES[status] });
  expect(code).toMatch(/^[A-Z][A-Z_]+[A-Z]$/);
  expect(title).toMatch(/^[A-Z].{5,80}[^.]$/);
  expect(sentence(params)).toMatch(/^["A-Z].{10,}\.$/);
  expect(remedy(params)).toMatch(/^[A-Z].{10,}\.$/);
});

test('no two codes say the same', () => {
  for (const text of [...new Set(CODES.map((code) => REFUSALS[code].title))]) expect(text.length).toBeGreaterThan(0);
  expect(new Set(CODES.map((code) => REFUSALS[code].title)).size).toBe(CODES.length);
  expect(new Set(CODES.map((code) => REFUSALS[code].sentence(params))).size).toBe(CODES.length);
});

test('refusing throws the code, its parameters and the wrong fields, with a message that can be read in a log', () => {
  const fields = [{ path: 'data.applicant.taxCode', rule: 'taxCode', message: 'Il codice fiscale non è corretto.' }];
  let thrown: unknown;
  try {
    refuse('SERVICE_NOT_FOUND', { service: 'x' }, fields);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(RefusedError);
  const { name, message, refusal: told, fields: wrong } = thrown as RefusedError;
  expect({ name, message, told, wrong }).toEqual({
    name: 'RefusedError',
    message: 'SERVICE_NOT_FOUND: Il servizio "x" non esiste o non è pubblicato.',
    told: { code: 'SERVICE_NOT_FOUND', params: { service: 'x' } },
    wrong: fields,
  });
});

test('a refusal without parameters has none', () => {
  expect(refusal('FILE_MISSING')).toEqual({ code: 'FILE_MISSING', params: {} });
});
