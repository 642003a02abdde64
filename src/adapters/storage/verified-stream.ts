import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { pipeline, type Readable, Transform } from 'node:stream';
import { pipeline as pipelineAsync } from 'node:stream/promises';
import { FileCorrupt, systemCode } from './store-errors';

/**
 * Content of an open file, hashed on the way; the handle is closed with the stream. The last chunk is held back until
 * the digest is known, so that a damaged file ends in `FileCorrupt` and never in a complete download.
 */
export function verifiedStream(handle: FileHandle, sha256: string): Readable {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  const verify = new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      hash.update(chunk);
      const ready = held;
      held = chunk;
      if (ready === undefined) done();
      else done(null, ready);
    },
    flush(done): void {
      if (hash.digest('hex') !== sha256) done(new FileCorrupt(sha256));
      else if (held === undefined) done();
      else done(null, held);
    },
  });
  // Errors arrive at the reader through `verify`; the callback only keeps them from being thrown a second time.
  return pipeline(handle.createReadStream(), verify, () => undefined);
}

/** Digest of a file in hexadecimal; undefined when there is none. */
export async function hashOfFile(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipelineAsync(createReadStream(path), hash);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  return hash.digest('hex');
}
