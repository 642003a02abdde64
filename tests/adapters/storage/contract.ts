import { createHash, randomBytes } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type DocumentStore, FileMissing, FileTooLarge } from '../../../src/activities/ports/document-store';
import { FileCorrupt, StoreKeyInvalid } from '../../../src/adapters/storage/store-errors';
import { asId, type Sha256 } from '../../../src/domain/ids';

export const LIMIT = 1024 * 1024;
export const HELLO = Buffer.from('Città di Bugliano');
export const HELLO_DIGEST = digestOf(HELLO);

/** A store of a test, empty at first, seen from outside. */
export interface StoreRoom {
  readonly store: DocumentStore;
  /** Keys of all files, sorted. */
  files(): Promise<string[]>;
  /** Puts other bytes where a file is, behind the back of the store. */
  damage(key: string, content: Buffer): Promise<void>;
}

export function digestOf(content: Buffer): Sha256 {
  return asId<Sha256>(createHash('sha256').update(content).digest('hex'));
}

export function keyOf(tenant: string, sha256: string): string {
  return `${tenant}/${sha256.slice(0, 2)}/${sha256}`;
}

/** What every document store keeps, whatever it is made of. `room` gives a new one for each test. */
export function storeContract(room: () => StoreRoom): void {
  describe('put', () => keeping(room));
  describe('put of what does not come whole', () => breaking(room));
  describe('read and stream', () => reading(room));
  describe('names', () => names(room));

  test('check resolves, and keeps no file', async () => {
    const { store, files } = room();
    await store.check();
    await store.check();
    expect(await files()).toEqual([]);
  });
}

function keeping(room: () => StoreRoom): void {
  test('answers digest and size, and keeps the content under its digest', async () => {
    const { store, files } = room();
    const stored = await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    expect(stored).toEqual({ sha256: HELLO_DIGEST, bytes: HELLO.length });
    expect(await files()).toEqual([keyOf('bugliano', HELLO_DIGEST)]);
    expect(await store.read('bugliano', HELLO_DIGEST)).toEqual(HELLO);
  });

  test('keeps the same bytes twice as one file', async () => {
    const { store, files } = room();
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    const again = await store.put('bugliano', Readable.from([HELLO.subarray(0, 3), HELLO.subarray(3)]), LIMIT);
    expect(again).toEqual({ sha256: HELLO_DIGEST, bytes: HELLO.length });
    expect(await files()).toEqual([keyOf('bugliano', HELLO_DIGEST)]);
  });

  test('keeps one file of twenty that arrive at once with the same content', async () => {
    const { store, files } = room();
    const content = randomBytes(300_000);
    const stored = await Promise.all(
      Array.from({ length: 20 }, () => store.put('bugliano', Readable.from([content]), LIMIT)),
    );
    expect(new Set(stored.map((file) => file.sha256))).toEqual(new Set([digestOf(content)]));
    expect(await files()).toEqual([keyOf('bugliano', digestOf(content))]);
    expect((await store.read('bugliano', digestOf(content))).equals(content)).toBe(true);
  });

  test('keeps the files of two tenants apart', async () => {
    const { store, files } = room();
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    await expect(store.read('vergate', HELLO_DIGEST)).rejects.toEqual(new FileMissing(HELLO_DIGEST));
    await store.put('vergate', Readable.from([HELLO]), LIMIT);
    expect(await files()).toEqual([keyOf('bugliano', HELLO_DIGEST), keyOf('vergate', HELLO_DIGEST)]);
  });

  test('accepts exactly the limit and an empty file', async () => {
    const { store } = room();
    expect((await store.put('bugliano', Readable.from([HELLO]), HELLO.length)).bytes).toBe(HELLO.length);
    const empty = digestOf(Buffer.alloc(0));
    expect(await store.put('bugliano', Readable.from([]), LIMIT)).toEqual({ sha256: empty, bytes: 0 });
    expect(await store.read('bugliano', empty)).toEqual(Buffer.alloc(0));
    expect(await buffer(await store.stream('bugliano', empty))).toEqual(Buffer.alloc(0));
  });

  test('replaces a damaged copy when the right bytes arrive again', async () => {
    const { store, damage } = room();
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    await damage(keyOf('bugliano', HELLO_DIGEST), Buffer.from('damaged'));
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    expect(await store.read('bugliano', HELLO_DIGEST)).toEqual(HELLO);
  });
}

