import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type DocumentStore, FileMissing, type StoredFile } from '../../activities/ports/document-store';
import type { Sha256 } from '../../domain/ids';
import { DurableDirectories } from './durable-directories';
import { checkTenant, keyParts } from './keys';
import { receive } from './receive';
import { FileCorrupt, onDisk, systemCode } from './store-errors';
import { hashOfFile, verifiedStream } from './verified-stream';

/** Not a possible tenant name, and on the file system of the store, so that a rename is atomic. */
const INCOMING = '.incoming';
/** An upload does not last a day: an older file was left by a process that was killed. */
const STALE_MS = 24 * 60 * 60 * 1000;
/** A full disk often still takes a few bytes; who uploads has more. */
const PROBE = Buffer.alloc(64 * 1024);

/**
 * Keeps files in `<dir>/<tenant>/<first two digits>/<sha256>`, mode 0600 in directories 0700; made when first needed.
 * A file that `put` has confirmed survives a power cut. Besides the errors of the port, promises reject with
 * `FileCorrupt` (the bytes are not those that were stored: restore from a backup, or store the file again) and
 * `StoreKeyInvalid` (a mistake of the caller: do not retry). A failed or aborted `put` keeps nothing, and its stream is
 * always consumed or destroyed.
 */
export function createDiskStore(dir: string): DocumentStore {
  return new DiskStore(resolve(dir));
}

class DiskStore implements DocumentStore {
  private readonly incoming: string;
  private readonly directories: DurableDirectories;
  private sweep: Promise<void> | undefined;

  constructor(private readonly dir: string) {
    this.incoming = join(dir, INCOMING);
    this.directories = new DurableDirectories(dir);
  }

  async put(tenant: string, content: Readable, maxBytes: number): Promise<StoredFile> {
    let temporary: string | undefined;
    // A client may go away before the stream is read: without a listener that would end the process.
    content.on('error', () => undefined);
    try {
      checkTenant(tenant);
      await this.prepareIncoming();
      const path = join(this.incoming, randomUUID());
      temporary = path;
      const stored = await writeDurably(path, (handle) => receive(handle, path, content, maxBytes));
      await this.keep(temporary, this.pathOf(tenant, stored.sha256), stored.sha256);
      return stored;
    } finally {
      content.destroy();
      if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  async read(tenant: string, sha256: Sha256): Promise<Buffer> {
    const path = this.pathOf(tenant, sha256);
    const content = await orMissing(
      sha256,
      onDisk('be read', path, () => readFile(path)),
    );
    if (createHash('sha256').update(content).digest('hex') !== sha256) throw new FileCorrupt(sha256);
    return content;
  }

  async stream(tenant: string, sha256: Sha256): Promise<Readable> {
    const path = this.pathOf(tenant, sha256);
    const handle = await orMissing(
      sha256,
      onDisk('be read', path, () => open(path, 'r')),
    );
    return verifiedStream(handle.createReadStream(), sha256);
  }

  async check(): Promise<void> {
    await this.prepareIncoming();
    const probe = join(this.incoming, `probe-${randomUUID()}`);
    try {
      await writeDurably(probe, async (handle) => onDisk('be written', probe, () => handle.writeFile(PROBE)));
    } finally {
      await rm(probe, { force: true });
    }
  }

  /** Moves a received file to its place, unless the same content is there already and sound. */
  private async keep(temporary: string, path: string, sha256: Sha256): Promise<void> {
    await onDisk('be written', path, async () => {
      await this.directories.ensure(dirname(path));
      const present = await hashOfFile(path);
      // A damaged copy is replaced: its name promises the bytes that have just arrived.
      if (present !== sha256) await rename(temporary, path);
      await this.directories.sync(dirname(path));
    });
  }

  private async prepareIncoming(): Promise<void> {
    await onDisk('be written', this.incoming, async () => {
      await this.directories.ensure(this.incoming);
      this.sweep ??= removeStale(this.incoming);
      await this.sweep;
    });
  }

  private pathOf(tenant: string, sha256: Sha256): string {
    return join(this.dir, ...keyParts(tenant, sha256));
  }
}

/** Errors of `fill` pass as they are; those of the disk as `StoreUnavailable`. */
async function writeDurably<T>(path: string, fill: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await onDisk('be written', path, () => open(path, 'wx', 0o600));
  try {
    const result = await fill(handle);
    await onDisk('be written', path, () => handle.sync());
    return result;
  } finally {
    await handle.close();
  }
}

/** Never rejects: what cannot be removed does no harm, and a directory that is closed shows at the next write. */
async function removeStale(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name);
    // Another process may be sweeping, or finishing its upload, at the same time.
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || Date.now() - found.mtimeMs < STALE_MS) continue;
    await rm(path, { force: true }).catch(() => undefined);
  }
}

async function orMissing<T>(sha256: Sha256, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw new FileMissing(sha256);
    throw error;
  }
}
