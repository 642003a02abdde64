import { createPdfRenderer } from '../../src/adapters/documents/pdf-renderer';
import type { Viewer } from '../../src/application/access/viewer';
import { type Paper, paymentNotice, paymentReceipt } from '../../src/application/documents/payment-notice';
import { forTenant } from '../../src/application/tenancy';
import { type RefusalCode, RefusedError } from '../../src/domain/errors';
import type { PracticeId } from '../../src/domain/ids';
import type { Prisma } from '../../src/generated/prisma/client';
import { aPractice, type Desk, FILED, GIULIA, MARCO, openDesk, readPdf, TENANT, TENANT_ID } from './support';

const deps = { renderer: createPdfRenderer() };

let desk: Desk;
let giulia: Viewer;
beforeAll(async () => {
  desk = await openDesk();
  giulia = viewer(GIULIA);
});
afterAll(() => desk.close());

function viewer(accountId: string): Viewer {
  return {
    accountId,
    tenantId: TENANT_ID,
    tenantCode: TENANT,
    role: 'citizen',
    officeIds: [],
    sessionId: 's',
    db: forTenant(desk.db.prisma, TENANT_ID),
  } as unknown as Viewer;
}

/** Waiting for its payment: no practice code yet. */
function unpaid(): Promise<PracticeId> {
  return aPractice(desk, { row: { code: null, receivedAt: null, status: 'awaitingPayment' } });
}

async function aPayment(
  practice: PracticeId,
  changes: Partial<Prisma.PaymentUncheckedCreateInput> = {},
): Promise<void> {
  await desk.db.prisma.payment.create({
    data: {
      practiceId: practice,
      ordinal: 1,
      tenantId: TENANT_ID,
      gateway: 'sandbox',
      requestId: `${practice}/pay/1`,
      amountCents: 123456,
      status: 'open',
      reason: 'Permesso ZTL: diritti di segreteria',
      iuv: '01123456789012345',
      noticeNumber: '301123456789012345',
      expiresAt: '2026-11-27T10:00:00.000Z',
      createdAt: FILED,
      ...changes,
    },
  });
}

async function refusalOf(paper: Promise<Paper>): Promise<RefusalCode> {
  const error = await paper.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RefusedError)) throw new Error(`a refusal was expected, got ${String(error)}`);
  return error.refusal.code;
}

test('a notice says to whom, for what, how much, until when, under which number, and how', async () => {
  const practice = await unpaid();
  await aPayment(practice);
  const { name, content } = await paymentNotice(deps, giulia, practice, 1);
  expect(name).toBe(`avviso-${practice}-1.pdf`);
  expect((await readPdf(content)).elements).toEqual([
    'P Comune di Bugliano',
    'H1 Avviso di pagamento',
    'TH Ente creditore',
    'TD Comune di Bugliano',
    'TH Chi paga',
    'TD Giulia Bianchi, codice fiscale BNCGLI85T50D612A',
    'TH Causale',
    'TD Permesso ZTL: diritti di segreteria',
    'TH Servizio',
    'TD Permesso di accesso alla ZTL',
    'TH Riferimento',
    `TD ${practice}`,
    'TH Importo',
    'TD 1.234,56 €',
    'TH Pagabile fino al',
    'TD 27/11/2026, 11:00',
    'TH Numero avviso',
    'TD 3011 2345 6789 0123 45',
    'TH IUV',
    'TD 01123456789012345',
    'H2 Come pagare',
    'Lbl •',
    'LBody Online, dalla pagina della pratica.',
    'Lbl •',
    'LBody Con il sito o l’app della tua banca o di un altro prestatore di servizi di pagamento aderente a pagoPA, indicando il numero avviso.',
    'Lbl •',
    'LBody In banca, in ricevitoria, dal tabaccaio, al bancomat o in posta, portando questo avviso.',
    'P Dopo il 27/11/2026, 11:00 il pagamento non viene più accettato. Nessuno ti chiederà altri dati per pagare.',
  ]);
});

