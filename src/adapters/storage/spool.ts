import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { StoredFile } from '../../activities/ports/document-store';
import { receive } from './receive';
import { onDisk } from './store-errors';

const CHUNK = 64 * 1024;

/** A file that has come whole and is on its way to the bucket: digest and size are known, and it can be sent again. */
export interface Spooled extends StoredFile {
  /** From its first byte, each time. */
  read(): Readable;
}

/**
 * Takes a stream to a nameless file in `directory` while `send` needs it. Memory stays that of one chunk, and since the
 * file loses its name at once, nothing stays behind when the process is killed.
 * Errors: those of the stream as they are, `FileTooLarge`, `StoreUnavailable` when the disk refuses, those of `send`.
 */
export async function throughSpool(
  directory: string,
  content: Readable,
  maxBytes: number,
  send: (spooled: Spooled) => Promise<void>,
): Promise<StoredFile> {
  const path = join(directory, `iter-upload-${randomUUID()}`);
  const handle = await onDisk('be written', path, () => nameless(path));
  try {
    const stored = await receive(handle, path, content, maxBytes);
    await send({ ...stored, read: () => Readable.from(fromStart(handle), { objectMode: false }) });
    return stored;
  } finally {
    await handle.close();
  }
}

async function nameless(path: string): Promise<FileHandle> {
  const handle = await open(path, 'wx+', 0o600);
  try {
    await rm(path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A stream of the handle's own would hold it open for as long as it is not read to its end. */
async function* fromStart(handle: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
