import { z } from 'zod';
import { type FieldError, refuse } from '../../domain/errors';
import type { LegalDate } from '../../domain/ids';
import { ACT_LABELS } from '../../domain/practice/acts';
import { STATUS_LABELS } from '../../domain/practice/states';
import { romeDate } from '../../domain/terms/rome';
import { checkAnswer } from '../../forms/check-content';
import { displayValue, mustBeAnswered, questionAt, questionsOf } from '../../forms/questions';
import { formOf } from '../../forms/sections-form';
import type { Prisma, PrismaClient } from '../../generated/prisma/client';
import { actorOf, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { type ActRequest, inTransaction, type Taken, takeAct } from '../inbox/intake';
import { serviceOf } from '../services/catalogue';
import type { ServiceDefinition } from '../services/definition';
import { readSnapshot } from '../snapshot';
import { type FrozenAttachment, frozenAttachment } from './submission';
import { visiblePractice } from './visibility';

/** What an officer asks for: fields of the form to give again, and documents to add. */
export const integrationRequestSchema = z.strictObject({
  message: z.string().trim().min(10).max(5000),
  fields: z.array(z.string()).max(50).default([]),
  documents: z
    .array(z.object({ key: z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/), label: z.string().trim().min(3).max(200) }))
    .max(20)
    .default([]),
});

/** What the applicant answers: a value for each field asked for, attachments for each document. */
export const integrationAnswerSchema = z.strictObject({
  message: z.string().trim().max(5000).optional(),
  values: z.record(z.string(), z.unknown()).default({}),
  documents: z.record(z.string(), z.array(z.uuid()).max(10)).default({}),
});

export type IntegrationRequest = z.infer<typeof integrationRequestSchema>;
export type IntegrationAnswer = z.infer<typeof integrationAnswerSchema>;

/** An answer as it is kept: checked values and frozen attachments. */
export interface KeptAnswer {
  readonly message: string | null;
  readonly values: readonly { readonly path: string; readonly label: string; readonly value: string }[];
  readonly documents: readonly { readonly label: string; readonly files: readonly FrozenAttachment[] }[];
}

/** Field under which the files of an asked document are uploaded. */
export function integrationField(round: number, key: string): string {
  return `integration.${round}.${key}`;
}

/** Refuses a request that names fields the form does not have, or asks for nothing. */
export function assertRequestFits(definition: ServiceDefinition, request: IntegrationRequest): void {
  const known = questionsOf(formOf(definition.form)).filter(
    ({ question, inRows }) => question.type !== 'file' && !inRows,
  );
  const errors: FieldError[] = request.fields.flatMap((path, index) =>
    known.some((row) => row.path === path)
      ? []
      : [{ path: `fields.${index}`, rule: 'unknown', message: `Il modulo non ha il campo "${path}".` }],
  );
  for (const [index, { key }] of request.documents.entries()) {
    if (request.documents.findIndex((row) => row.key === key) !== index) {
      const message = `La chiave "${key}" è già di un altro documento.`;
      errors.push({ path: `documents.${index}.key`, rule: 'doubled', message });
    }
  }
  if (request.fields.length === 0 && request.documents.length === 0) {
    errors.push({ path: 'fields', rule: 'required', message: 'Indica almeno un campo o un documento da integrare.' });
  }
  if (errors.length > 0) refuse('VALIDATION_FAILED', {}, errors);
}

/** The request now open on a practice, with its round. */
export async function openRequest(
  db: Pick<PrismaClient, 'inboxRow'>,
  snapshot: unknown,
): Promise<{ readonly round: number; readonly request: IntegrationRequest } | undefined> {
  const { state } = readSnapshot(snapshot);
  const document = state.documents.filter((row) => row.kind === 'integrationRequest').at(-1);
  const round = state.rounds.at(-1);
  if (state.status !== 'awaitingIntegration' || !document?.command || !round) return undefined;
  const row = await db.inboxRow.findUnique({ where: { id: document.command } });
  return row ? { round: round.round, request: row.payload as unknown as IntegrationRequest } : undefined;
}

