import { StoreUnavailable } from '../activities/ports/document-store';
import { GatewayUnavailable } from '../activities/ports/payments';

/** What keeps us from answering, as a code of the catalogue: all of it passes, and the request may be repeated. */
export type Trouble = 'UNAVAILABLE' | 'OVERLOADED' | 'STORAGE_FULL';

/** Errors of the database as this process waits for it, which the API may not import. */
const BY_NAME: Readonly<Record<string, Trouble>> = {
  DatabaseSilent: 'UNAVAILABLE',
  DatabaseBusy: 'OVERLOADED',
};

/** Codes of PostgreSQL (five characters) and Prisma (`P` and four digits). */
const BY_CODE: Readonly<Record<string, Trouble>> = {
  '53100': 'STORAGE_FULL',
  // Too many connections, a lock held too long, a statement that takes too long, no transaction in time.
  '53300': 'OVERLOADED',
  '55P03': 'OVERLOADED',
  '57014': 'OVERLOADED',
  P2024: 'OVERLOADED',
  P2028: 'OVERLOADED',
  // Out of memory, a disk that fails, shutting down, crashed, starting, not there, closed to us.
  '53200': 'UNAVAILABLE',
  '53400': 'UNAVAILABLE',
  '58030': 'UNAVAILABLE',
  '57P01': 'UNAVAILABLE',
  '57P02': 'UNAVAILABLE',
  '57P03': 'UNAVAILABLE',
  '57P05': 'UNAVAILABLE',
  '25P03': 'UNAVAILABLE',
  '3D000': 'UNAVAILABLE',
  '28P01': 'UNAVAILABLE',
  '28000': 'UNAVAILABLE',
};

/** Kinds of Prisma's adapter for what has no code of the server. */
const BY_KIND: Readonly<Record<string, Trouble>> = {
  TooManyConnections: 'OVERLOADED',
  DatabaseNotReachable: 'UNAVAILABLE',
  ConnectionClosed: 'UNAVAILABLE',
  SocketTimeout: 'UNAVAILABLE',
  TlsConnectionError: 'UNAVAILABLE',
  DatabaseDoesNotExist: 'UNAVAILABLE',
  DatabaseAccessDenied: 'UNAVAILABLE',
  AuthenticationFailed: 'UNAVAILABLE',
};

/** What is said only in words: codes of Prisma and of the system, names of Prisma's adapter, sentences of pg. */
const OUT_OF_REACH =
  /P100[01238]|P101[01]|P1017|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|DatabaseNotReachable|DatabaseDoesNotExist|DatabaseAccessDenied|AuthenticationFailed|SocketTimeout|ConnectionClosed|[Cc]onnection terminated|Can't reach database|connection error and is not queryable|Client was closed/;

/** Why a request could not be answered now; undefined for an error that no patience cures. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof StoreUnavailable) return error.full ? 'STORAGE_FULL' : 'UNAVAILABLE';
  if (error instanceof GatewayUnavailable) return 'UNAVAILABLE';
  const { name, code, message } = parts(error);
  const driver = driverError(error);
  const known = BY_CODE[driver.state ?? code] ?? BY_KIND[driver.kind ?? ''] ?? BY_NAME[name];
  if (known) return known;
  return OUT_OF_REACH.test(`${code} ${message}`) ? 'UNAVAILABLE' : undefined;
}

/** True when it is the database that has no space left. */
export function isDatabaseFull(error: unknown): boolean {
  return !(error instanceof StoreUnavailable) && troubleOf(error) === 'STORAGE_FULL';
}

function parts(error: unknown) {
  const text = (name: string) => {
    const value = member(error, name);
    return typeof value === 'string' ? value : '';
  };
  return { name: text('name'), code: text('code'), message: text('message') };
}

/** The server's own code and the adapter's kind, which Prisma wraps in a code of its own. */
function driverError(error: unknown): { readonly state: string | undefined; readonly kind: string | undefined } {
  // Statements of our own and COMMIT are rejected by the adapter itself, the others by Prisma around it.
  const adapterError = member(member(error, 'meta'), 'driverAdapterError') ?? error;
  const cause = member(adapterError, 'cause');
  const [state, kind] = [member(cause, 'originalCode'), member(cause, 'kind')];
  return {
    state: typeof state === 'string' ? state : undefined,
    kind: typeof kind === 'string' ? kind : undefined,
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
