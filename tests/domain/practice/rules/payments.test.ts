import { onReceipt } from '../../../../src/domain/practice/happenings';
import { news } from '../../support';
import { KINDS } from '../kinds';
import { Life } from '../life';
import { situation } from '../state-table/situations';

const REGISTERED = 'approval, registered on submission';
const paying = () => situation(REGISTERED, 'awaitingPayment');

test('money received at the counter is a submission, and the same money told by the gateway is flagged for a refund', () => {
  const life = paying().does('colleague', 'recordCounterPayment');
  const { status, payment, receivedAt } = life.state;
  expect([status, payment?.status, payment?.means, receivedAt]).toEqual(['submitted', 'paid', 'counter', life.now]);
  const { seq } = life.state;
  life.receives();
  expect(life.since(seq)).toEqual(['attentionRaised']);
  expect([life.state.status, life.state.attention]).toEqual(['submitted', ['paymentUnmatched']]);
});

test('what was paid at the counter can no longer be paid at the gateway', () => {
  const life = paying().does('colleague', 'recordCounterPayment').step();
  expect(life.events.at(-1)?.type).toBe('positionClosed');
  expect(life.state.payment).toMatchObject({ status: 'paid', means: 'counter', closed: true });
});

test('a counter payment is irreversible: nothing is left to be recorded or retried', () => {
  const life = paying().does('colleague', 'recordCounterPayment').works();
  expect(life.refuses('colleague', 'recordCounterPayment').code).toBe('ACT_NOT_ALLOWED_IN_STATE');
});

test('the same payment told twice by the gateway has one effect', () => {
  const life = paying().receives({ receipt: 'RT-A' });
  const { seq } = life.state;
  expect(life.receives({ receipt: 'RT-B' }).since(seq)).toEqual([]);
});

test('who came back from the gateway waits for the outcome, and the receipt submits', () => {
  const life = paying().does('applicant', 'reportPayment');
  expect([life.state.status, life.state.payment?.returnedAt]).toEqual(['awaitingOutcome', life.now]);
  expect(life.receives().state.status).toBe('submitted');
});

test('an outcome that does not come within 15 minutes is a payment not made, and it may be tried again', () => {
  const life = paying().does('applicant', 'reportPayment').waits(14);
  expect(life.state.status).toBe('awaitingOutcome');
  life.waits(1);
  expect([life.state.status, life.events.at(-1)?.type]).toEqual(['awaitingPayment', 'paymentFailed']);
  expect(life.does('applicant', 'reportPayment').receives().state.status).toBe('submitted');
});

test('where the window closes first, its end tells the outcome', () => {
  const life = paying()
    .waits(3 * 24 * 60 - 5)
    .does('applicant', 'reportPayment');
  expect(life.clock.deadlines.map(({ kind }) => kind)).toEqual(['payment']);
  expect(life.waits(5).state.status).toBe('expired');
});

test('a position that the gateway refused is tried again by whoever sees it', () => {
  const life = paying().raises('positionRefused').does('applicant', 'retryPayment');
  expect([life.state.status, life.state.attention]).toEqual(['awaitingPayment', []]);
});

test('a payment never made ends the application, or gives the draft back: the service says which', () => {
  expect(paying().waitsDays(3).state).toMatchObject({ status: 'expired', payment: { status: 'expired' } });
  const rules = { ...KINDS[REGISTERED], payment: { windowMinutes: 60, onExpiry: 'draft' as const } };
  const life = new Life(rules).does('applicant', 'submit', { feeCents: 1600 }).waits(60);
  expect(life.state).toMatchObject({ status: 'draft', payment: { status: 'expired' } });
});

test('money that comes after its window is flagged, moves nothing and stays with us', () => {
  const life = paying().waitsDays(4).receives();
  expect([life.state.status, life.state.attention]).toEqual(['expired', ['paymentUnmatched']]);
});

