import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../src/api/app';
import { noticeRoutes } from '../../src/api/routes/notices';
import { notificationRoutes } from '../../src/api/routes/notifications';
import type { Application } from '../../src/application/application';
import { OutcomeWaiter } from '../../src/application/inbox/outcome-waiter';
import type { ServiceDefinition } from '../../src/application/services/definition';
import { asId, type CommandId, type LegalDate, type Sha256 } from '../../src/domain/ids';
import type { RegistrationFact } from '../../src/domain/practice/events';
import { ApiClient } from '../support/client';
import { type CaughtMail, GIULIA, type Life, later, type MailRoom, mailRoom } from '../support/mails';
import { aService } from '../support/services';

export const fact = (document: number): RegistrationFact => ({
  document,
  register: 'generale',
  year: 2026,
  number: String(document).padStart(7, '0'),
  date: asId<LegalDate>('2026-11-24'),
});
export const digest = asId<Sha256>('0'.repeat(64));
export const command = (id: string) => asId<CommandId>(id);
export const OPERATOR = 'b0000000-0000-8000-8000-000000000001';

/** Tells of an event and gives the one mail that follows. */
export async function told(room: MailRoom, life: Life, seq: number, address: string = GIULIA): Promise<CaughtMail> {
  const before = await room.mailsTo(address);
  await room.notify(life.id, [seq]);
  const fresh = (await room.mailsTo(address)).slice(before.length);
  if (fresh.length !== 1 || !fresh[0]) throw new Error(`expected one mail to ${address}, found ${fresh.length}`);
  return fresh[0];
}

/** Confirmed, arrived, PDF made; gives the number of the event that is told with the receipt. */
export async function arrived(room: MailRoom, life: Life, applicant: object = {}): Promise<number> {
  const at = room.clock.now();
  await life.submission(applicant);
  await life.happens('submitted', { submission: 1, confirmedAt: at, receivedAt: at });
  await life.document(0, 'receipt', 'Ricevuta di presentazione');
  await life.document(1, 'request', 'Domanda: Permesso di prova');
  return life.happens('documentReady', { document: 1, sha256: digest });
}

/** Registered and in charge. */
export async function inCharge(room: MailRoom, life: Life): Promise<void> {
  await arrived(room, life);
  await life.happens('registrationStarted', { document: 1 });
  await life.happens('requestRegistered', fact(1));
  await life.happens('chargeTaken', { operator: OPERATOR });
}

/** Paragraphs of the text above the footer. */
export function paragraphs({ text }: Pick<CaughtMail, 'text'>): string[] {
  return (text.split('\n-- \n')[0] ?? '').trim().split(/\n\n+/);
}

/** Instant of a term that began with the clock's now. */
export const inDays = (room: MailRoom, days: number) => later(room.clock, days * 86_400_000);

let services = 0;

/** A service whose practices have codes of their own. */
export function service(changes: Parameters<typeof aService>[0] = {}): ServiceDefinition {
  services += 1;
  const letters = [services / 676, services / 26, services].map((n) => String.fromCharCode(65 + (Math.floor(n) % 26)));
  return aService({ codePrefix: letters.join(''), ...changes });
}

/** What every mail has, whatever it says. */
export function expectWhole(mail: CaughtMail, life: Life): void {
  expect(mail.to).toContain(GIULIA);
  expect(paragraphs(mail)[0]).toBe('Gentile Giulia Bianchi,');
  expect(mail.text + mail.html).not.toMatch(/\{\{|\}\}|undefined|\bnull\b/);
  const link = `https://iter.example/api/v1/practices/${life.id}`;
  expect(mail.text).toContain(link);
  expect(mail.html).toContain(`<a href="${link}`);
  expect(mail.html).toContain('<html lang="it">');
  const footer = mail.text.split('\n-- \n')[1] ?? '';
  expect(footer.trim().split('\n')).toEqual([
    'Questo indirizzo non viene letto: non rispondere a questa mail.',
    `Per contattare l’ufficio Mobilità e permessi apri la pratica e scrivi un messaggio: ${link}`,
    'Indirizzo dell’ufficio Mobilità e permessi: mobilita@comune.bugliano.example',
    'Comune di Bugliano',
  ]);
  for (const line of footer.trim().split('\n')) expect(mail.html).toContain(line);
  for (const text of paragraphs(mail).slice(0, -1)) {
    expect(mail.html).toContain(text.replace(/\n/g, '<br>').replace(/'/g, '&#39;'));
  }
}

/** The mail room with the API over the same database, without the engine. */
export interface ApiRoom extends MailRoom {
  readonly app: FastifyInstance;
  as(username: string, tenant?: string): Promise<ApiClient>;
}

export async function apiRoom(): Promise<ApiRoom> {
  const room = await mailRoom();
  const { db, clock, deps } = room;
  const application: Application = {
    db,
    clock,
    store: deps.store,
    payments: deps.payments,
    renderer: deps.renderer,
    waiter: new OutcomeWaiter(db),
    publicUrl: deps.publicUrl,
    waitMs: 1_000,
  };
  const app = await buildApp({ application, log: deps.log, requestsPerMinute: 100_000 });
  const options = { prefix: '/api/v1', application };
  if (!app.hasRoute({ method: 'GET', url: '/api/v1/me/notices' })) await app.register(noticeRoutes, options);
  if (!app.hasRoute({ method: 'GET', url: '/api/v1/practices/:id/notifications' })) {
    await app.register(notificationRoutes, options);
  }
  await app.ready();
  return {
    ...room,
    app,
    as: (username, tenant = 'bugliano') => ApiClient.logIn({ app }, username, tenant),
    stop: async () => {
      await app.close();
      await room.stop();
    },
  };
}
