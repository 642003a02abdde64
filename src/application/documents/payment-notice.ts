import type { DocumentModel, DocumentRenderer } from '../../activities/ports/document-renderer';
import { refuse } from '../../domain/errors';
import type { Content } from '../../forms/profile/form';
import type { Viewer } from '../access/viewer';
import { visiblePractice } from '../practices/visibility';
import { serviceOf } from '../services/catalogue';
import { applicantName, textAt } from './parts';
import { composePaymentNotice, composePaymentReceipt, type PaperPayment, type PaperPractice } from './payment-papers';

/** What rendering on demand needs. */
export interface PaperDeps {
  readonly renderer: DocumentRenderer;
}

/** A file to hand over: PDF/A, with the name to save it under. */
export interface Paper {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * The notice to pay away from this site, rendered on demand; the same payment gives the same bytes until its status
 * changes. Refusals: `PRACTICE_NOT_FOUND`; `DOCUMENT_NOT_FOUND` when the payment does not exist or the gateway has not
 * given its notice number yet: ask again later.
 * @param ordinal - place of the payment in the practice, from 1
 */
export function paymentNotice(deps: PaperDeps, viewer: Viewer, practiceId: string, ordinal: number): Promise<Paper> {
  return paperOf(deps, viewer, practiceId, ordinal, {
    prefix: 'avviso',
    exists: ({ noticeNumber }) => noticeNumber !== null,
    compose: composePaymentNotice,
  });
}

/**
 * Proof of a payment, online or at the counter, rendered on demand. Refusals: `PRACTICE_NOT_FOUND`;
 * `DOCUMENT_NOT_FOUND` when the payment does not exist or is not paid.
 * @param ordinal - place of the payment in the practice, from 1
 */
export function paymentReceipt(deps: PaperDeps, viewer: Viewer, practiceId: string, ordinal: number): Promise<Paper> {
  return paperOf(deps, viewer, practiceId, ordinal, {
    prefix: 'ricevuta-pagamento',
    exists: ({ status }) => status === 'paid',
    compose: composePaymentReceipt,
  });
}

interface PaperKind {
  readonly prefix: string;
  readonly exists: (payment: PaperPayment) => boolean;
  readonly compose: (practice: PaperPractice, payment: PaperPayment) => DocumentModel;
}

async function paperOf(
  { renderer }: PaperDeps,
  viewer: Viewer,
  practiceId: string,
  ordinal: number,
  kind: PaperKind,
): Promise<Paper> {
  const practice = await visiblePractice(viewer, practiceId);
  const payment = await viewer.db.payment.findFirst({ where: { practiceId, ordinal } });
  if (!payment || !kind.exists(payment)) return refuse('DOCUMENT_NOT_FOUND');
  const tenant = await viewer.db.tenant.findUniqueOrThrow({ where: { id: viewer.tenantId } });
  const { definition } = await serviceOf(viewer.db, practice);
  const submission = await viewer.db.submission.findFirstOrThrow({
    where: { practiceId },
    orderBy: { ordinal: 'desc' },
  });
  const content = submission.content as Content;
  const model = kind.compose(
    {
      id: practice.id,
      code: practice.code,
      service: definition.name,
      tenant: tenant.name,
      applicant: { name: applicantName(content), taxCode: textAt(content, 'applicant.taxCode') },
    },
    payment,
  );
  return {
    name: `${kind.prefix}-${practice.code ?? practice.id}-${ordinal}.pdf`,
    content: await renderer.render(model),
  };
}
