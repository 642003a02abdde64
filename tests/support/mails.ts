import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type ParsedMail, simpleParser } from 'mailparser';
import pino from 'pino';
import { createActivities } from '../../src/activities';
import type { ActivityDeps } from '../../src/activities/deps';
import { createPdfRenderer } from '../../src/adapters/documents/pdf-renderer';
import { createMailer } from '../../src/adapters/mail';
import { createSandboxGateway } from '../../src/adapters/payments/sandbox/client';
import { createInternalRegister } from '../../src/adapters/protocollo/internal/register';
import { createDiskStore } from '../../src/adapters/storage/disk-store';
import { project } from '../../src/application/projection/project';
import { publishService, seedId } from '../../src/application/seed';
import type { ServiceDefinition } from '../../src/application/services/definition';
import { rulesOf } from '../../src/application/services/rules-of';
import { asId, type Instant, instant, type PracticeId, type TenantCode } from '../../src/domain/ids';
import type { Actor } from '../../src/domain/practice/acts';
import type { EventData, EventType, PracticeEvent } from '../../src/domain/practice/events';
import { newborn } from '../../src/domain/practice/state';
import { evaluateClock } from '../../src/domain/terms/practice-clock';
import type { Prisma } from '../../src/generated/prisma/client';
import { uuidv7 } from '../../src/platform/digest';
import { buildSandbox, type Sandbox } from '../../src/sandbox/server';
import { MovableClock } from '../api/support';
import { freshDatabase, type TestDatabase } from './database';

const SECRET = 'secret-of-the-tests';
export const GIULIA = 'giulia.bianchi@posta.example';

