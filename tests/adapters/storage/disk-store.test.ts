import { createHash, randomBytes } from 'node:crypto';
import fs, { chmod, mkdtemp, readdir, readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FileMissing, FileTooLarge } from '../../../src/activities/ports/document-store';
import { createDiskStore } from '../../../src/adapters/storage/disk-store';
import { FileCorrupt, StoreKeyInvalid, StoreUnavailable } from '../../../src/adapters/storage/store-errors';
import { asId, type Sha256 } from '../../../src/domain/ids';

const LIMIT = 1024 * 1024;
const HELLO = Buffer.from('Città di Bugliano');
const HELLO_DIGEST = digestOf(HELLO);

let base: string;
let dir: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'iter-store-'));
  dir = join(base, 'data', 'documents');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(base, { recursive: true, force: true });
});

function digestOf(content: Buffer): Sha256 {
  return asId<Sha256>(createHash('sha256').update(content).digest('hex'));
}

function pathOf(tenant: string, sha256: string): string {
  return join(dir, tenant, sha256.slice(0, 2), sha256);
}

/** Paths of all files below the store, relative to it. */
async function files(): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1));
}

describe('put', () => {
  it('answers digest and size, and keeps the content under its digest', async () => {
    const stored = await createDiskStore(dir).put('bugliano', Readable.from([HELLO]), LIMIT);
    expect(stored).toEqual({ sha256: HELLO_DIGEST, bytes: HELLO.length });
    expect(await files()).toEqual([`bugliano/${HELLO_DIGEST.slice(0, 2)}/${HELLO_DIGEST}`]);
    expect(await readFile(pathOf('bugliano', HELLO_DIGEST))).toEqual(HELLO);
  });

  it('gives files mode 0600 and directories 0700', async () => {
    await createDiskStore(dir).put('bugliano', Readable.from([HELLO]), LIMIT);
    expect((await stat(pathOf('bugliano', HELLO_DIGEST))).mode & 0o777).toBe(0o600);
    for (const path of [
      dir,
      join(dir, 'bugliano'),
      join(dir, 'bugliano', HELLO_DIGEST.slice(0, 2)),
      join(dir, '.incoming'),
    ]) {
      expect((await stat(path)).mode & 0o777).toBe(0o700);
    }
  });

  it('keeps the same bytes twice as one file and does not write it again', async () => {
    const store = createDiskStore(dir);
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    const { ino } = await stat(pathOf('bugliano', HELLO_DIGEST));
    const again = await store.put('bugliano', Readable.from([HELLO.subarray(0, 3), HELLO.subarray(3)]), LIMIT);
    expect(again).toEqual({ sha256: HELLO_DIGEST, bytes: HELLO.length });
    expect(await files()).toHaveLength(1);
    expect((await stat(pathOf('bugliano', HELLO_DIGEST))).ino).toBe(ino);
  });

  it('keeps one file of twenty that arrive at once with the same content', async () => {
    const store = createDiskStore(dir);
    const content = randomBytes(300_000);
    const stored = await Promise.all(
      Array.from({ length: 20 }, () => store.put('bugliano', Readable.from([content]), LIMIT)),
    );
    expect(new Set(stored.map((file) => file.sha256))).toEqual(new Set([digestOf(content)]));
    expect(await files()).toHaveLength(1);
    expect((await store.read('bugliano', digestOf(content))).equals(content)).toBe(true);
  });

  it('keeps the files of two tenants apart', async () => {
    const store = createDiskStore(dir);
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    await expect(store.read('vergate', HELLO_DIGEST)).rejects.toEqual(new FileMissing(HELLO_DIGEST));
    await store.put('vergate', Readable.from([HELLO]), LIMIT);
    expect(await files()).toHaveLength(2);
  });

  it('accepts exactly the limit and an empty file', async () => {
    const store = createDiskStore(dir);
    expect((await store.put('bugliano', Readable.from([HELLO]), HELLO.length)).bytes).toBe(HELLO.length);
    expect(await store.put('bugliano', Readable.from([]), LIMIT)).toEqual({
      sha256: digestOf(Buffer.alloc(0)),
      bytes: 0,
    });
    expect(await store.read('bugliano', digestOf(Buffer.alloc(0)))).toEqual(Buffer.alloc(0));
  });

  it('leaves nothing of a file that is too large, and stops reading it', async () => {
    let produced = 0;
    const endless = new Readable({
      read(size): void {
        produced += size;
        this.push(Buffer.alloc(size));
      },
    });
    const put = createDiskStore(dir).put('bugliano', endless, 200_000);
    await expect(put).rejects.toEqual(new FileTooLarge(200_000));
    expect(await files()).toEqual([]);
    expect(endless.destroyed).toBe(true);
    expect(produced).toBeLessThan(1_000_000);
  });

  it('leaves nothing of an aborted stream and rejects with the reason of the abort', async () => {
    const upload = new PassThrough();
    const put = createDiskStore(dir).put('bugliano', upload, LIMIT);
    upload.write(HELLO, () => upload.destroy(new Error('the client went away')));
    await expect(put).rejects.toThrow('the client went away');
    expect(await files()).toEqual([]);
  });

  it('survives a stream that breaks before it is read', async () => {
    const upload = new PassThrough();
    const put = createDiskStore(dir).put('bugliano', upload, LIMIT);
    upload.destroy(new Error('the client went away'));
    await expect(put).rejects.toThrow('the client went away');
    expect(await files()).toEqual([]);
  });

  it('does not take for complete a stream that was destroyed without a reason', async () => {
    const upload = new PassThrough();
    const put = createDiskStore(dir).put('bugliano', upload, LIMIT);
    upload.write(HELLO, () => upload.destroy());
    await expect(put).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(await files()).toEqual([]);
  });

  it('replaces a damaged copy when the right bytes arrive again', async () => {
    const store = createDiskStore(dir);
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    await writeFile(pathOf('bugliano', HELLO_DIGEST), 'damaged');
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    expect(await store.read('bugliano', HELLO_DIGEST)).toEqual(HELLO);
  });

  it('removes at its first use what a killed process left a day ago, and nothing younger', async () => {
    await createDiskStore(dir).check();
    const old = join(dir, '.incoming', 'old');
    await writeFile(old, 'half');
    await writeFile(join(dir, '.incoming', 'young'), 'half');
    const twoDaysAgo = new Date(Date.now() - 48 * 60 * 60 * 1000);
    await utimes(old, twoDaysAgo, twoDaysAgo);
    await createDiskStore(dir).put('bugliano', Readable.from([HELLO]), LIMIT);
    expect(await readdir(join(dir, '.incoming'))).toEqual(['young']);
  });
});

