import type { PracticeSnapshot } from '../../activities/contract';
import { REFUSALS, refuse } from '../../domain/errors';
import { type Instant, instant } from '../../domain/ids';
import { ACT_LABELS } from '../../domain/practice/acts';
import { currentPhase } from '../../domain/practice/conditions';
import { availableActs } from '../../domain/practice/guard';
import { hasEnded } from '../../domain/practice/state';
import { STATUS_LABELS, type Status } from '../../domain/practice/states';
import { Prisma } from '../../generated/prisma/client';
import { APPLICANT_ROLES, actorOf, type Viewer } from '../access/viewer';
import { ACT_PATHS } from '../acts/catalogue';
import type { Application } from '../application';
import { serviceOf } from '../services/catalogue';
import { readSnapshot } from '../snapshot';
import { openRequest } from './integration';
import { visiblePractice } from './visibility';

/** Everything a page or an integrator needs of one practice, as this viewer may know it. Refusal: `PRACTICE_NOT_FOUND`. */
export async function practiceView(app: Application, viewer: Viewer, id: string) {
  const practice = await visiblePractice(viewer, id);
  const { state, clock } = readSnapshot(practice.snapshot);
  const { definition } = await serviceOf(app.db.prisma, practice);
  const status = practice.status as Status;
  const applicant = APPLICANT_ROLES.includes(viewer.role);
  const [draft, submission, pending, payment, open, assignee, office, folder, stamps] = await Promise.all([
    viewer.db.draft.findFirst({ where: { practiceId: id } }),
    viewer.db.submission.findFirst({ where: { practiceId: id }, orderBy: { ordinal: 'desc' } }),
    viewer.db.inboxRow.findMany({
      // What an officer is deciding is not the applicant's news before it is registered.
      where: {
        practiceId: id,
        kind: 'act',
        outcome: { equals: Prisma.DbNull },
        ...(applicant && { actorId: viewer.accountId }),
      },
      orderBy: { position: 'asc' },
    }),
    state.payment ? viewer.db.payment.findFirst({ where: { practiceId: id }, orderBy: { ordinal: 'desc' } }) : null,
    openRequest(viewer.db, practice.snapshot),
    practice.assigneeId ? viewer.db.account.findFirst({ where: { id: practice.assigneeId } }) : null,
    practice.officeId ? viewer.db.office.findFirst({ where: { id: practice.officeId } }) : null,
    practice.folderId ? viewer.db.folder.findFirst({ where: { id: practice.folderId } }) : null,
    definition.stamps
      ? viewer.db.stamp.findMany({ where: { practiceId: id }, orderBy: [{ createdAt: 'asc' }, { number: 'asc' }] })
      : [],
  ]);
  const phase = status === 'draft' ? undefined : currentPhase(state);
  const writing = !submission || status === 'draft';
  return {
    id,
    code: practice.code,
    service: { code: definition.code, version: definition.version, name: definition.name },
    status,
    statusLabel: STATUS_LABELS[status],
    seq: practice.seq,
    actVersion: practice.actVersion,
    createdAt: instant(practice.createdAt),
    changedAt: instant(practice.changedAt),
    confirmedAt: submission ? instant(submission.confirmedAt) : null,
    receivedAt: practice.receivedAt ? instant(practice.receivedAt) : null,
    answerBy: clock.answerBy ?? null,
    termSuspended: clock.suspended,
    late: practice.late,
    attention: practice.attention,
    // The name of who is in charge is the applicant's right (L. 241/1990 art. 8), the account is not.
    assignee: assignee
      ? { id: applicant ? null : assignee.id, name: `${assignee.givenName} ${assignee.familyName}` }
      : null,
    office: office ? { code: office.code, name: office.name } : null,
    priority: practice.priority,
    phase: phase ? { key: phase.key, label: phase.label, next: [...phase.next] } : null,
    folder: folder ? { id: folder.id, label: folder.label } : null,
    filedBy: practice.authorKind,
    identity: practice.identity === null ? null : { provider: practice.identity, level: practice.identityLevel ?? 0 },
    language: practice.language,
    draftVersion: draft?.version ?? null,
    stamps: {
      needed: state.stamps ?? 0,
      given: stamps.map((row) => ({ number: row.number, phase: row.phase, amountCents: row.amountCents })),
    },
    notice: state.notice
      ? {
          document: state.notice.document,
          answerBy: clock.deadlines.find((deadline) => deadline.kind === 'observations')?.expiresAt ?? null,
          closedBy: state.notice.closedBy ?? null,
        }
      : null,
    registration: registrationOf(state.documents.find((document) => document.kind === 'request')?.registration),
    // Until its document is registered the outcome is nobody's news.
    outcome: hasEnded(state) ? (state.decision?.outcome ?? null) : null,
    data: (writing ? draft?.content : submission.content) ?? {},
    dataSha256: submission?.sha256 ?? null,
    payment: payment && {
      ordinal: payment.ordinal,
      phase: payment.phase,
      means: payment.means,
      amountCents: payment.amountCents,
      status: payment.status,
      iuv: payment.iuv,
      noticeNumber: payment.noticeNumber,
      expiresAt: instant(payment.expiresAt),
      paidAt: payment.paidAt ? instant(payment.paidAt) : null,
    },
    integration: open
      ? {
          round: open.round,
          message: open.request.message,
          fields: [...open.request.fields],
          documents: [...open.request.documents],
          answerBy: clock.deadlines.find((deadline) => deadline.kind === 'integration')?.expiresAt ?? null,
        }
      : null,
    pending: pending.map((row) => ({
      commandId: row.id,
      act: row.type,
      receivedAt: instant(row.receivedAt),
      href: `/api/v1/commands/${row.id}`,
    })),
    actions: actionsOf(viewer, { state, clock }, app.clock.now()),
  };
}

