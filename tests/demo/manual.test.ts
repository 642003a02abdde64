import { DEMO_SERVICES } from '../../src/application/services/demo-services';
import { compare, type Happened, sideBySide } from '../../src/cli/demo/manual';
import { TALES } from '../../src/cli/demo/stories';

const event = (type: string, label: string, statusLabel: string, data: Happened['data'] = {}): Happened => ({
  type,
  label,
  statusLabel,
  at: '2026-11-24T10:05:09.000Z',
  data,
});

const SENT = event('submitted', 'Domanda presentata', 'Inviata');
const READY = event('documentReady', 'Documento prodotto', 'Acquisita');
const NUMBER = event('requestRegistered', 'Domanda protocollata', 'Protocollata', { number: '0000012', year: 2026 });

test('a requirement is met by the words of the event or of the state, events that nobody requires stand alone', () => {
  const manual = [
    ['Inviata', 'submitted'],
    ['Domanda protocollata', 'requestRegistered'],
  ] as const;
  expect(compare(manual, [SENT, READY, NUMBER])).toEqual([
    { required: 'Inviata', happened: SENT },
    { happened: READY },
    { required: 'Domanda protocollata', happened: NUMBER },
  ]);
});

test('what is missing, out of order or told in other words is a difference', () => {
  const manual = [
    ['Protocollata', 'requestRegistered'],
    ['Spedita', 'submitted'],
    ['Inviata', 'submitted'],
  ] as const;
  expect(compare(manual, [SENT, NUMBER])).toEqual([
    { happened: SENT },
    { required: 'Protocollata', happened: NUMBER },
    { required: 'Spedita', difference: 'missing' },
    { required: 'Inviata', difference: 'missing' },
  ]);
  expect(compare([['Spedita', 'submitted']], [SENT])).toEqual([
    { required: 'Spedita', happened: SENT, difference: 'other words' },
  ]);
});

test('the two sides stand in columns, with date, time and number', () => {
  const rows = compare(
    [
      ['Inviata', 'submitted'],
      ['Ritirata', 'withdrawn'],
    ],
    [SENT, NUMBER],
  );
  expect(sideBySide(rows)).toEqual([
    '     The manual requires  Happened                                   State         Register',
    '  ✓  Inviata              24/11/2026 11:05:09  Domanda presentata    Inviata',
    '  ✗  Ritirata             missing',
    '                          24/11/2026 11:05:09  Domanda protocollata  Protocollata  0000012/2026',
  ]);
});

test('each procedure that takes a decision has its tale, with the right code', () => {
  const told = new Map(TALES.map(({ service, codePrefix }) => [service, codePrefix]));
  const deciding = DEMO_SERVICES.filter(({ workflow }) => workflow === 'approval');
  expect([...told]).toEqual(deciding.map(({ code, codePrefix }) => [code, codePrefix]));
});