describe('read and stream', () => {
  it('give back the content, also larger than a chunk', async () => {
    const store = createDiskStore(dir);
    const content = randomBytes(700_001);
    const { sha256 } = await store.put('bugliano', Readable.from([content]), LIMIT);
    expect((await store.read('bugliano', sha256)).equals(content)).toBe(true);
    expect((await buffer(await store.stream('bugliano', sha256))).equals(content)).toBe(true);
  });

  it('reject with FileMissing when the store lacks the file, a stream before its first byte', async () => {
    const store = createDiskStore(dir);
    await expect(store.read('bugliano', HELLO_DIGEST)).rejects.toEqual(new FileMissing(HELLO_DIGEST));
    await expect(store.stream('bugliano', HELLO_DIGEST)).rejects.toEqual(new FileMissing(HELLO_DIGEST));
  });

  it('detect a damaged file; a stream fails before its last chunk', async () => {
    const store = createDiskStore(dir);
    const content = randomBytes(200_000);
    const { sha256 } = await store.put('bugliano', Readable.from([content]), LIMIT);
    content[150_000] = (content[150_000] ?? 0) ^ 1;
    await writeFile(pathOf('bugliano', sha256), content);
    await expect(store.read('bugliano', sha256)).rejects.toEqual(new FileCorrupt(sha256));
    let received = 0;
    const reading = async (): Promise<void> => {
      for await (const chunk of await store.stream('bugliano', sha256)) received += (chunk as Buffer).length;
    };
    await expect(reading()).rejects.toEqual(new FileCorrupt(sha256));
    expect(received).toBeLessThan(content.length);
  });

  it('close the file of a stream that nobody reads', async () => {
    const store = createDiskStore(dir);
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    const stream = await store.stream('bugliano', HELLO_DIGEST);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.destroy();
    await closed;
    if (process.platform === 'linux') expect(await openFiles()).not.toContain(pathOf('bugliano', HELLO_DIGEST));
  });
});

