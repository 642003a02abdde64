import type { Readable } from 'node:stream';
import type { Sha256 } from '../../domain/ids';

/** What is kept of a stored file: its content address. Names and types live in the database. */
export interface StoredFile {
  readonly sha256: Sha256;
  readonly bytes: number;
}

/**
 * Content-addressed file store: writing the same bytes twice is one file, nothing is ever overwritten.
 * Keys are `<tenant code>/<sha256>`: one tenant can never read another's file by guessing a digest.
 * Every call may reject with `StoreUnavailable`: repeat it later.
 */
export interface DocumentStore {
  /**
   * Streams `content` to the store, hashing it on the way; the file exists only when the promise resolves.
   * @throws FileTooLarge when more than `maxBytes` arrive; nothing is kept.
   */
  put(tenant: string, content: Readable, maxBytes: number): Promise<StoredFile>;
  /** Whole content of a stored file; rejects with `FileMissing` when the store lacks it. */
  read(tenant: string, sha256: Sha256): Promise<Buffer>;
  /** The content as a stream, for downloads. Rejects with `FileMissing` before the first byte. */
  stream(tenant: string, sha256: Sha256): Promise<Readable>;
  /** Resolves when the store can be written; rejects with the reason otherwise. For `/ready`. */
  check(): Promise<void>;
}

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
  constructor(readonly maxBytes: number) {
    super(`the file is larger than ${maxBytes} bytes`);
  }
}

export class FileMissing extends Error {
  override readonly name = 'FileMissing';
  constructor(readonly sha256: string) {
    super(`the document store has no file ${sha256}`);
  }
}

/** The store refuses, is full or does not answer. The same call succeeds once an operator has put that right. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /** Of the system (`ENOSPC`, `ECONNREFUSED`) or of the server (`NoSuchBucket`, `SlowDown`). */
  readonly code: string;
  /** True when space is what is missing. */
  readonly full: boolean;
  /** `message` is for the log: it may name paths and hosts. */
  constructor(message: string, why: { readonly code: string; readonly full: boolean; readonly cause: unknown }) {
    super(message, { cause: why.cause });
    this.code = why.code;
    this.full = why.full;
  }
}
