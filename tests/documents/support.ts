import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentActivities } from '../../src/activities/documents';
import { createPdfRenderer } from '../../src/adapters/documents/pdf-renderer';
import { createDiskStore } from '../../src/adapters/storage/disk-store';
import type { FrozenAttachment } from '../../src/application/practices/submission';
import { publishService, seedId } from '../../src/application/seed';
import { type ServiceDefinition, serviceDefinitionSchema } from '../../src/application/services/definition';
import { permessoZtl } from '../../src/application/services/permesso-ztl';
import { rulesOf } from '../../src/application/services/rules-of';
import { asId, type CommandId, type Instant, type PracticeId, type TenantCode } from '../../src/domain/ids';
import type { Act } from '../../src/domain/practice/acts';
import type { CommandFacts } from '../../src/domain/practice/command';
import type { DocumentKind } from '../../src/domain/practice/documents';
import { newborn, type PracticeState } from '../../src/domain/practice/state';
import { evaluateClock } from '../../src/domain/terms/practice-clock';
import type { Prisma } from '../../src/generated/prisma/client';
import { systemClock } from '../../src/platform/clock';
import { sha256, uuidFromName } from '../../src/platform/digest';
import { InspectedPdf } from '../adapters/documents/pdf-inspection';
import { freshDatabase, type TestDatabase } from '../support/database';

export const TENANT = 'bugliano';
export const TENANT_ID = seedId(TENANT, 'tenant', TENANT);
export const GIULIA = seedId(TENANT, 'account', 'giulia.bianchi');
export const MARCO = seedId(TENANT, 'account', 'marco.conti');

/** 24 November 2026, 11:00 in Rome. */
export const FILED = '2026-11-24T10:00:00.000Z' as Instant;

/** A complete application, as frozen; sections can be changed. */
export function content(changes: Readonly<Record<string, object>> = {}): Prisma.InputJsonObject {
  const whole: Record<string, object> = {
    applicant: {
      givenName: 'Giulia',
      familyName: 'Bianchi',
      taxCode: 'BNCGLI85T50D612A',
      email: 'giulia.bianchi@posta.example',
    },
    residence: { street: 'Via Garibaldi 12', city: 'Bugliano' },
    vehicle: { plate: 'AB123CD', model: 'Fiat Panda' },
    permit: { reason: 'resident', from: '2026-12-01', privacy: true },
  };
  for (const [section, values] of Object.entries(changes)) whole[section] = { ...whole[section], ...values };
  return whole as Prisma.InputJsonObject;
}

