import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type DocumentStore, FileMissing } from '../../src/activities/ports/document-store';
import { createS3Store } from '../../src/adapters/storage/s3-store';
import { digestOf, keyOf, type StoreRoom } from '../adapters/storage/contract';
import { type S3Server, startS3Server } from '../support/s3-server';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { type S3Room, s3Room } from './support';

const MEGABYTE = 1024 * 1024;
const CUT = { name: 'StoreUnavailable', code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/), full: false };

let s3: S3Room;
let server: S3Server;
let proxy: TcpProxy;
let room: StoreRoom;
/** Reaches the server through the proxy, so that a transfer can be stopped in its middle. */
let store: DocumentStore;
let tests = 0;

beforeAll(async () => {
  s3 = await s3Room();
  server = s3.server;
}, 900_000);
afterAll(async () => {
  await server.stop();
  await s3.close();
});
beforeEach(async () => {
  tests += 1;
  const bucket = `killed-${tests}`;
  proxy = await startTcpProxy(server.port);
  room = s3.room(bucket);
  const endpoint = `http://127.0.0.1:${proxy.port}`;
  store = createS3Store(s3.settings({ bucket, endpoint }), { spoolDirectory: s3.spool });
});
afterEach(() => proxy.stop());

async function back(): Promise<void> {
  server = await startS3Server(s3.root, server.port);
}

test('an upload that loses its server is refused, nothing of it is visible, and the same upload then succeeds', async () => {
  const content = randomBytes(4 * MEGABYTE);
  const held = proxy.holdNext('up', MEGABYTE);
  const put = store.put('bugliano', Readable.from([content]), 8 * MEGABYTE);
  const refused = expect(put).rejects.toMatchObject(CUT);
  await held.reached;
  await server.kill();
  held.release();
  await refused;
  await expect(put).rejects.toThrow(
    /^the bucket killed-\d+ of the document store cannot be written: the connection was cut/,
  );
  await back();
  await expect(room.store.read('bugliano', digestOf(content))).rejects.toEqual(new FileMissing(digestOf(content)));
  expect(await store.put('bugliano', Readable.from([content]), 8 * MEGABYTE)).toEqual({
    sha256: digestOf(content),
    bytes: content.length,
  });
  expect(await room.files()).toEqual([keyOf('bugliano', digestOf(content))]);
  expect((await room.store.read('bugliano', digestOf(content))).equals(content)).toBe(true);
});

test('a download that loses its server ends in an error and not in half a file, and a new one succeeds', async () => {
  // More than the system keeps under way.
  const content = randomBytes(32 * MEGABYTE);
  const { sha256 } = await room.store.put('bugliano', Readable.from([content]), 32 * MEGABYTE);
  const held = proxy.holdNext('down', MEGABYTE);
  const stream = await store.stream('bugliano', sha256);
  let received = 0;
  const reading = (async () => {
    for await (const chunk of stream) received += (chunk as Buffer).length;
  })();
  const refused = expect(reading).rejects.toMatchObject(CUT);
  await held.reached;
  await server.kill();
  held.release();
  await refused;
  expect(received).toBeLessThan(content.length);
  await back();
  expect((await buffer(await store.stream('bugliano', sha256))).equals(content)).toBe(true);
});

test('a connection that is cut while the server lives is made again without anybody noticing', async () => {
  const content = randomBytes(2 * MEGABYTE);
  const up = proxy.holdNext('up', MEGABYTE);
  const put = store.put('bugliano', Readable.from([content]), 8 * MEGABYTE);
  await up.reached;
  proxy.cut();
  expect((await put).sha256).toBe(digestOf(content));
  proxy.cut();
  const down = proxy.holdNext('down', MEGABYTE);
  const read = store.read('bugliano', digestOf(content));
  await down.reached;
  proxy.cut();
  expect((await read).equals(content)).toBe(true);
});

test('bytes that change on the way are not kept under a name that promises others', async () => {
  const content = randomBytes(MEGABYTE);
  const damaged = proxy.damageNext('up', MEGABYTE / 2);
  await Promise.all([damaged.reached, store.put('bugliano', Readable.from([content]), 8 * MEGABYTE)]);
  expect((await room.store.read('bugliano', digestOf(content))).equals(content)).toBe(true);
  expect(await room.files()).toEqual([keyOf('bugliano', digestOf(content))]);
});

test('a server that is gone is named, for whatever is asked', async () => {
  const { sha256 } = await room.store.put('bugliano', Readable.from([Buffer.from('x')]), 10);
  await server.kill();
  const gone = { name: 'StoreUnavailable', code: 'ECONNREFUSED', full: false };
  await expect(room.store.put('bugliano', Readable.from([Buffer.from('y')]), 10)).rejects.toMatchObject(gone);
  await expect(room.store.read('bugliano', sha256)).rejects.toMatchObject(gone);
  await expect(room.store.stream('bugliano', sha256)).rejects.toMatchObject(gone);
  const check = room.store.check();
  await expect(check).rejects.toMatchObject(gone);
  await expect(check).rejects.toThrow(/cannot be reached: nobody listens at its address \(ECONNREFUSED\)$/);
  await back();
  await room.store.check();
  expect(await room.files()).toEqual([keyOf('bugliano', sha256)]);
});