test('the same payment gives the same bytes', async () => {
  const practice = await unpaid();
  await aPayment(practice);
  const first = await paymentNotice(deps, giulia, practice, 1);
  expect(await paymentNotice(deps, giulia, practice, 1)).toEqual(first);
});

test.each([
  ['paid', 'Questo avviso risulta già pagato: non pagarlo di nuovo.'],
  ['expired', 'Questo avviso è scaduto e non si può più pagare.'],
  ['cancelled', 'Questo avviso è stato annullato e non si può più pagare.'],
])('a notice that can no longer be paid says so instead of how (%s)', async (status, words) => {
  const practice = await unpaid();
  await aPayment(practice, { status });
  const { elements } = await readPdf((await paymentNotice(deps, giulia, practice, 1)).content);
  expect(elements.at(-1)).toBe(`P ${words}`);
  expect(elements).not.toContain('H2 Come pagare');
});

test('a notice that does not exist, or has no number yet, is refused', async () => {
  const practice = await unpaid();
  await aPayment(practice, { status: 'requested', noticeNumber: null, iuv: null });
  expect(await refusalOf(paymentNotice(deps, giulia, practice, 1))).toBe('DOCUMENT_NOT_FOUND');
  expect(await refusalOf(paymentNotice(deps, giulia, practice, 2))).toBe('DOCUMENT_NOT_FOUND');
});

test('papers of a payment are not for other people', async () => {
  const practice = await unpaid();
  await aPayment(practice, { status: 'paid', paidAt: FILED });
  expect(await refusalOf(paymentNotice(deps, viewer(MARCO), practice, 1))).toBe('PRACTICE_NOT_FOUND');
  expect(await refusalOf(paymentReceipt(deps, viewer(MARCO), practice, 1))).toBe('PRACTICE_NOT_FOUND');
});

test('a receipt of a payment online proves it with provider, IUV and receipt', async () => {
  const practice = await aPractice(desk, { row: { code: 'ZTL-2026-999998' } });
  const paid = { status: 'paid', paidAt: '2026-11-25T08:00:00.000Z', provider: 'Banca di prova', receiptId: 'RT-1' };
  await aPayment(practice, paid);
  const { name, content } = await paymentReceipt(deps, giulia, practice, 1);
  expect(name).toBe('ricevuta-pagamento-ZTL-2026-999998-1.pdf');
  expect((await readPdf(content)).elements.slice(1)).toEqual([
    'H1 Ricevuta di pagamento',
    'TH Ente creditore',
    'TD Comune di Bugliano',
    'TH Chi paga',
    'TD Giulia Bianchi, codice fiscale BNCGLI85T50D612A',
    'TH Causale',
    'TD Permesso ZTL: diritti di segreteria',
    'TH Servizio',
    'TD Permesso di accesso alla ZTL',
    'TH Pratica',
    'TD ZTL-2026-999998',
    'TH Importo pagato',
    'TD 1.234,56 €',
    'TH Pagato il',
    'TD 25/11/2026, 09:00',
    'TH Come',
    'TD Online, Banca di prova',
    'TH IUV',
    'TD 01123456789012345',
    'TH Ricevuta n.',
    'TD RT-1',
    'P Il pagamento è stato ricevuto. Questa ricevuta non è l’esito della domanda.',
  ]);
});

test('a receipt of a payment at the counter says so, and keeps the officer’s reason to the office', async () => {
  const practice = await aPractice(desk);
  const note = 'Pagato in contanti per guasto del POS.';
  await aPayment(practice, { status: 'paid', means: 'counter', paidAt: FILED, receiptId: 'counter:1', note });
  const { text } = await readPdf((await paymentReceipt(deps, giulia, practice, 1)).content);
  expect(text).toContain('Come Allo sportello');
  expect(text).not.toContain('IUV');
  expect(text).not.toContain('contanti');
});

test('a payment that has not come has no receipt', async () => {
  const practice = await unpaid();
  await aPayment(practice);
  expect(await refusalOf(paymentReceipt(deps, giulia, practice, 1))).toBe('DOCUMENT_NOT_FOUND');
});