/** A mail as its reader gets it. */
export interface CaughtMail {
  /** Of the sandbox's mailbox. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly to: string;
  readonly cc: string;
  readonly messageId: string;
  readonly files: readonly string[];
  readonly parsed: ParsedMail;
}

const read = new Map<string, Promise<CaughtMail>>();

/** Every mail that the sandbox has caught for an address, oldest first. Each is read once. */
export async function mailsTo(sandbox: Pick<Sandbox, 'url'>, address: string): Promise<CaughtMail[]> {
  const list = await mailList(sandbox, address);
  return Promise.all(
    list.reverse().map(({ id }) => {
      const url = `${sandbox.url}/mail/${id}/raw`;
      const known = read.get(url) ?? fetch(url).then(async (raw) => readMail(Buffer.from(await raw.arrayBuffer()), id));
      read.set(url, known);
      return known;
    }),
  );
}

/** Newest first. */
async function mailList(sandbox: Pick<Sandbox, 'url'>, address: string): Promise<{ id: string }[]> {
  const answer = await fetch(`${sandbox.url}/mail.json?to=${encodeURIComponent(address)}&limit=10000`);
  return (await answer.json()) as { id: string }[];
}

/** A raw mail, read. */
export async function readMail(raw: string | Buffer, id = ''): Promise<CaughtMail> {
  const parsed = await simpleParser(raw);
  const addresses = (header: ParsedMail['to']) => [header ?? []].flat().map(({ text }) => text);
  return {
    id,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    to: addresses(parsed.to).join(', '),
    cc: addresses(parsed.cc).join(', '),
    messageId: parsed.messageId ?? '',
    files: parsed.attachments.map(({ filename }) => filename ?? ''),
    parsed,
  };
}

/** What sends mails, on a real database and a real mail server, without the engine. */
export interface MailRoom {
  readonly db: TestDatabase;
  readonly clock: MovableClock;
  readonly sandbox: Sandbox;
  readonly deps: ActivityDeps;
  readonly notify: (practice: string, events: readonly number[]) => Promise<{ readonly deliveredAt: Instant }>;
  mailsTo(address: string): Promise<CaughtMail[]>;
  /** As new: the clock where it began, nothing queued or to be told, and only mails caught from now on are shown. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export async function mailRoom(at = '2026-11-24T10:00:00.000Z'): Promise<MailRoom> {
  const db = await freshDatabase();
  const dir = mkdtempSync(join(tmpdir(), 'iter-mails-'));
  const clock = new MovableClock(asId<Instant>(at));
  const sandbox = await buildSandbox({
    host: '127.0.0.1',
    port: 0,
    smtpPort: 0,
    dataDir: join(dir, 'sandbox'),
    secret: SECRET,
    callbackUrl: 'http://127.0.0.1:1/unused',
    logLevel: 'silent',
    now: () => new Date(clock.now()),
  });
  await sandbox.start();
  const smtpUrl = `smtp://127.0.0.1:${sandbox.smtpPort}`;
  const mail = createMailer({ smtpUrl, from: 'Comune di Bugliano <no@bugliano.example>' });
  const deps: ActivityDeps = {
    db,
    clock,
    store: createDiskStore(join(dir, 'documents')),
    renderer: createPdfRenderer(),
    protocollo: createInternalRegister(db, clock),
    payments: createSandboxGateway({ url: sandbox.url, secret: SECRET }),
    mail,
    log: pino({ level: 'silent' }),
    publicUrl: 'https://iter.example',
  };
  const { notify } = createActivities(deps).notifications;
  const earlier = new Set<string>();
  return {
    db,
    clock,
    sandbox,
    deps,
    notify: (practice, events) => notify({ practice: asId<PracticeId>(practice), events }),
    mailsTo: async (address) => (await mailsTo(sandbox, address)).filter(({ id }) => !earlier.has(id)),
    clear: async () => {
      clock.forward(Date.parse(at) - Date.parse(clock.now()));
      await db.prisma.outboxRow.updateMany({ where: { noticedAt: null }, data: { noticedAt: at } });
      await db.prisma.operatorNotice.deleteMany();
      await db.prisma.mailing.deleteMany();
      await db.prisma.telling.deleteMany();
      await db.prisma.account.updateMany({ data: { noticeFrequency: 'atOnce', enabled: true } });
      for (const { id } of await mailList(sandbox, '')) earlier.add(id);
    },
    stop: async () => {
      mail.close();
      await sandbox.stop();
      await db.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A file that acts name. */
export interface KeptFile {
  readonly id: string;
  readonly field: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A practice whose events are written one by one, as the engine would, whatever its rules say. */
export interface Life {
  readonly id: string;
  /** Projects an event and gives its sequence number. */
  happens<T extends EventType>(
    type: T,
    data: EventData[T],
    by?: { cause?: string; actor?: Actor; told?: boolean },
  ): Promise<number>;
  /** Stores an act, whose id events name. */
  act(type: string, payload: object, username?: string): Promise<string>;
  /** The document of an ordinal exists: row and bytes. */
  document(ordinal: number, kind: string, title: string, bytes?: number): Promise<void>;
  file(name: string, content: Buffer, contentType?: string): Promise<KeptFile>;
  /** The applicant has confirmed: content is frozen. */
  submission(applicant?: object): Promise<void>;
}

export interface LifeOptions {
  readonly language?: string;
  /** Whose practice it is, by user name. */
  readonly owner?: string;
  readonly authorKind?: string;
}

/** Begins a practice of a service, which is published when it is not yet. */
export async function beginLife(
  room: Pick<MailRoom, 'db' | 'clock' | 'deps'>,
  service: ServiceDefinition,
  options: LifeOptions = {},
): Promise<Life> {
  const { db, clock } = room;
  await publishService(db, clock, 'bugliano', service);
  const id = uuidv7(Date.now());
  const tenantId = seedId('bugliano', 'tenant', 'bugliano');
  const accountOf = (username: string) => seedId('bugliano', 'account', username);
  const applicant = accountOf(options.owner ?? 'giulia.bianchi');
  const state = newborn({
    id: asId<PracticeId>(id),
    tenant: asId<TenantCode>('bugliano'),
    applicant,
    rules: rulesOf(service),
  });
  await db.prisma.practice.create({
    data: {
      id,
      tenantId,
      serviceCode: service.code,
      serviceVersion: service.version,
      applicantId: applicant,
      status: state.status,
      createdAt: clock.now(),
      changedAt: clock.now(),
      snapshot: { state, clock: evaluateClock(state) } as unknown as Prisma.InputJsonObject,
      salt: 'salt',
      language: options.language ?? 'it',
      authorKind: options.authorKind ?? 'citizen',
    },
  });
  let seq = 0;
  let kept = 0;
  const store = async (content: Buffer) => room.deps.store.put('bugliano', Readable.from([content]), 50_000_000);
  const life: Life = {
    id,
    happens: async (type, data, by = {}) => {
      seq += 1;
      const { cause = `step:${type}/${seq}`, actor } = by;
      const event = { seq, type, at: clock.now(), cause, data, ...(actor && { actor }) } as unknown as PracticeEvent;
      const tell = by.told ? [seq] : [];
      await project(db, { practice: asId<PracticeId>(id), events: [event], withoutEffect: [], tell });
      return seq;
    },
    act: async (type, payload, username = 'marco.conti') => {
      const command = uuidv7(Date.now());
      await db.prisma.inboxRow.create({
        data: {
          id: command,
          tenantId,
          practiceId: id,
          kind: 'act',
          type,
          actorKey: accountOf(username),
          actorId: accountOf(username),
          actorRole: 'operator',
          idempotencyKey: command,
          bodySha256: '',
          payload: payload as Prisma.InputJsonObject,
          receivedAt: clock.now(),
        },
      });
      return command;
    },
    document: async (ordinal, kind, title, bytes = 100) => {
      const content = Buffer.alloc(bytes, `${kind} ${ordinal} `);
      const { sha256 } = await store(content);
      const contentType = 'application/pdf';
      const row = { practiceId: id, ordinal, tenantId, kind, title, contentType, bytes, sha256 };
      await db.prisma.document.create({ data: { ...row, createdAt: clock.now() } });
    },
    file: async (name, content, contentType = 'application/pdf') => {
      kept += 1;
      const { sha256, bytes } = await store(content);
      return { id: randomUUID(), field: `file${kept}`, name, contentType, bytes, sha256 };
    },
    submission: async (changes = {}) => {
      const given = { givenName: 'Giulia', familyName: 'Bianchi', taxCode: 'BNCGLI85T50D612A', email: GIULIA };
      await db.prisma.submission.create({
        data: {
          practiceId: id,
          ordinal: 1,
          tenantId,
          commandId: randomUUID(),
          content: { applicant: { ...given, ...changes } },
          sha256: '0'.repeat(64),
          attachments: [],
          authentication: {},
          confirmedAt: clock.now(),
        },
      });
    },
  };
  return life;
}

/** Instants after the clock's, for events that carry one. */
export function later(clock: MovableClock, ms: number): Instant {
  return instant(Date.parse(clock.now()) + ms);
}
