import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { FileTooLarge, type StoredFile } from '../../activities/ports/document-store';
import { asId, type Sha256 } from '../../domain/ids';
import { onDisk } from './store-errors';

/**
 * Writes a stream to an open file, hashing and counting on the way; `path` is for messages. Errors of the stream pass as
 * they are, those of the disk as `StoreUnavailable`.
 * @throws FileTooLarge as soon as more than `maxBytes` have come.
 */
export async function receive(
  handle: FileHandle,
  path: string,
  content: Readable,
  maxBytes: number,
): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of content) {
    const chunk = Buffer.isBuffer(part) ? part : Buffer.from(part as Uint8Array | string);
    bytes += chunk.length;
    if (bytes > maxBytes) throw new FileTooLarge(maxBytes);
    hash.update(chunk);
    await onDisk('be written', path, () => handle.writeFile(chunk));
  }
  return { sha256: asId<Sha256>(hash.digest('hex')), bytes };
}
