import type { ReceiptNews } from '../../../src/domain/practice/command';
import { onReceipt } from '../../../src/domain/practice/happenings';
import type { PracticeState } from '../../../src/domain/practice/state';
import { evaluateClock } from '../../../src/domain/terms/practice-clock';
import { at, news, practiceIn } from '../support';

/** Sent at ten, so payable until ten of the third day after. */
const waiting = practiceIn('awaitingPayment', {
  submission: 1,
  confirmedAt: at('2026-11-24T10:00:00.000Z'),
  payment: { ordinal: 1, status: 'requested', requestedAt: at('2026-11-24T10:00:00.000Z') },
});
const EXPIRES = '2026-11-27T10:00:00.000Z';

function receive(state: PracticeState, changes: Partial<ReceiptNews> = {}) {
  return onReceipt(state, evaluateClock(state), news(changes));
}

function unmatched(changes: Partial<ReceiptNews> = {}) {
  const { payment, receipt, receivedAt } = news(changes);
  return [{ type: 'attentionRaised', at: receivedAt, data: { reason: 'paymentUnmatched', payment, receipt } }];
}

const taken = [
  {
    type: 'paymentReceived',
    at: '2026-11-24T10:05:30.000Z',
    data: { payment: 1, receipt: 'RT-1', paidAt: '2026-11-24T10:05:00.000Z' },
  },
  {
    type: 'submitted',
    at: '2026-11-24T10:05:30.000Z',
    data: {
      submission: 1,
      confirmedAt: '2026-11-24T10:00:00.000Z',
      receivedAt: '2026-11-24T10:05:00.000Z',
    },
  },
];

test('the right amount for the open position submits the application, which has arrived when it was paid', () => {
  expect(receive(waiting)).toEqual(taken);
});

test('who has come back from the gateway and waits for the outcome is submitted alike', () => {
  expect(receive({ ...waiting, status: 'awaitingOutcome' })).toEqual(taken);
});

test('the same payment told twice under two receipts has no second effect', () => {
  const paid = { ...waiting, status: 'submitted' as const, payment: { ...waiting.payment, status: 'paid' as const } };
  expect(receive(paid as PracticeState, { id: 'receipt-row-2', receipt: 'RT-2' })).toEqual([]);
});

test.each([1599, 1601, 0, -1600, 16])('%s cents instead of 1600 are flagged for a refund and move nothing', (cents) => {
  expect(receive(waiting, { amountCents: cents })).toEqual(unmatched({ amountCents: cents }));
});

test.each([0, 2, 17])('a receipt of position %s, while position 1 is open, moves nothing', (payment) => {
  expect(receive(waiting, { payment })).toEqual(unmatched({ payment }));
});

test('money taken in the last instant of the window counts, however late we hear of it', () => {
  const changes = { paidAt: at('2026-11-27T09:59:59.999Z'), receivedAt: at('2026-12-02T08:00:00.000Z') };
  expect(receive(waiting, changes).map(({ type }) => type)).toEqual(['paymentReceived', 'submitted']);
});

test('money taken when the window is over does not count, although the practice still waits', () => {
  expect(receive(waiting, { paidAt: at(EXPIRES) })).toEqual(unmatched({ paidAt: at(EXPIRES) }));
});

test.each(['expired', 'draft'] as const)('after the expiry that made it %s the money is flagged', (status) => {
  const state = { ...waiting, status, payment: { ...waiting.payment, status: 'expired' } } as PracticeState;
  expect(receive(state)).toEqual(unmatched());
});

test('money for a position given up is flagged, although the one that followed it is paid', () => {
  const payment = { ordinal: 2, status: 'paid' as const, requestedAt: at('2026-11-24T10:00:00.000Z') };
  expect(receive({ ...waiting, status: 'inCharge', payment }, { payment: 1 })).toEqual(unmatched({ payment: 1 }));
});

test('a receipt for a practice that never asked for money is flagged', () => {
  const { payment: _none, ...rest } = waiting;
  expect(receive({ ...rest, status: 'inCharge' })).toEqual(unmatched());
});