/** An office with its documents, on a database and a store of its own; no engine runs. */
export interface Desk {
  readonly db: TestDatabase;
  readonly store: ReturnType<typeof createDiskStore>;
  readonly activities: ReturnType<typeof documentActivities>;
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const db = await freshDatabase();
  const dir = mkdtempSync(join(tmpdir(), 'iter-documents-'));
  const store = createDiskStore(dir);
  return {
    db,
    store,
    activities: documentActivities({ db, store, renderer: createPdfRenderer() }),
    close: async () => {
      await db.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

let counted = 0;

/** A version of the ZTL service that differs as told, published under a code of its own. */
export async function aService(desk: Desk, changes: Partial<ServiceDefinition> = {}): Promise<ServiceDefinition> {
  counted += 1;
  const codePrefix = `DOC${String.fromCharCode(65 + Math.floor(counted / 26), 65 + (counted % 26))}`;
  const code = `prova-${counted}`;
  const definition = serviceDefinitionSchema.parse({ ...permessoZtl, code, codePrefix, ...changes });
  await publishService(desk.db, systemClock, TENANT, definition);
  return definition;
}

export interface PracticeChanges {
  readonly definition?: ServiceDefinition;
  readonly row?: Partial<Prisma.PracticeUncheckedCreateInput>;
  readonly state?: Partial<PracticeState>;
  readonly content?: Prisma.InputJsonObject;
  readonly authentication?: Prisma.InputJsonObject;
  readonly attachments?: readonly FrozenAttachment[];
  readonly submitFacts?: CommandFacts;
}

/** A practice in charge, written as rows: its code, its submission, a state without documents yet. */
export async function aPractice(desk: Desk, changes: PracticeChanges = {}): Promise<PracticeId> {
  const { prisma } = desk.db;
  counted += 1;
  const definition = changes.definition ?? permessoZtl;
  const id = uuidFromName(`practice ${counted}`);
  const submit = await anAct(desk, id, 'submit', {}, { at: FILED, actor: GIULIA, facts: changes.submitFacts ?? {} });
  const state: PracticeState = {
    ...newborn({
      id: asId<PracticeId>(id),
      tenant: asId<TenantCode>(TENANT),
      applicant: GIULIA,
      rules: rulesOf(definition),
    }),
    status: 'inCharge',
    submission: 1,
    confirmedAt: FILED,
    receivedAt: FILED,
    ...changes.state,
  };
  await prisma.practice.create({
    data: {
      id,
      tenantId: TENANT_ID,
      serviceCode: definition.code,
      serviceVersion: definition.version,
      applicantId: GIULIA,
      code: `ZTL-2026-${String(counted).padStart(6, '0')}`,
      status: state.status,
      createdAt: FILED,
      changedAt: FILED,
      receivedAt: FILED,
      salt: 'salt',
      snapshot: { state, clock: evaluateClock(state) } as unknown as Prisma.InputJsonObject,
      ...changes.row,
    },
  });
  await prisma.submission.create({
    data: {
      practiceId: id,
      ordinal: 1,
      tenantId: TENANT_ID,
      commandId: submit,
      content: changes.content ?? content(),
      sha256: sha256('dati'),
      attachments: (changes.attachments ?? []) as unknown as Prisma.InputJsonArray,
      authentication: changes.authentication ?? {
        provider: 'SPID',
        level: 2,
        instant: FILED,
        session: 'sessione-1',
        name: 'Giulia Bianchi',
        taxCode: 'BNCGLI85T50D612A',
      },
      confirmedAt: FILED,
    },
  });
  return asId<PracticeId>(id);
}

/** A row of the inbox, as intake leaves it. */
export async function anAct(
  desk: Desk,
  practice: string,
  act: Act,
  payload: object,
  { at = FILED, actor = MARCO, facts = {} }: { at?: Instant; actor?: string; facts?: CommandFacts } = {},
): Promise<CommandId> {
  counted += 1;
  const id = uuidFromName(`act ${counted}`);
  await desk.db.prisma.inboxRow.create({
    data: {
      id,
      tenantId: TENANT_ID,
      practiceId: practice,
      kind: 'act',
      type: act,
      actorKey: `account:${actor}`,
      actorId: actor,
      actorRole: actor === GIULIA ? 'citizen' : 'operator',
      idempotencyKey: `key-${counted}`,
      bodySha256: sha256('body'),
      payload: payload as Prisma.InputJsonObject,
      facts: facts as Prisma.InputJsonObject,
      receivedAt: at,
    },
  });
  return asId<CommandId>(id);
}

/** Adds a document to the practice's state, because of an act; gives its ordinal. */
export async function addDocument(
  desk: Desk,
  practice: PracticeId,
  kind: DocumentKind,
  command?: CommandId,
): Promise<number> {
  const row = await desk.db.prisma.practice.findUniqueOrThrow({ where: { id: practice } });
  const { state } = row.snapshot as unknown as { state: PracticeState };
  const ordinal = state.documents.length + 1;
  const documents = [...state.documents, { ordinal, kind, ...(command && { command }) }];
  const next: PracticeState = { ...state, documents };
  await desk.db.prisma.practice.update({
    where: { id: practice },
    data: { snapshot: { state: next, clock: evaluateClock(next) } as unknown as Prisma.InputJsonObject },
  });
  return ordinal;
}

/** An act with its document, made by the activity; the document is read back. */
export async function actAndPrint(
  desk: Desk,
  practice: PracticeId,
  kind: DocumentKind,
  act: Act,
  payload: object,
  options: { at?: Instant; actor?: string; facts?: CommandFacts } = {},
): Promise<Printed> {
  const command = await anAct(desk, practice, act, payload, options);
  const ordinal = await addDocument(desk, practice, kind, command);
  await desk.activities.renderDocument({
    practice,
    document: ordinal,
    kind,
    at: '2027-01-01T00:00:00.000Z' as Instant,
    command,
  });
  return printed(desk, practice, ordinal);
}

/** The request, and with it the receipt, made by the activity. */
export async function printRequest(desk: Desk, practice: PracticeId): Promise<{ request: Printed; receipt: Printed }> {
  const ordinal = await addDocument(desk, practice, 'request');
  await desk.activities.renderDocument({ practice, document: ordinal, kind: 'request', at: FILED });
  return { request: await printed(desk, practice, ordinal), receipt: await printed(desk, practice, 0) };
}

export interface Printed {
  readonly ordinal: number;
  readonly title: string;
  /** All that is printed, lines joined by single spaces. */
  readonly text: string;
  /** Elements with their tag, in reading order: `P Gentile Giulia Bianchi,`. */
  readonly elements: readonly string[];
  readonly row: Awaited<ReturnType<TestDatabase['prisma']['document']['findUniqueOrThrow']>>;
}

/** A document as a reader program sees it. */
export async function printed(desk: Desk, practice: PracticeId, ordinal: number): Promise<Printed> {
  const row = await desk.db.prisma.document.findUniqueOrThrow({
    where: { practiceId_ordinal: { practiceId: practice, ordinal } },
  });
  const bytes = await desk.store.read(TENANT, row.sha256 as never);
  return { ordinal, title: row.title, row, ...(await readPdf(bytes)) };
}

/** What is written in a PDF of ours. */
export async function readPdf(bytes: Buffer): Promise<Pick<Printed, 'text' | 'elements'>> {
  const pdf = await InspectedPdf.of(bytes);
  const elements = pdf.elements.map(({ tag, text }) => `${tag} ${text.replace(/\s+/g, ' ').trim()}`);
  const text = elements.map((element) => element.slice(element.indexOf(' ') + 1)).join(' ');
  return { text, elements };
}

/** A frozen attachment with a digest of its own. */
export function aFile(name: string, changes: Partial<FrozenAttachment> = {}): FrozenAttachment {
  return {
    id: uuidFromName(name),
    field: 'decision',
    name,
    contentType: 'application/pdf',
    bytes: 1234,
    sha256: sha256(name),
    ...changes,
  };
}
