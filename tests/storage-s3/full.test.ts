import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createS3Store } from '../../src/adapters/storage/s3-store';
import { digestOf, HELLO, HELLO_DIGEST } from '../adapters/storage/contract';
import { S3_KEYS, S3_REGION, type S3Server, startS3Server } from '../support/s3-server';
import { type SmallDisk, smallDisk } from '../support/small-disk';

const MEGABYTE = 1024 * 1024;

let disk: SmallDisk;
let server: S3Server;

beforeAll(async () => {
  disk = await smallDisk(32);
  const root = join(disk.dir, 'buckets');
  mkdirSync(join(root, 'full'), { recursive: true });
  server = await startS3Server(root);
}, 900_000);
afterAll(async () => {
  await server.stop();
  await disk.remove();
});

test('a server without space is told from one that does not answer, keeps what it has, and goes on when there is some', async () => {
  const settings = { endpoint: server.endpoint, region: S3_REGION, bucket: 'full', ...S3_KEYS, pathStyle: true };
  const store = createS3Store(settings);
  await store.put('bugliano', Readable.from([HELLO]), 100);
  const content = randomBytes(4 * MEGABYTE);
  const put = () => store.put('bugliano', Readable.from([content]), 8 * MEGABYTE);
  await disk.fill(MEGABYTE);
  const full = { name: 'StoreUnavailable', code: 'InsufficientStorage', full: true };
  await expect(put()).rejects.toMatchObject(full);
  expect(await store.read('bugliano', HELLO_DIGEST)).toEqual(HELLO);
  await expect(store.read('bugliano', digestOf(content))).rejects.toMatchObject({ name: 'FileMissing' });
  await disk.fill();
  await expect(store.check()).rejects.toMatchObject({ name: 'StoreUnavailable' });
  await disk.free();
  await store.check();
  expect(await put()).toEqual({ sha256: digestOf(content), bytes: content.length });
  expect((await store.read('bugliano', digestOf(content))).equals(content)).toBe(true);
});
