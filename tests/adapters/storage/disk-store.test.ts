import fs, { chmod, mkdtemp, readdir, readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { StoreUnavailable } from '../../../src/activities/ports/document-store';
import { createDiskStore } from '../../../src/adapters/storage/disk-store';
import { StoreKeyInvalid } from '../../../src/adapters/storage/store-errors';
import { HELLO, HELLO_DIGEST, keyOf, LIMIT, storeContract } from './contract';

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

function pathOf(tenant: string, sha256: string): string {
  return join(dir, keyOf(tenant, sha256));
}

/** Paths of all files below the store, relative to it, what is still coming in included. */
async function files(): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();
}

describe('as every store', () => {
  storeContract(() => ({
    store: createDiskStore(dir),
    files,
    damage: (key, content) => writeFile(join(dir, key), content),
  }));
});

describe('put', () => {
  it('gives files mode 0600 and directories 0700', async () => {
    await createDiskStore(dir).put('bugliano', Readable.from([HELLO]), LIMIT);
    expect(await readFile(pathOf('bugliano', HELLO_DIGEST))).toEqual(HELLO);
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

  it('does not write again what is there', async () => {
    const store = createDiskStore(dir);
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    const { ino } = await stat(pathOf('bugliano', HELLO_DIGEST));
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    expect((await stat(pathOf('bugliano', HELLO_DIGEST))).ino).toBe(ino);
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

  it('makes no directory for a tenant that can not be one', async () => {
    const put = createDiskStore(dir).put('../bugliano', Readable.from([HELLO]), LIMIT);
    await expect(put).rejects.toBeInstanceOf(StoreKeyInvalid);
    await expect(stat(dir)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('stream', () => {
  it('closes the file of a stream that nobody reads', async () => {
    const store = createDiskStore(dir);
    await store.put('bugliano', Readable.from([HELLO]), LIMIT);
    const stream = await store.stream('bugliano', HELLO_DIGEST);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.destroy();
    await closed;
    if (process.platform === 'linux') expect(await openFiles()).not.toContain(pathOf('bugliano', HELLO_DIGEST));
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
    await expect(put).rejects.toMatchObject({ full: false });
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
      await expect(put).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'ENOSPC', full: true });
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

async function openFiles(): Promise<string[]> {
  const links = await readdir('/proc/self/fd');
  return Promise.all(links.map((link) => readlink(join('/proc/self/fd', link)).catch(() => '')));
}
