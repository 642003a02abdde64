import type { DocumentBlock, DocumentModel } from '../../activities/ports/document-renderer';
import { type Instant, instant } from '../../domain/ids';
import { euroText } from '../../domain/money/cents';
import { romeText } from '../../domain/terms/rome';
import { paragraph, type Row } from './parts';

/** The practice as the papers of its payments name it. */
export interface PaperPractice {
  readonly id: string;
  /** Null while the application waits for its payment. */
  readonly code: string | null;
  readonly service: string;
  /** Creditor: "Comune di Bugliano". */
  readonly tenant: string;
  readonly applicant: { readonly name: string; readonly taxCode: string | undefined };
}

/** A payment as its papers name it; amounts in integer cents. */
export interface PaperPayment {
  readonly amountCents: number;
  readonly reason: string;
  readonly status: string;
  readonly means: string;
  readonly iuv: string | null;
  /** 18 digits; null until the gateway has given it, and for payments at the counter without a position. */
  readonly noticeNumber: string | null;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly provider: string | null;
  readonly receiptId: string | null;
}

/** A notice number as people read and type it: `3011 2345 6789 0123 45`. */
export function inGroupsOfFour(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ');
}

/**
 * The notice to pay away from this site: what is due to whom, until when, under which number. When it can no longer be
 * paid it says so instead of how to pay, so that nobody pays twice or in vain.
 */
export function composePaymentNotice(practice: PaperPractice, payment: PaperPayment): DocumentModel {
  const expiresAt = instant(payment.expiresAt);
  return paper('Avviso di pagamento', practice, instant(payment.createdAt), [
    {
      kind: 'fields',
      rows: [
        { label: 'Ente creditore', value: practice.tenant },
        ...payer(practice),
        ...reasonRows(practice, payment),
        { label: 'Importo', value: euroText(payment.amountCents) },
        { label: 'Pagabile fino al', value: romeText(expiresAt) },
        { label: 'Numero avviso', value: inGroupsOfFour(payment.noticeNumber ?? '') },
        { label: 'IUV', value: payment.iuv ?? 'non disponibile' },
      ],
    },
    ...howToPay(payment, expiresAt),
  ]);
}

/** Proof of a payment that came: online with its IUV and provider, or at the counter. */
export function composePaymentReceipt(practice: PaperPractice, payment: PaperPayment): DocumentModel {
  const paidAt = instant(payment.paidAt ?? payment.createdAt);
  const online = payment.means !== 'counter';
  return paper('Ricevuta di pagamento', practice, paidAt, [
    {
      kind: 'fields',
      rows: [
        { label: 'Ente creditore', value: practice.tenant },
        ...payer(practice),
        ...reasonRows(practice, payment),
        { label: 'Importo pagato', value: euroText(payment.amountCents) },
        { label: 'Pagato il', value: romeText(paidAt) },
        {
          label: 'Come',
          value: online ? `Online, ${payment.provider ?? 'prestatore non indicato'}` : 'Allo sportello',
        },
        ...(online && payment.iuv ? [{ label: 'IUV', value: payment.iuv }] : []),
        ...(online && payment.receiptId ? [{ label: 'Ricevuta n.', value: payment.receiptId }] : []),
      ],
    },
    paragraph('Il pagamento è stato ricevuto. Questa ricevuta non è l’esito della domanda.'),
  ]);
}

function paper(
  title: string,
  practice: PaperPractice,
  createdAt: Instant,
  blocks: readonly DocumentBlock[],
): DocumentModel {
  return {
    title,
    issuer: practice.tenant,
    language: 'it',
    createdAt,
    reference: practice.code ?? practice.id,
    blocks,
  };
}

function payer({ applicant }: PaperPractice): readonly Row[] {
  const taxCode = applicant.taxCode ? `, codice fiscale ${applicant.taxCode}` : '';
  return [{ label: 'Chi paga', value: `${applicant.name}${taxCode}` }];
}

function reasonRows({ code, id, service }: PaperPractice, { reason }: PaperPayment): readonly Row[] {
  return [
    { label: 'Causale', value: reason || service },
    { label: 'Servizio', value: service },
    code ? { label: 'Pratica', value: code } : { label: 'Riferimento', value: id },
  ];
}

function howToPay(payment: PaperPayment, expiresAt: Instant): readonly DocumentBlock[] {
  switch (payment.status) {
    case 'paid':
      return [paragraph('Questo avviso risulta già pagato: non pagarlo di nuovo.')];
    case 'expired':
      return [paragraph('Questo avviso è scaduto e non si può più pagare.')];
    case 'cancelled':
      return [paragraph('Questo avviso è stato annullato e non si può più pagare.')];
    default:
      return [
        { kind: 'heading', text: 'Come pagare' },
        {
          kind: 'list',
          items: [
            'Online, dalla pagina della pratica.',
            'Con il sito o l’app della tua banca o di un altro prestatore di servizi di pagamento aderente a pagoPA, ' +
              'indicando il numero avviso.',
            'In banca, in ricevitoria, dal tabaccaio, al bancomat o in posta, portando questo avviso.',
          ],
        },
        paragraph(
          `Dopo il ${romeText(expiresAt)} il pagamento non viene più accettato. Nessuno ti chiederà altri dati per pagare.`,
        ),
      ];
  }
}
