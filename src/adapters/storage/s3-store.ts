import { tmpdir } from 'node:os';
import { addAbortSignal, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type DocumentStore, FileMissing, type StoredFile } from '../../activities/ports/document-store';
import type { Sha256 } from '../../domain/ids';
import { checkTenant, keyParts } from './keys';
import { type Allowance, endWhenStuck, PATIENCE, type Patience, persistently } from './s3-calls';
import { isNoSuchKey, unavailable, WayBroken } from './s3-errors';
import { type Spooled, throughSpool } from './spool';
import { verifiedStream } from './verified-stream';

export interface S3Settings {
  /** Address of the server: `https://s3.example`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKey: string;
  /** Never printed. */
  readonly secretKey: string;
  /** True: `<endpoint>/<bucket>/…`; false: the bucket is the first part of the host name. */
  readonly pathStyle: boolean;
}

export interface S3Options {
  readonly patience?: Patience;
  /** Where uploads are kept until they are whole; the system's directory for temporary files unless told otherwise. */
  readonly spoolDirectory?: string;
}

/** Not a possible tenant name. Always the same, so that probes do not pile up. */
const PROBE_KEY = '.probe';
const PROBE = Buffer.alloc(64 * 1024);
/** How long a successful write proves that one can write. */
const PROOF_MS = 60_000;
/** A download that is read slowly keeps its connection; so many of them leave room for others. */
const MAX_SOCKETS = 64;
/** The SDK writes to the console what it also rejects with. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Keeps files as the objects `<tenant>/<first two digits>/<sha256>` of a bucket that exists.
 * A file is sent when it has come whole, in one request that the server takes only if the bytes have the announced
 * SHA-256: an object is there whole or not at all. Besides the errors of the port, promises reject with `FileCorrupt`
 * and `StoreKeyInvalid`, as those of the disk store. How long a server is waited for is said by `PATIENCE`.
 */
export function createS3Store(settings: S3Settings, options: S3Options = {}): DocumentStore {
  return new S3Store(settings, options.patience ?? PATIENCE, options.spoolDirectory ?? tmpdir());
}

class S3Store implements DocumentStore {
  private readonly client: S3Client;
  private readonly bucket: string;
  private provenUntil = 0;

  constructor(
    settings: S3Settings,
    private readonly patience: Patience,
    private readonly spoolDirectory: string,
  ) {
    this.bucket = settings.bucket;
    this.client = clientOf(settings);
  }

  async put(tenant: string, content: Readable, maxBytes: number): Promise<StoredFile> {
    // A client may go away before the stream is read: without a listener that would end the process.
    content.on('error', () => undefined);
    try {
      checkTenant(tenant);
      return await throughSpool(this.spoolDirectory, content, maxBytes, (spooled) =>
        this.write(keyParts(tenant, spooled.sha256).join('/'), spooled),
      );
    } finally {
      content.destroy();
    }
  }

  async read(tenant: string, sha256: Sha256): Promise<Buffer> {
    return this.call('be read', async (allowance) => {
      const { content, bytes } = await this.open(tenant, sha256, allowance);
      allowance.carry(bytes);
      return buffer(addAbortSignal(allowance.signal, content));
    });
  }

  async stream(tenant: string, sha256: Sha256): Promise<Readable> {
    const { content } = await this.call('be read', (allowance) => this.open(tenant, sha256, allowance));
    return content;
  }

  async check(): Promise<void> {
    const bucket = new HeadBucketCommand({ Bucket: this.bucket });
    await this.call('be reached', ({ signal }) => this.client.send(bucket, { abortSignal: signal }));
    // Whether one may write is asked seldom: where objects keep their versions each probe is one.
    if (Date.now() < this.provenUntil) return;
    await throughSpool(this.spoolDirectory, Readable.from([PROBE]), PROBE.length, (probe) =>
      this.write(PROBE_KEY, probe),
    );
  }

  /** Sends a file again although it may be there: that repairs a damaged copy, and asking first is a request, too. */
  private async write(key: string, file: Spooled): Promise<void> {
    this.provenUntil = 0;
    await this.call('be written', async (allowance) => {
      allowance.carry(file.bytes);
      const body = file.read();
      try {
        await this.client.send(putCommand(this.bucket, key, file, body), { abortSignal: allowance.signal });
      } finally {
        body.destroy();
      }
    });
    this.provenUntil = Date.now() + PROOF_MS;
  }

  /** The answer has begun when the promise resolves; its time is over then, and pieces have theirs. */
  private async open(
    tenant: string,
    sha256: Sha256,
    { signal }: Allowance,
  ): Promise<{ readonly content: Readable; readonly bytes: number }> {
    const get = new GetObjectCommand({ Bucket: this.bucket, Key: keyParts(tenant, sha256).join('/') });
    try {
      const { Body: body, ContentLength: bytes = 0 } = await this.client.send(get, { abortSignal: signal });
      if (!(body instanceof Readable)) throw new TypeError('an answer without a stream');
      const content = verifiedStream(body, sha256, (error) => this.explain('be read', new WayBroken(error)));
      endWhenStuck(body, this.patience.pieceMs);
      return { content, bytes };
    } catch (error) {
      throw isNoSuchKey(error) ? new FileMissing(sha256) : error;
    }
  }

  private async call<T>(verb: Verb, attempt: (allowance: Allowance) => Promise<T>): Promise<T> {
    try {
      return await persistently(this.patience, attempt);
    } catch (error) {
      throw this.explain(verb, error);
    }
  }

  private explain<E>(verb: Verb, error: E): E | Error {
    return unavailable(verb, this.bucket, error) ?? error;
  }
}

type Verb = Parameters<typeof unavailable>[0];

function clientOf(settings: S3Settings): S3Client {
  const client = new S3Client({
    endpoint: settings.endpoint,
    region: settings.region,
    forcePathStyle: settings.pathStyle,
    credentials: { accessKeyId: settings.accessKey, secretAccessKey: settings.secretKey },
    // Repeated here: the SDK does not repeat what it streams.
    maxAttempts: 1,
    // Newer checksums are unknown to many servers; the digest in each request is as old as the protocol.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // A server that does not know it would be waited for six seconds.
    expectContinueHeader: false,
    requestHandler: {
      connectionTimeout: 2_000,
      httpAgent: { maxSockets: MAX_SOCKETS },
      httpsAgent: { maxSockets: MAX_SOCKETS },
      logger: SILENT,
    },
    logger: SILENT,
  });
  // Next to the wire, where an error can only be one of the way.
  client.middlewareStack.add(
    (next) => (args) =>
      next(args).catch((error: unknown) => {
        throw new WayBroken(error);
      }),
    { step: 'deserialize', priority: 'low', name: 'wayBroken' },
  );
  return client;
}

/** The digest is announced twice: as a checksum, which is kept, and as that of the payload, which every server checks. */
function putCommand(bucket: string, key: string, { sha256, bytes }: StoredFile, body: Readable): PutObjectCommand {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: body,
    ContentLength: bytes,
    ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
  });
  command.middlewareStack.add(
    (next) => (args) => {
      (args.request as { readonly headers: Record<string, string> }).headers['x-amz-content-sha256'] = sha256;
      return next(args);
    },
    { step: 'build', name: 'payloadDigest' },
  );
  return command;
}
