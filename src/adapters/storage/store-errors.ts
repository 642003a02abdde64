import { StoreUnavailable } from '../../activities/ports/document-store';

/** The bytes found are not those that were stored. Not retryable: restore the file, or store it again. */
export class FileCorrupt extends Error {
  override readonly name = 'FileCorrupt';
  constructor(readonly sha256: string) {
    super(`the stored file ${sha256} is damaged: its content has another digest`);
  }
}

/** A tenant code or digest that cannot be one: a mistake of the caller, refused before the store is touched. */
export class StoreKeyInvalid extends Error {
  override readonly name = 'StoreKeyInvalid';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than this process may write',
  EACCES: 'this process lacks the rights',
  EPERM: 'this process lacks the rights',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  ENOENT: 'there is no such file or directory',
  EEXIST: 'something else has its name',
  ENOTDIR: 'a part of the path is not a directory',
};

/** What more space would cure. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** Code of a system error (`ENOENT`); undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

/** Runs file system calls on `path`; their errors come back as {@link StoreUnavailable} with the path and the reason. */
export async function onDisk<T>(verb: 'be read' | 'be written', path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const message = `${path} of the document store cannot ${verb}: ${REASONS[code] ?? 'the system refuses'} (${code})`;
    throw new StoreUnavailable(message, { code, full: FULL.has(code), cause: error });
  }
}
