import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../src/activities/ports/clock';
import { seedId } from '../../src/application/seed';
import { epochMs, type Instant, instant } from '../../src/domain/ids';
import { sha256, uuidv7 } from '../../src/platform/digest';
import { type Answer, ApiClient, type Body } from '../support/client';
import type { System } from '../support/system';

/** A problem document without `instance`, which differs each time; `type` follows from the code. */
export interface WholeProblem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  /** False unless said. */
  readonly retryable?: boolean;
  readonly errors?: readonly object[];
  readonly params?: object;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const anId = expect.stringMatching(UUID);
export const anInstant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const aText = expect.stringMatching(/./);
export const aDigest = expect.stringMatching(/^[0-9a-f]{64}$/);

/** The answer is this problem, whole, and nothing else. */
export function expectProblem(answer: Answer<Body>, whole: WholeProblem): void {
  const type = `https://iter.example/errors#${whole.code}`;
  expect(answer.body).toEqual({ type, retryable: false, ...whole, instance: anId });
  expect(answer.status).toBe(whole.status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
}

export const PRACTICE_NOT_FOUND: WholeProblem = {
  code: 'PRACTICE_NOT_FOUND',
  status: 404,
  title: 'Pratica non trovata',
  detail: 'La pratica non esiste o non è visibile a te.',
  remedy: "Controlla l'indirizzo e l'utente con cui hai effettuato l'accesso.",
};

export const IDEMPOTENCY_KEY_MISSING: WholeProblem = {
  code: 'IDEMPOTENCY_KEY_MISSING',
  status: 400,
  title: 'Manca la chiave di idempotenza',
  detail: 'L’intestazione Idempotency-Key manca o non ha la forma giusta.',
  remedy:
    'Invia Idempotency-Key con un valore tuo, diverso per ogni azione e uguale quando ripeti la stessa (da 8 a 100 lettere, cifre, "-", "_", ".").',
};

export const IDEMPOTENCY_KEY_REUSED: WholeProblem = {
  code: 'IDEMPOTENCY_KEY_REUSED',
  status: 422,
  title: 'Chiave di idempotenza già usata',
  detail: 'Questa chiave di idempotenza è già stata usata con un’altra richiesta.',
  remedy: 'Usa una chiave nuova per un’azione nuova; ripeti la stessa richiesta per avere la stessa risposta.',
};

export const ALREADY_IN_CHARGE: WholeProblem = {
  code: 'ALREADY_IN_CHARGE',
  status: 409,
  title: 'Pratica già in carico',
  detail: 'La pratica è già in carico a un operatore.',
  remedy: 'Se devi occupartene tu, subentra.',
};

export const NOTHING_TO_RETRY: WholeProblem = {
  code: 'NOTHING_TO_RETRY',
  status: 409,
  title: 'Nulla da riprovare',
  detail: '"Riprova la protocollazione" non serve: nulla è in errore.',
  remedy: 'Ricarica la pratica per vedere il suo stato.',
};

export const ALREADY_SUBMITTED: WholeProblem = {
  code: 'ALREADY_SUBMITTED',
  status: 409,
  title: 'Domanda già inviata',
  detail: 'La domanda è già stata inviata.',
  remedy: 'Apri la pratica: trovi la ricevuta e lo stato di avanzamento.',
};

/** What is shown of acts, in order: each with "allowed" or the code of why not; each whole and with its address. */
export function actionsOf(practice: Body): readonly (readonly [act: string, answer: string])[] {
  for (const action of practice.actions) {
    const href = expect.stringMatching(new RegExp(`^/api/v1/practices/${practice.id}/[a-z-]+$`));
    const reason = action.allowed ? null : { code: aText, message: aText, remedy: aText };
    expect(action).toEqual({ act: aText, label: aText, method: 'POST', allowed: expect.any(Boolean), href, reason });
  }
  return practice.actions.map((action: Body) => [action.act, action.allowed ? 'allowed' : action.reason.code]);
}

export function invalid(...errors: readonly { path: string; rule: string; message: string }[]): WholeProblem {
  return {
    code: 'VALIDATION_FAILED',
    status: 422,
    title: 'Dati da correggere',
    detail: 'Alcuni dati mancano o non sono corretti.',
    remedy: 'Correggi i campi elencati in "errors" e ripeti.',
    errors,
  };
}

export function malformed(reason: string): WholeProblem {
  return {
    code: 'MALFORMED_BODY',
    status: 400,
    title: 'Richiesta non leggibile',
    detail: `Il corpo della richiesta non è leggibile: ${reason}.`,
    remedy: 'Invia un documento JSON valido (o multipart/form-data per i file).',
    params: { reason },
  };
}

export function unsupported(contentType: string): WholeProblem {
  return {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    status: 415,
    title: 'Tipo di contenuto non accettato',
    detail: `Il tipo di contenuto "${contentType}" non è accettato qui.`,
    remedy: 'Usa application/json, o multipart/form-data per i file.',
    params: { contentType },
  };
}

export function tooLarge(maxBytes: number): WholeProblem {
  return {
    code: 'BODY_TOO_LARGE',
    status: 413,
    title: 'Richiesta troppo grande',
    detail: `La richiesta supera il limite di ${maxBytes} byte.`,
    remedy: 'Riduci la richiesta; i file si caricano uno per volta.',
    params: { maxBytes },
  };
}

export function frozen(statusLabel: string): WholeProblem {
  return {
    code: 'DRAFT_FROZEN',
    status: 409,
    title: 'Domanda non più modificabile',
    detail: `La domanda è nello stato "${statusLabel}" e non si può più modificare.`,
    remedy: 'Se devi correggere qualcosa scrivi all’ufficio o attendi una richiesta di integrazioni.',
    params: { statusLabel },
  };
}

/** Sends a body exactly as given. */
export function sendRaw(
  client: ApiClient,
  method: 'POST' | 'PUT',
  path: string,
  text: string,
  contentType: string | null = 'application/json',
): Promise<Answer<Body>> {
  const headers: Record<string, string> = { 'idempotency-key': randomUUID() };
  if (contentType !== null) headers['content-type'] = contentType;
  return client.send(method, path, { raw: Buffer.from(text), headers });
}

/** How many rows each table has. */
export async function rowCounts(system: System): Promise<Record<string, number>> {
  const { rows } = await system.db.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const answer = await system.db.pool.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM "${name}"`);
    counts[name] = answer.rows[0]?.rows ?? -1;
  }
  return counts;
}

/** A client with a session written straight into the database: of any age, and without the limit on log-ins. */
export async function clientWithSession(
  system: System,
  username: string,
  tenant = 'bugliano',
  expiresInMs = 3_600_000,
): Promise<ApiClient> {
  const token = randomBytes(32).toString('base64url');
  const now = epochMs(system.application.clock.now());
  await system.db.prisma.session.create({
    data: {
      id: uuidv7(now),
      tenantId: seedId(tenant, 'tenant', tenant),
      accountId: seedId(tenant, 'account', username),
      tokenHash: sha256(token),
      createdAt: instant(now - 60_000),
      expiresAt: instant(now + expiresInMs),
    },
  });
  return ApiClient.withToken(system, token);
}

/** A clock that stands still until it is moved. */
export class MovableClock implements Clock {
  constructor(private at: Instant) {}

  now(): Instant {
    return this.at;
  }

  forward(ms: number): void {
    this.at = instant(epochMs(this.at) + ms);
  }
}

/** A multipart form, part by part. */
export function multipart(...parts: readonly { readonly head: string; readonly content: string | Buffer }[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ head, content }) => [
      Buffer.from(`--XX\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--XX--\r\n'),
  ]);
}

export function sendForm(
  client: ApiClient,
  practice: string,
  field: string,
  raw: Buffer,
  contentType = 'multipart/form-data; boundary=XX',
): Promise<Answer<Body>> {
  const path = `/api/v1/practices/${practice}/attachments?field=${encodeURIComponent(field)}`;
  return client.send('POST', path, { raw, headers: { 'content-type': contentType } });
}
