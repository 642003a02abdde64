import type { DocumentRequest } from '../../activities/contract';
import type { DocumentModel } from '../../activities/ports/document-renderer';
import { instant } from '../../domain/ids';
import { evaluateClock } from '../../domain/terms/practice-clock';
import type { FormContent } from '../../forms/form';
import type { PrismaClient } from '../../generated/prisma/client';
import type { FrozenAttachment } from '../practices/submit';
import { serviceOf } from '../services/catalogue';
import { readSnapshot } from '../snapshot';
import { COMPOSERS, type DocumentKind, type Source } from './texts';

/** A document ready to be rendered, with the name under which people find it. */
export interface Composed {
  readonly title: string;
  readonly model: DocumentModel;
}

type Db = Pick<
  PrismaClient,
  'practice' | 'tenant' | 'submission' | 'inboxRow' | 'serviceVersion' | 'payment' | 'account' | 'office'
>;

/** Puts together what a document says, from what was frozen or decided; the same input always gives the same text. */
export async function composeDocument(
  db: Db,
  input: Omit<DocumentRequest, 'kind' | 'document'> & { readonly kind: DocumentKind },
): Promise<Composed> {
  const practice = await db.practice.findUniqueOrThrow({ where: { id: input.practice } });
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: practice.tenantId } });
  const { definition, officeIds } = await serviceOf(db, practice);
  const { state } = readSnapshot(practice.snapshot);
  const submission = await db.submission.findFirstOrThrow({
    where: { practiceId: practice.id },
    orderBy: { ordinal: 'desc' },
  });
  const act = input.command ? await db.inboxRow.findUniqueOrThrow({ where: { id: input.command } }) : null;
  const officer = act?.actorId ? await db.account.findUnique({ where: { id: act.actorId } }) : null;
  const office = await db.office.findFirst({ where: { id: { in: [...officeIds] } } });
  const source: Source = {
    officer: officer ? `${officer.givenName} ${officer.familyName}` : '',
    office: office?.name ?? '',
    code: practice.code ?? practice.id,
    service: definition.name,
    integrationDays: definition.integrationDays,
    content: submission.content as FormContent,
    form: definition.form,
    attachments: submission.attachments as unknown as FrozenAttachment[],
    sha256: submission.sha256,
    authentication: submission.authentication as Record<string, string>,
    confirmedAt: instant(submission.confirmedAt),
    receivedAt: practice.receivedAt ? instant(practice.receivedAt) : instant(submission.confirmedAt),
    payment: await db.payment.findFirst({ where: { practiceId: practice.id, status: 'paid' } }),
    payload: act?.payload ?? null,
    at: act ? instant(act.receivedAt) : input.at,
    outcome: state.decision?.outcome,
    answerBy: evaluateClock(state).answerBy,
  };
  const { title, blocks } = COMPOSERS[input.kind](source);
  const base = { title, issuer: tenant.name, language: 'it' as const, reference: source.code, createdAt: source.at };
  return { title, model: { ...base, blocks } };
}
