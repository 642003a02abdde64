import type { Readable } from 'node:stream';
import { REFUSALS, refuse } from '../../domain/errors';
import { instant } from '../../domain/ids';
import type { CommandFacts } from '../../domain/practice/command';
import { directionOf, reachesRegister } from '../../domain/practice/documents';
import { EVENT_LABELS } from '../../domain/practice/event-labels';
import type { EventType } from '../../domain/practice/events';
import { isFinal, STATUS_LABELS, type Status } from '../../domain/practice/states';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { documentFileName } from '../documents/file-name';
import { type Outcome, readOutcome } from '../inbox/outcomes';
import { readSnapshot } from '../snapshot';
import { visiblePractice, visiblePractices } from './visibility';

/** The timeline as this viewer may read it: applicants see no officer's id and no outcome before it is registered. */
export async function timelineOf(viewer: Viewer, id: string) {
  const practice = await visiblePractice(viewer, id);
  const rows = await viewer.db.practiceEventRow.findMany({ where: { practiceId: id }, orderBy: { seq: 'asc' } });
  const applicant = APPLICANT_ROLES.includes(viewer.role);
  const secret = applicant && !isFinal(practice.status as Status);
  return rows.map((row) => {
    const data = row.data as Record<string, unknown>;
    const { outcome, stamps, feeCents, noticeWaived, operator, from, command, ...open } = data;
    // Fees tell an approval as clearly as its name; once they are asked for they are no secret.
    const told = secret && row.type === 'decided' ? {} : { outcome, stamps, feeCents, noticeWaived };
    const hidden = { ...told, ...(applicant ? {} : { operator, from, command }) };
    return {
      seq: row.seq,
      type: row.type as EventType,
      label: EVENT_LABELS[row.type as EventType],
      at: instant(row.at),
      status: row.status,
      statusLabel: STATUS_LABELS[row.status as Status],
      actorRole: row.actorRole,
      data: Object.fromEntries(Object.entries({ ...open, ...hidden }).filter(([, value]) => value !== undefined)),
      hash: row.hash,
    };
  });
}

/** Documents made by the system, with their registration. An outcome's document appears when it is registered. */
export async function documentsOf(viewer: Viewer, id: string) {
  const practice = await visiblePractice(viewer, id);
  const { state } = readSnapshot(practice.snapshot);
  const rows = await viewer.db.document.findMany({ where: { practiceId: id }, orderBy: { ordinal: 'asc' } });
  const toOthers = isApplicant(viewer) ? await toOtherOffices(viewer, state) : new Set<number>();
  const shown = rows.filter(
    (row) => !isApplicant(viewer) || (isComplete(state, row.ordinal) && !toOthers.has(row.ordinal)),
  );
  return shown.map((row) => {
    const fact = state.documents.find((document) => document.ordinal === row.ordinal)?.registration;
    return {
      ordinal: row.ordinal,
      kind: row.kind,
      title: row.title,
      contentType: row.contentType,
      bytes: row.bytes,
      sha256: row.sha256,
      createdAt: instant(row.createdAt),
      registration: fact ? { number: fact.number, year: fact.year, date: fact.date } : null,
      href: `/api/v1/practices/${id}/documents/${row.ordinal}`,
    };
  });
}

/** One document's content. Refusals: `PRACTICE_NOT_FOUND`, `DOCUMENT_NOT_FOUND`. */
export async function readDocument(
  app: Application,
  viewer: Viewer,
  id: string,
  ordinal: number,
): Promise<{
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly content: Readable;
}> {
  const document = (await documentsOf(viewer, id)).find((row) => row.ordinal === ordinal);
  if (!document) return refuse('DOCUMENT_NOT_FOUND');
  const practice = await visiblePractice(viewer, id);
  const content = await app.store.stream(viewer.tenantCode, document.sha256 as never);
  const { bytes, contentType } = document;
  return { name: documentFileName(practice.code ?? id, ordinal, contentType), contentType, bytes, content };
}

/** What became of a command: where a 202 says to look. Refusal: `COMMAND_NOT_FOUND`, also for other people's commands. */
export async function commandOf(viewer: Viewer, id: string) {
  const row = await viewer.db.inboxRow.findFirst({ where: { id } });
  if (row?.kind !== 'act') return refuse('COMMAND_NOT_FOUND');
  if (APPLICANT_ROLES.includes(viewer.role) && row.actorId !== viewer.accountId) return refuse('COMMAND_NOT_FOUND');
  if (row.actorId !== viewer.accountId && !(await isVisible(viewer, row.practiceId)))
    return refuse('COMMAND_NOT_FOUND');
  const outcome = readOutcome(row.outcome);
  return {
    commandId: row.id,
    act: row.type,
    practiceId: row.practiceId,
    receivedAt: instant(row.receivedAt),
    outcome: outcome ? told(outcome) : null,
  };
}

/** A refusal that came after the 202 says as much as one that comes at once. */
function told(outcome: Outcome) {
  if (outcome.result !== 'refused') return outcome;
  const { sentence, remedy, title } = REFUSALS[outcome.code];
  return { ...outcome, title, detail: sentence(outcome.params), remedy: remedy(outcome.params) };
}

async function isVisible(viewer: Viewer, practiceId: string): Promise<boolean> {
  const where = { AND: [{ id: practiceId }, await visiblePractices(viewer)] };
  return (await viewer.db.practice.count({ where })) > 0;
}

function isApplicant(viewer: Viewer): boolean {
  return APPLICANT_ROLES.includes(viewer.role);
}

type State = ReturnType<typeof readSnapshot>['state'];

/** An outgoing document is the applicant's when it is complete: registered, or released where nothing is registered. */
function isComplete(state: State, ordinal: number): boolean {
  const document = state.documents.find((row) => row.ordinal === ordinal);
  if (!document || directionOf(document.kind) === 'in') return true;
  if (document.registration) return true;
  return !reachesRegister(state) && (document.kind !== 'decision' || isFinal(state.status));
}

/** Ordinals of communications between offices. */
async function toOtherOffices(viewer: Viewer, state: State): Promise<ReadonlySet<number>> {
  const sent = state.documents.filter((document) => document.kind === 'communication');
  if (sent.length === 0) return new Set();
  const acts = await viewer.db.inboxRow.findMany({
    where: { id: { in: sent.flatMap(({ command }) => command ?? []) } },
    select: { id: true, facts: true },
  });
  const toOffices = acts.filter(({ facts }) => (facts as CommandFacts | null)?.to === 'office').map(({ id }) => id);
  return new Set(sent.filter(({ command }) => toOffices.includes(command ?? '')).map(({ ordinal }) => ordinal));
}
