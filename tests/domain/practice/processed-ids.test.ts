import { asId, type CommandId, type LegalDate, type Sha256 } from '../../../src/domain/ids';
import { alreadyProcessed, newborn, PROCESSED_RING, processedKey } from '../../../src/domain/practice/state';
import { at, birth, fold, practiceIn } from '../support';

const now = at('2026-11-24T10:00:00.000Z');
const unmatched = (n: number) =>
  ({ type: 'attentionRaised', at: now, data: { reason: 'paymentUnmatched', payment: n, receipt: `RT-${n}` } }) as const;

test('acts and signals are remembered under their own id; timers and steps are not', () => {
  expect(processedKey('act:01926f00')).toBe('01926f00');
  expect(processedKey('signal:01926f01')).toBe('01926f01');
  expect(processedKey('timer:payment@2026-11-24T10:00:00.000Z')).toBeUndefined();
  expect(processedKey('step:registered/1')).toBeUndefined();
});

test('of a thousand ids the last two hundred are kept, in order', () => {
  let state = newborn(birth());
  for (let n = 1; n <= 1000; n += 1) state = fold(state, `signal:id-${n}`, [unmatched(n)]).state;
  expect(PROCESSED_RING).toBe(200);
  expect(state.processed).toEqual(Array.from({ length: 200 }, (_none, index) => `id-${801 + index}`));
  expect(alreadyProcessed(state, 'id-800')).toBe(false);
  expect(alreadyProcessed(state, 'id-801')).toBe(true);
});

test('two events of one cause are one id', () => {
  const { state } = fold(newborn(birth()), 'signal:id-1', [unmatched(1), unmatched(2)]);
  expect(state.processed).toEqual(['id-1']);
});

test('the state of a practice with a full ring and fifty integration rounds stays under 64 KB', () => {
  const registration = {
    register: 'protocollo-generale',
    year: 2026,
    number: '0000001',
    date: asId<LegalDate>('2026-11-24'),
  };
  const id = asId<CommandId>('01926f00-0000-7000-8000-00000000c001');
  const documents = Array.from({ length: 102 }, (_none, index) => ({
    ordinal: index + 1,
    kind: index % 2 ? ('integrationRequest' as const) : ('integrationAnswer' as const),
    command: id,
    sha256: asId<Sha256>('f'.repeat(64)),
    registration: { ...registration, document: index + 1 },
  }));
  const rounds = Array.from({ length: 50 }, (_none, index) => ({
    round: index + 1,
    requestedAt: now,
    openedAt: now,
    closedAt: now,
    closedBy: 'answer' as const,
  }));
  const processed = Array.from({ length: PROCESSED_RING }, () => id);
  const state = practiceIn('inCharge', { documents, rounds, processed });
  expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(64 * 1024);
});