export type PracticeView = Awaited<ReturnType<typeof practiceView>>;

function registrationOf(fact: { readonly number: string; readonly year: number; readonly date: string } | undefined) {
  return fact ? { number: fact.number, year: fact.year, date: fact.date } : null;
}

/** What can be done now and, for the rest of what this role could ever do, why not. */
function actionsOf(viewer: Viewer, { state, clock }: PracticeSnapshot, now: Instant) {
  return availableActs(state, actorOf(viewer), { clock, now })
    .filter(({ refusal }) => refusal?.code !== 'ROLE_NOT_ALLOWED')
    .map(({ act, refusal }) => ({
      act,
      label: ACT_LABELS[act],
      allowed: refusal === undefined,
      method: 'POST' as const,
      href: `/api/v1/practices/${state.id}/${ACT_PATHS[act] ?? act}`,
      reason: refusal
        ? {
            code: refusal.code,
            message: REFUSALS[refusal.code].sentence(refusal.params),
            remedy: REFUSALS[refusal.code].remedy(refusal.params),
          }
        : null,
    }));
}

/** States in which something is to be paid; after coming back without a receipt one may try again. */
const PAYING: readonly Status[] = ['awaitingPayment', 'awaitingOutcome', 'awaitingFinalPayment'];

/**
 * Page where the applicant pays. Refusals: `PRACTICE_NOT_FOUND`; `ACT_NOT_ALLOWED_IN_STATE` when nothing is to be paid;
 * `UNAVAILABLE` while the position is not open yet.
 */
export async function checkoutOf(app: Application, viewer: Viewer, id: string, returnUrl: string): Promise<string> {
  const practice = await visiblePractice(viewer, id);
  if (!APPLICANT_ROLES.includes(viewer.role)) refuse('NOT_APPLICANT', { actLabel: 'Paga' });
  const payment = await viewer.db.payment.findFirst({ where: { practiceId: id }, orderBy: { ordinal: 'desc' } });
  // The position is being opened at the gateway, or the gateway is down: it will be there.
  const paying = PAYING.includes(practice.status as Status);
  if (paying && payment?.status === 'requested') refuse('UNAVAILABLE');
  if (!paying || payment?.status !== 'open') {
    const statusLabel = STATUS_LABELS[practice.status as Status];
    return refuse('ACT_NOT_ALLOWED_IN_STATE', {
      actLabel: 'Paga',
      statusLabel,
      allowedIn: STATUS_LABELS.awaitingPayment,
    });
  }
  const { url } = await app.payments.checkout(payment.requestId, returnUrl);
  return url;
}
