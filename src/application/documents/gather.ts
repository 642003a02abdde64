import type { DocumentRequest } from '../../activities/contract';
import { type CommandId, type Instant, instant, type LegalDate } from '../../domain/ids';
import type { CommandFacts } from '../../domain/practice/command';
import type { PracticeState } from '../../domain/practice/state';
import { evaluateClock } from '../../domain/terms/practice-clock';
import type { Content } from '../../forms/profile/form';
import type { Prisma, PrismaClient } from '../../generated/prisma/client';
import type { FrozenAttachment } from '../practices/submission';
import { serviceOf } from '../services/catalogue';
import type { ServiceDefinition } from '../services/definition';
import { readSnapshot } from '../snapshot';
import type { FilerKind, FrozenSubmission, GivenStamp, PaidFee, Source, TextKind } from './source';

export type Db = Pick<
  PrismaClient,
  | 'practice'
  | 'tenant'
  | 'submission'
  | 'inboxRow'
  | 'serviceVersion'
  | 'payment'
  | 'stamp'
  | 'account'
  | 'office'
  | 'practiceEventRow'
>;

/** A document to compose: a registered one, or the applicant's receipt. */
export type TextRequest = Omit<DocumentRequest, 'kind'> & { readonly kind: TextKind };

type PracticeRow = Prisma.PracticeGetPayload<Record<string, never>>;
type ActRow = Prisma.InboxRowGetPayload<Record<string, never>>;

/** Gathers what a document may speak of, from what is stored. A missing row is a defect, hence thrown. */
export async function gather(db: Db, input: TextRequest): Promise<Source> {
  const practice = await db.practice.findUniqueOrThrow({ where: { id: input.practice } });
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: practice.tenantId } });
  const { definition } = await serviceOf(db, practice);
  const { state } = readSnapshot(practice.snapshot);
  const submission = await db.submission.findFirstOrThrow({
    where: { practiceId: practice.id },
    orderBy: { ordinal: 'desc' },
  });
  const act = input.command ? await db.inboxRow.findUniqueOrThrow({ where: { id: input.command } }) : null;
  const at = act ? instant(act.receivedAt) : input.at;
  const submit = await db.inboxRow.findUnique({ where: { id: submission.commandId } });
  return {
    kind: input.kind,
    ordinal: input.document,
    tenant: tenant.name,
    definition,
    code: codeOf(practice, definition, input.kind),
    practiceId: practice.id,
    ...(await peopleOf(db, practice, definition, act)),
    submission: frozen(submission),
    receivedAt: instant(practice.receivedAt ?? submission.confirmedAt),
    state,
    payments: await paymentsBefore(db, practice.id, at),
    stamps: await stampsBefore(db, practice.id, at),
    askedCents: (submit?.facts as CommandFacts | null | undefined)?.feeCents,
    act: act?.type,
    payload: act?.payload ?? {},
    facts: (act?.facts ?? {}) as CommandFacts,
    at,
    firstAnswerBy: evaluateClock(onArrival(state)).answerBy,
    answerBy: evaluateClock(state).answerBy,
    actedAt: await actedAt(db, state),
    granted: input.kind === 'annulment' && (await wasGranted(db, practice.id)),
  };
}

/** A repeated attempt must not find the code that acceptance gave meanwhile: what is made before has none. */
function codeOf({ code }: PracticeRow, { registration }: ServiceDefinition, kind: TextKind): string | null {
  return registration === 'onAcceptance' && (kind === 'receipt' || kind === 'request') ? null : code;
}

function frozen(row: {
  readonly content: unknown;
  readonly attachments: unknown;
  readonly sha256: string;
  readonly authentication: unknown;
  readonly confirmedAt: Date;
}): FrozenSubmission {
  return {
    content: row.content as Content,
    attachments: row.attachments as readonly FrozenAttachment[],
    sha256: row.sha256,
    authentication: row.authentication as FrozenSubmission['authentication'],
    confirmedAt: instant(row.confirmedAt),
  };
}

async function peopleOf(
  db: Db,
  practice: PracticeRow,
  definition: ServiceDefinition,
  act: ActRow | null,
): Promise<Pick<Source, 'office' | 'officer' | 'filer' | 'hasArea'>> {
  const office = await officeOf(db, practice, definition);
  const applicant = await db.account.findUnique({ where: { id: practice.applicantId } });
  const author = practice.authorId ? await db.account.findUnique({ where: { id: practice.authorId } }) : applicant;
  const officer = act?.actorId ? await db.account.findUnique({ where: { id: act.actorId } }) : null;
  return {
    office: { name: office?.name ?? '', email: office?.email ?? null },
    officer: nameOf(officer),
    filer: { kind: practice.authorKind as FilerKind, name: nameOf(author) },
    hasArea: applicant?.kind !== 'guest',
  };
}

/** The office to which a practice was assigned, else the first of its service. */
export function officeOf(
  db: Pick<PrismaClient, 'office'>,
  { tenantId, officeId }: { readonly tenantId: string; readonly officeId: string | null },
  { offices }: ServiceDefinition,
) {
  return officeId
    ? db.office.findFirst({ where: { tenantId, id: officeId } })
    : db.office.findFirst({ where: { tenantId, code: offices[0] ?? '' } });
}

function nameOf(account: { readonly givenName: string; readonly familyName: string } | null): string {
  return account ? `${account.givenName} ${account.familyName}` : '';
}

async function paymentsBefore(db: Db, practiceId: string, at: Instant): Promise<readonly PaidFee[]> {
  const rows = await db.payment.findMany({
    where: { practiceId, status: 'paid', paidAt: { lte: at } },
    orderBy: { ordinal: 'asc' },
  });
  return rows.map(({ amountCents, iuv, phase, means }) => ({
    amountCents,
    iuv,
    phase: phase as PaidFee['phase'],
    means: means as PaidFee['means'],
  }));
}

async function stampsBefore(db: Db, practiceId: string, at: Instant): Promise<readonly GivenStamp[]> {
  const rows = await db.stamp.findMany({
    where: { practiceId, createdAt: { lte: at } },
    orderBy: [{ createdAt: 'asc' }, { number: 'asc' }],
  });
  return rows.map(({ number, amountCents, phase, issuedOn }) => ({
    number,
    amountCents,
    phase: phase as GivenStamp['phase'],
    issuedOn: issuedOn ? (issuedOn.toISOString().slice(0, 10) as LegalDate) : null,
  }));
}

/** The state as it was when the application arrived: what was promised then does not depend on what came after. */
function onArrival(state: PracticeState): PracticeState {
  const { notice: _notice, reopened: _reopened, ...rest } = state;
  return { ...rest, status: 'submitted', rounds: [] };
}

async function actedAt(db: Db, state: PracticeState): Promise<ReadonlyMap<CommandId, Instant>> {
  const ids = state.documents.flatMap(({ command }) => command ?? []);
  const rows = await db.inboxRow.findMany({ where: { id: { in: ids } }, select: { id: true, receivedAt: true } });
  return new Map(rows.map((row) => [row.id as CommandId, instant(row.receivedAt)]));
}

async function wasGranted(db: Db, practiceId: string): Promise<boolean> {
  const status = { in: ['approved', 'partiallyApproved'] };
  return (await db.practiceEventRow.count({ where: { practiceId, status } })) > 0;
}
