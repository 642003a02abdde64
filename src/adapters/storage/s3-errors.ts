import { S3ServiceException } from '@aws-sdk/client-s3';
import { StoreUnavailable } from '../../activities/ports/document-store';

const REASONS: Readonly<Record<string, string>> = {
  NoSuchBucket: 'the bucket does not exist',
  NotFound: 'the bucket does not exist',
  AccessDenied: 'the access key lacks the rights',
  Forbidden: 'the access key lacks the rights',
  AllAccessDisabled: 'the access key lacks the rights',
  InvalidAccessKeyId: 'the access key is not known',
  SignatureDoesNotMatch: 'the secret key is wrong',
  RequestTimeTooSkewed: 'the clocks of this machine and of the server differ too much',
  PermanentRedirect: 'the bucket is in another region',
  AuthorizationHeaderMalformed: 'the region is wrong',
  SlowDown: 'the server asks for fewer requests',
  ECONNREFUSED: 'nobody listens at its address',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'the name of its host is not known',
  EAI_AGAIN: 'the name of its host cannot be looked up',
  TimeoutError: 'it does not answer in time',
};

/** How servers say that space is what is missing: RFC 4918, MinIO, Ceph. */
const FULL: ReadonlySet<string> = new Set(['InsufficientStorage', 'XMinioStorageFull', 'QuotaExceeded', 'StorageFull']);

/** Damaged on the way, or refused for the moment only. */
const PASSING: ReadonlySet<string> = new Set([
  'BadDigest',
  'XAmzContentChecksumMismatch',
  'XAmzContentSHA256Mismatch',
  'RequestTimeout',
  // The SDK has corrected its clock by the answer.
  'RequestTimeTooSkewed',
  'SlowDown',
]);

/** The server took longer than it may. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** The request did not reach the server, or its answer not us. */
export class WayBroken extends Error {
  override readonly name = 'WayBroken';
  /** Of the system where there is one (`ECONNREFUSED`), or `TimeoutError`. */
  readonly code: string;
  constructor(cause: unknown) {
    super('the way to the server is broken', { cause });
    this.code = codeOf(cause);
  }
}

function codeOf(cause: unknown): string {
  if (cause instanceof TooLate || of(cause, 'cause') instanceof TooLate) return 'TimeoutError';
  const [code, name] = [of(cause, 'code'), of(cause, 'name')];
  if (code === 'ERR_STREAM_PREMATURE_CLOSE') return 'ECONNRESET';
  return String(code ?? name ?? 'unknown');
}

/** True when the server says that it has no such object; a missing bucket is another thing. */
export function isNoSuchKey(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchKey';
}

/** True when the same call may succeed at once: the connection broke, or the server is in trouble that passes. */
export function mayHeal(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return mayHeal(error.cause);
  if (error instanceof WayBroken) return true;
  const status = statusOf(error) ?? 0;
  return PASSING.has(nameOf(error)) || status === 429 || (status >= 500 && status !== 501 && !isFull(error));
}

/** What an error of the server or of the way to it is to our callers; undefined for any other. */
export function unavailable(
  verb: 'be read' | 'be written' | 'be reached',
  bucket: string,
  error: unknown,
): StoreUnavailable | undefined {
  if (error instanceof StoreUnavailable) return error;
  const code = error instanceof WayBroken ? error.code : serverCode(error);
  if (code === undefined) return undefined;
  const reason = REASONS[code] ?? 'the server refuses';
  const message = `the bucket ${bucket} of the document store cannot ${verb}: ${reason} (${code})`;
  return new StoreUnavailable(message, { code, full: isFull(error), cause: error });
}

function isFull(error: unknown): boolean {
  const INSUFFICIENT_STORAGE = 507;
  return FULL.has(nameOf(error)) || statusOf(error) === INSUFFICIENT_STORAGE;
}

/** The server's own code. Answers to HEAD and those of a proxy on the way have none, and the status must do. */
function serverCode(error: unknown): string | undefined {
  const status = statusOf(error);
  if (status === undefined) return undefined;
  if (error instanceof S3ServiceException && !/^Unknown/.test(error.name)) return error.name;
  return status === 403 ? 'Forbidden' : `HTTP ${status}`;
}

function statusOf(error: unknown): number | undefined {
  const status = of(of(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

function nameOf(error: unknown): string {
  return String(of(error, 'name') ?? '');
}

function of(value: unknown, member: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[member] : undefined;
}
