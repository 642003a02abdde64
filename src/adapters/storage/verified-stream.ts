import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline, type Readable, Transform } from 'node:stream';
import { pipeline as pipelineAsync } from 'node:stream/promises';
import { FileCorrupt, systemCode } from './store-errors';

/**
 * The bytes of `source`, hashed on the way; both end together. The last chunk is held back until the digest is known,
 * so that a damaged file ends in `FileCorrupt` and never in a complete download. `explain` turns an error of the source
 * into one of the port.
 */
export function verifiedStream(
  source: Readable,
  sha256: string,
  explain: (error: Error) => Error = (error) => error,
): Readable {
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
    destroy(error, done): void {
      done(error === null || error instanceof FileCorrupt ? error : explain(error));
    },
  });
  // Errors arrive at the reader through `verify`; the callback only keeps them from being thrown a second time.
  return pipeline(source, verify, () => undefined);
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