/**
 * Takes the applicant's answer, complete or not at all. Refusals: `VALIDATION_FAILED` naming each missing field and
 * document, `DEADLINE_PASSED`, `PRACTICE_NOT_FOUND` and those of the guard.
 */
export async function answerIntegration(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  answer: IntegrationAnswer,
  idempotencyKey: string,
): Promise<Taken> {
  const practice = await visiblePractice(viewer, practiceId);
  const { definition } = await serviceOf(app.db.prisma, practice);
  const open = await openRequest(viewer.db, practice.snapshot);
  // When none is open the guard says why; an answer sent again after it was taken must find its first outcome.
  const kept = open
    ? await keepAnswer(viewer.db, definition, practiceId, open, answer, romeDate(app.clock.now()))
    : undefined;
  const request: ActRequest = {
    tenantId: viewer.tenantId,
    practiceId,
    act: 'answerIntegration',
    actor: actorOf(viewer),
    idempotencyKey,
    payload: { answer, kept: kept ?? null } as unknown as Prisma.InputJsonObject,
    fingerprint: answer,
  };
  return inTransaction(app.db, (tx) =>
    takeAct(tx, app.clock, request, async (row) => {
      if (kept) return undefined;
      const statusLabel = STATUS_LABELS[readSnapshot(row.snapshot).state.status];
      const actLabel = ACT_LABELS.answerIntegration;
      return refuse('ACT_NOT_ALLOWED_IN_STATE', {
        actLabel,
        statusLabel,
        allowedIn: STATUS_LABELS.awaitingIntegration,
      });
    }),
  );
}

async function keepAnswer(
  db: PrismaClient,
  definition: ServiceDefinition,
  practiceId: string,
  { round, request }: { readonly round: number; readonly request: IntegrationRequest },
  answer: IntegrationAnswer,
  today: LegalDate,
): Promise<KeptAnswer> {
  const errors: FieldError[] = notAskedFor(request, answer);
  const values: { path: string; label: string; value: string }[] = [];
  for (const path of request.fields) {
    const question = questionAt(formOf(definition.form), path);
    if (!question) continue;
    const checked = checkAnswer(mustBeAnswered(question), answer.values[path], today);
    if ('error' in checked) errors.push({ path: `values.${path}`, ...checked.error });
    else values.push({ path, label: question.label, value: displayValue(question, checked.value) });
  }
  const documents: { label: string; files: FrozenAttachment[] }[] = [];
  for (const { key, label } of request.documents) {
    const ids = [...new Set(answer.documents[key] ?? [])];
    const field = integrationField(round, key);
    const files = await db.attachment.findMany({ where: { practiceId, field, id: { in: ids }, removedAt: null } });
    if (ids.length === 0) errors.push({ path: `documents.${key}`, rule: 'required', message: `Allega: ${label}.` });
    else if (files.length !== ids.length) {
      errors.push({
        path: `documents.${key}`,
        rule: 'attachment',
        message: `Un file indicato per "${label}" non è stato caricato per questa richiesta.`,
      });
    }
    documents.push({ label, files: files.map(frozenAttachment) });
  }
  if (errors.length > 0) refuse('VALIDATION_FAILED', {}, errors);
  return { message: answer.message ?? null, values, documents };
}

/** What was written is either in the answer or told to be wrong: nothing is dropped in silence. */
function notAskedFor(request: IntegrationRequest, answer: IntegrationAnswer): FieldError[] {
  const asked = request.documents.map(({ key }) => key);
  const unknown = [
    ...Object.keys(answer.values).flatMap((path) => (request.fields.includes(path) ? [] : [`values.${path}`])),
    ...Object.keys(answer.documents).flatMap((key) => (asked.includes(key) ? [] : [`documents.${key}`])),
  ];
  return unknown.map((path) => ({ path, rule: 'unknown', message: 'La richiesta di integrazioni non lo chiede.' }));
}
