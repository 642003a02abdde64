import { instant } from '../../domain/ids';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import { visiblePractice } from './visibility';

/** Payments of a practice as this viewer may know them. Refusal: `PRACTICE_NOT_FOUND`. */
export async function paymentsOf(viewer: Viewer, id: string) {
  await visiblePractice(viewer, id);
  const rows = await viewer.db.payment.findMany({ where: { practiceId: id }, orderBy: { ordinal: 'asc' } });
  const applicant = APPLICANT_ROLES.includes(viewer.role);
  return rows.map((row) => {
    const href = `/api/v1/practices/${id}/payments/${row.ordinal}`;
    return {
      ordinal: row.ordinal,
      phase: row.phase,
      status: row.status,
      reason: row.reason,
      amountCents: row.amountCents,
      means: row.means,
      iuv: row.iuv,
      noticeNumber: row.noticeNumber,
      provider: row.provider,
      createdAt: instant(row.createdAt),
      expiresAt: instant(row.expiresAt),
      paidAt: row.paidAt ? instant(row.paidAt) : null,
      note: applicant ? null : row.note,
      notice: row.noticeNumber ? `${href}/notice` : null,
      receipt: row.status === 'paid' ? `${href}/receipt` : null,
    };
  });
}
