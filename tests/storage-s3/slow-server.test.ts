import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { DocumentStore } from '../../src/activities/ports/document-store';
import { PATIENCE } from '../../src/adapters/storage/s3-calls';
import { createS3Store } from '../../src/adapters/storage/s3-store';
import { HELLO, type StoreRoom } from '../adapters/storage/contract';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { until } from '../support/until';
import { type S3Room, s3Room } from './support';

const MEGABYTE = 1024 * 1024;
const SHORT = { ...PATIENCE, attemptMs: 400, pieceMs: 400, attempts: 2, perMegabyteMs: 100 };
const LATE = { name: 'StoreUnavailable', code: 'TimeoutError', full: false };

let s3: S3Room;
let proxy: TcpProxy;
let room: StoreRoom;
let store: DocumentStore;

beforeAll(async () => {
  s3 = await s3Room();
  proxy = await startTcpProxy(s3.server.port);
  room = s3.room('slow');
  const settings = s3.settings({ bucket: 'slow', endpoint: `http://127.0.0.1:${proxy.port}` });
  store = createS3Store(settings, { patience: SHORT, spoolDirectory: s3.spool });
}, 900_000);
afterAll(async () => {
  await proxy.stop();
  await s3.close();
});
afterEach(() => proxy.delayAnswers(0));

test('a server that does not answer is given up in bounded time, for whatever is asked', async () => {
  const { sha256 } = await room.store.put('bugliano', Readable.from([HELLO]), 100);
  proxy.delayAnswers(60_000);
  const begun = Date.now();
  const calls = [
    store.put('bugliano', Readable.from([HELLO]), 100),
    store.read('bugliano', sha256),
    store.stream('bugliano', sha256),
    store.check(),
  ];
  await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject(LATE)));
  await expect(calls[1]).rejects.toThrow(/cannot be read: it does not answer in time \(TimeoutError\)$/);
  // Two attempts of 0.4 s and the pause between them, with room for a busy machine.
  expect(Date.now() - begun).toBeLessThan(5_000);
});

test('a download that stands still ends in an error, and one whose reader pauses does not', async () => {
  const content = randomBytes(32 * MEGABYTE);
  const { sha256 } = await room.store.put('bugliano', Readable.from([content]), 32 * MEGABYTE);
  proxy.cut();
  const held = proxy.holdNext('down', MEGABYTE);
  const stuck = await store.stream('bugliano', sha256);
  await expect(buffer(stuck)).rejects.toMatchObject(LATE);
  held.release();

  const patient = await store.stream('bugliano', sha256);
  const pieces: Buffer[] = [];
  const begun = Date.now();
  for await (const piece of patient) {
    if (pieces.length === 0) await until('a pause longer than a piece may take', () => Date.now() > begun + 1_000);
    pieces.push(piece as Buffer);
  }
  expect(Buffer.concat(pieces).equals(content)).toBe(true);
});

test('a large file is given the time that its size needs', async () => {
  proxy.cut();
  // Later than one attempt for a small file may take, sooner than 0.4 s and 0.1 s for each of 16 megabytes.
  proxy.delayAnswers(800);
  const content = randomBytes(16 * MEGABYTE);
  const { sha256 } = await store.put('bugliano', Readable.from([content]), 16 * MEGABYTE);
  proxy.delayAnswers(0);
  expect((await store.read('bugliano', sha256)).equals(content)).toBe(true);
});