function breaking(room: () => StoreRoom): void {
  test('leaves nothing of a file that is too large, and stops reading it', async () => {
    const { store, files } = room();
    let produced = 0;
    const endless = new Readable({
      read(size): void {
        produced += size;
        this.push(Buffer.alloc(size));
      },
    });
    await expect(store.put('bugliano', endless, 200_000)).rejects.toEqual(new FileTooLarge(200_000));
    expect(await files()).toEqual([]);
    expect(endless.destroyed).toBe(true);
    expect(produced).toBeLessThan(1_000_000);
  });

  test('leaves nothing of an aborted stream and rejects with the reason of the abort', async () => {
    const { store, files } = room();
    const upload = new PassThrough();
    const put = store.put('bugliano', upload, LIMIT);
    upload.write(HELLO, () => upload.destroy(new Error('the client went away')));
    await expect(put).rejects.toThrow('the client went away');
    expect(await files()).toEqual([]);
  });

  test('survives a stream that breaks before it is read', async () => {
    const { store, files } = room();
    const upload = new PassThrough();
    const put = store.put('bugliano', upload, LIMIT);
    upload.destroy(new Error('the client went away'));
    await expect(put).rejects.toThrow('the client went away');
    expect(await files()).toEqual([]);
  });

  test('does not take for complete a stream that was destroyed without a reason', async () => {
    const { store, files } = room();
    const upload = new PassThrough();
    const put = store.put('bugliano', upload, LIMIT);
    upload.write(HELLO, () => upload.destroy());
    await expect(put).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(await files()).toEqual([]);
  });
}

function reading(room: () => StoreRoom): void {
  test('give back the content, also larger than a chunk', async () => {
    const { store } = room();
    const content = randomBytes(700_001);
    const { sha256 } = await store.put('bugliano', Readable.from([content]), LIMIT);
    expect((await store.read('bugliano', sha256)).equals(content)).toBe(true);
    expect((await buffer(await store.stream('bugliano', sha256))).equals(content)).toBe(true);
  });

  test('reject with FileMissing when the store lacks the file, a stream before its first byte', async () => {
    const { store } = room();
    await expect(store.read('bugliano', HELLO_DIGEST)).rejects.toEqual(new FileMissing(HELLO_DIGEST));
    await expect(store.stream('bugliano', HELLO_DIGEST)).rejects.toEqual(new FileMissing(HELLO_DIGEST));
  });

  test('detect a damaged file; a stream fails before its last chunk', async () => {
    const { store, damage } = room();
    const content = randomBytes(200_000);
    const { sha256 } = await store.put('bugliano', Readable.from([content]), LIMIT);
    content[150_000] = (content[150_000] ?? 0) ^ 1;
    await damage(keyOf('bugliano', sha256), content);
    await expect(store.read('bugliano', sha256)).rejects.toEqual(new FileCorrupt(sha256));
    let received = 0;
    const reading = async (): Promise<void> => {
      for await (const chunk of await store.stream('bugliano', sha256)) received += (chunk as Buffer).length;
    };
    await expect(reading()).rejects.toEqual(new FileCorrupt(sha256));
    expect(received).toBeLessThan(content.length);
  });

  test('close a stream that nobody reads', async () => {
    const { store } = room();
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    const stream = await store.stream('bugliano', HELLO_DIGEST);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.destroy();
    await closed;
    expect(stream.errored).toBeNull();
  });
}

const BAD_TENANTS = [
  '',
  '..',
  '.',
  '.incoming',
  'a/b',
  '../bugliano',
  'Bugliano',
  'bugliano\n',
  'a\0',
  'è',
  'a'.repeat(41),
];
const BAD_DIGESTS = [
  '',
  '..',
  '../../etc/passwd',
  HELLO_DIGEST.toUpperCase(),
  `${HELLO_DIGEST}\n`,
  HELLO_DIGEST.slice(1),
  `/${HELLO_DIGEST}`,
];

function names(room: () => StoreRoom): void {
  test.each(BAD_TENANTS)('refuses the tenant %j before anything is written', async (tenant) => {
    const { store, files } = room();
    const content = Readable.from([HELLO]);
    await expect(store.put(tenant, content, LIMIT)).rejects.toBeInstanceOf(StoreKeyInvalid);
    expect(content.destroyed).toBe(true);
    await expect(store.read(tenant, HELLO_DIGEST)).rejects.toBeInstanceOf(StoreKeyInvalid);
    await expect(store.stream(tenant, HELLO_DIGEST)).rejects.toBeInstanceOf(StoreKeyInvalid);
    expect(await files()).toEqual([]);
  });

  test.each(BAD_DIGESTS)('refuses the digest %j', async (digest) => {
    const { store } = room();
    await expect(store.read('bugliano', asId<Sha256>(digest))).rejects.toBeInstanceOf(StoreKeyInvalid);
    await expect(store.stream('bugliano', asId<Sha256>(digest))).rejects.toBeInstanceOf(StoreKeyInvalid);
  });
}