describe('names', () => {
  const badTenants = [
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
  const badDigests = [
    '',
    '..',
    '../../etc/passwd',
    HELLO_DIGEST.toUpperCase(),
    `${HELLO_DIGEST}\n`,
    HELLO_DIGEST.slice(1),
    `/${HELLO_DIGEST}`,
  ];

  it.each(badTenants)('refuses the tenant %j before anything is written', async (tenant) => {
    const store = createDiskStore(dir);
    const content = Readable.from([HELLO]);
    await expect(store.put(tenant, content, LIMIT)).rejects.toBeInstanceOf(StoreKeyInvalid);
    expect(content.destroyed).toBe(true);
    await expect(store.read(tenant, HELLO_DIGEST)).rejects.toBeInstanceOf(StoreKeyInvalid);
    await expect(store.stream(tenant, HELLO_DIGEST)).rejects.toBeInstanceOf(StoreKeyInvalid);
    await expect(stat(dir)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each(badDigests)('refuses the digest %j', async (digest) => {
    const store = createDiskStore(dir);
    await expect(store.read('bugliano', asId<Sha256>(digest))).rejects.toBeInstanceOf(StoreKeyInvalid);
    await expect(store.stream('bugliano', asId<Sha256>(digest))).rejects.toBeInstanceOf(StoreKeyInvalid);
  });
});

describe('a disk that refuses', () => {
  it('is named with the path and the reason, and nothing is left behind', async () => {
    const store = createDiskStore(dir);
    await store.check();
    await writeFile(join(dir, 'bugliano'), 'a file where the directory of the tenant should be');
    const put = store.put('bugliano', Readable.from([HELLO]), LIMIT);
    await expect(put).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(put).rejects.toThrow(/bugliano.* of the document store cannot be written: .+\((ENOTDIR|EEXIST)\)/);
    expect(await readdir(join(dir, '.incoming'))).toEqual([]);
  });

  it('fails the check when the directory cannot be made', async () => {
    await writeFile(join(base, 'data'), 'a file');
    await expect(createDiskStore(dir).check()).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'ENOTDIR' });
  });

  it.each(['writeFile', 'sync'] as const)(
    'that is full at %s is reported, and leaves no temporary file',
    async (call) => {
      const store = createDiskStore(dir);
      await store.check();
      const realOpen = fs.open;
      jest.spyOn(fs, 'open').mockImplementation(async (path, flags, mode) => {
        const handle = await realOpen(path, flags, mode);
        const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        if (flags === 'wx') jest.spyOn(handle, call).mockRejectedValue(full);
        return handle;
      });
      const put = store.put('bugliano', Readable.from([HELLO]), LIMIT);
      await expect(put).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'ENOSPC' });
      await expect(put).rejects.toThrow(/ of the document store cannot be written: the disk is full \(ENOSPC\)$/);
      expect(await files()).toEqual([]);
    },
  );

  it('fails for want of rights when the directory is closed', async () => {
    const store = createDiskStore(dir);
    await store.check();
    await chmod(join(dir, '.incoming'), 0o500);
    // The superuser may write everywhere.
    if (process.getuid?.() === 0) await expect(store.check()).resolves.toBeUndefined();
    else await expect(store.check()).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'EACCES' });
    await chmod(join(dir, '.incoming'), 0o700);
  });
});

describe('check', () => {
  it('makes the store, and leaves nothing in it', async () => {
    await createDiskStore(dir).check();
    expect(await files()).toEqual([]);
  });
});

async function openFiles(): Promise<string[]> {
  const links = await readdir('/proc/self/fd');
  return Promise.all(links.map((link) => readlink(join('/proc/self/fd', link)).catch(() => '')));
}
