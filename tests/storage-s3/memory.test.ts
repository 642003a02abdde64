import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { StoreRoom } from '../adapters/storage/contract';
import { type S3Room, s3Room } from './support';

const MEGABYTE = 1024 * 1024;
const SIZE = 256 * MEGABYTE;

let s3: S3Room;
let room: StoreRoom;

beforeAll(async () => {
  s3 = await s3Room();
  room = s3.room('large');
}, 900_000);
afterAll(() => s3.close());

/** A file of `SIZE` bytes that is never in memory as a whole. */
async function* large(watch: () => void): AsyncGenerator<Buffer> {
  const piece = randomBytes(MEGABYTE);
  for (let sent = 0; sent < SIZE; sent += piece.length) {
    watch();
    yield piece;
  }
}

test('a file of 256 MB passes in both directions in the memory of a fraction of it', async () => {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = () => {
    most = Math.max(most, process.memoryUsage().rss);
  };
  const { sha256, bytes } = await room.store.put('bugliano', Readable.from(large(watch)), SIZE);
  expect(bytes).toBe(SIZE);
  let received = 0;
  for await (const piece of await room.store.stream('bugliano', sha256)) {
    received += (piece as Buffer).length;
    watch();
  }
  expect(received).toBe(SIZE);
  expect(most - before).toBeLessThan(SIZE / 2);
});