test('a draft to which money is attached is not deleted', () => {
  const rules = { ...KINDS[REGISTERED], payment: { windowMinutes: 60, onExpiry: 'draft' as const } };
  const life = new Life(rules).does('applicant', 'submit', { feeCents: 1600 }).waits(61).receives();
  expect(life.refuses('applicant', 'deleteDraft')).toEqual({
    code: 'DRAFT_HAS_MONEY',
    params: { act: 'deleteDraft', actLabel: 'Elimina la bozza', status: 'draft', statusLabel: 'Bozza' },
    status: 409,
    detail: 'La domanda non si può eliminare perché è collegata a un pagamento.',
    remedy: 'Inviala, oppure scrivi all’ufficio per il rimborso.',
  });
  const paid = { ordinal: 1, status: 'paid' as const, requestedAt: life.now };
  const other = new Life(rules);
  other.state = { ...other.state, payment: paid };
  expect(other.refuses('applicant', 'deleteDraft').code).toBe('DRAFT_HAS_MONEY');
});

test('a practice of the first release carries no amount in its payment: the fee is that of its rules', () => {
  const rules = { ...KINDS[REGISTERED], payment: { amountCents: 1600, windowMinutes: 60, onExpiry: 'draft' as const } };
  const life = new Life(rules).does('applicant', 'submit');
  const { amountCents: _later, ...payment } = life.state.payment ?? {
    ordinal: 1,
    status: 'requested',
    requestedAt: life.now,
  };
  const drafts = onReceipt({ ...life.state, payment }, life.clock, news({ paidAt: life.now }));
  expect(drafts.map(({ type }) => type)).toEqual(['paymentReceived', 'submitted']);
});

describe('a payment before release', () => {
  const final = () => situation(REGISTERED, 'awaitingFinalPayment');

  test('is asked for once the decision is written, and lets it go to the register when it is made', () => {
    const life = final();
    expect(life.state.payment).toEqual({
      ordinal: 1,
      status: 'requested',
      requestedAt: life.now,
      amountCents: 5_000,
      phase: 'release',
    });
    const { seq } = life.state;
    expect(life.receives().since(seq)).toEqual(['paymentReceived', 'outcomeReleased']);
    expect(life.works().state.status).toBe('approved');
  });

  test('may be made at the counter', () => {
    expect(final().does('manager', 'recordCounterPayment').works().state.status).toBe('approved');
  });

  test('that expires is renewed: the applicant is reminded with a new position', () => {
    const life = final();
    const { seq } = life.state;
    life.waitsDays(30);
    expect(life.since(seq)).toEqual(['paymentExpired', 'paymentRequested']);
    const payment = { ordinal: 2, status: 'requested', amountCents: 5_000, phase: 'release', requestedAt: life.now };
    expect([life.state.status, life.state.payment]).toEqual(['awaitingFinalPayment', payment]);
    expect(life.receives().works().state.status).toBe('approved');
  });

  test('that expires annuls the practice, where the service says so', () => {
    const rules = { ...KINDS[REGISTERED], releasePayment: { windowMinutes: 60, onExpiry: 'annulled' as const } };
    const life = new Life(rules).does('applicant', 'submit').works().does('holder', 'takeCharge');
    life.does('holder', 'approve', { feeCents: 5_000 }).works().waits(60);
    expect([life.state.status, life.state.payment?.status]).toEqual(['annulled', 'expired']);
  });

  test('of the wrong amount is flagged and releases nothing', () => {
    const life = final().receives({ amountCents: 4_999 });
    expect([life.state.status, life.state.attention]).toEqual(['awaitingFinalPayment', ['paymentUnmatched']]);
  });

  test('of a practice annulled meanwhile is closed at the gateway, and money that was quicker is flagged', () => {
    const life = final().does('manager', 'annul').step();
    expect([life.events.at(-1)?.type, life.state.payment?.status]).toEqual(['positionClosed', 'cancelled']);
    expect(life.receives().state).toMatchObject({ status: 'annulled', attention: ['paymentUnmatched'] });
  });

  test('does not replace the one that was made with the application', () => {
    const life = new Life(KINDS[REGISTERED]).does('applicant', 'submit', { feeCents: 1600 }).receives().works();
    life.does('holder', 'takeCharge').does('holder', 'approve', { feeCents: 5_000 }).works();
    expect(life.state.payment).toMatchObject({ ordinal: 2, amountCents: 5_000, phase: 'release' });
    expect(life.receives({ payment: 1, amountCents: 1600 }).state.status).toBe('awaitingFinalPayment');
  });
});
