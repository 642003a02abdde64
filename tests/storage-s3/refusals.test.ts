import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import type { DocumentStore } from '../../src/activities/ports/document-store';
import { createS3Store, type S3Settings } from '../../src/adapters/storage/s3-store';
import { HELLO, HELLO_DIGEST, type StoreRoom } from '../adapters/storage/contract';
import { freePort } from '../support/processes';
import { type S3Room, s3Room } from './support';

let s3: S3Room;
let good: StoreRoom;

beforeAll(async () => {
  s3 = await s3Room();
  good = s3.room('good');
  await good.store.put('bugliano', Readable.from([HELLO]), 100);
}, 900_000);
afterAll(() => s3.close());

function storeWith(changes: Partial<S3Settings>): DocumentStore {
  return createS3Store(s3.settings({ bucket: 'good', ...changes }), { spoolDirectory: s3.spool });
}

/** What each call of the port says when the server refuses it. */
async function everyRefusal(store: DocumentStore): Promise<string[]> {
  const calls = [
    store.put('bugliano', Readable.from([HELLO]), 100),
    store.read('bugliano', HELLO_DIGEST),
    store.stream('bugliano', HELLO_DIGEST),
    store.check(),
  ];
  const refused = (error: Error & { full?: boolean }) => `${error.name} ${error.full}: ${error.message}`;
  return Promise.all(calls.map((call) => Promise.resolve<unknown>(call).then(() => 'done', refused)));
}

function cannot(bucket: string, reasons: readonly [string, string, string, string]): string[] {
  const verbs = ['be written', 'be read', 'be read', 'be reached'];
  return reasons.map(
    (reason, n) => `StoreUnavailable false: the bucket ${bucket} of the document store cannot ${verbs[n]}: ${reason}`,
  );
}

test('a bucket that is not there is never taken for a missing file', async () => {
  const gone = 'the bucket does not exist (NoSuchBucket)';
  expect(await everyRefusal(storeWith({ bucket: 'nowhere' }))).toEqual(
    cannot('nowhere', [gone, gone, gone, 'the bucket does not exist (NotFound)']),
  );
});

test('a wrong secret is named as such', async () => {
  const wrong = 'the secret key is wrong (SignatureDoesNotMatch)';
  expect(await everyRefusal(storeWith({ secretKey: 'another-secret' }))).toEqual(
    cannot('good', [wrong, wrong, wrong, 'the access key lacks the rights (Forbidden)']),
  );
});

test('an address where nobody listens is named as such', async () => {
  const nobody = 'nobody listens at its address (ECONNREFUSED)';
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  expect(await everyRefusal(storeWith({ endpoint }))).toEqual(cannot('good', [nobody, nobody, nobody, nobody]));
});

describe('behind a web server', () => {
  let front: Server;
  let asked = 0;
  let endpoint = '';
  beforeAll(async () => {
    // What a proxy says when it does not find the server behind it.
    front = createServer((request, response) => {
      asked += 1;
      request.resume();
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><hr>502 Bad Gateway</html>');
    });
    const port = await freePort();
    await new Promise<void>((resolve) => front.listen(port, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${port}`;
  });
  afterAll(() => new Promise((resolve) => front.close(resolve)));

  test('its own page of errors is understood, and the request repeated three times', async () => {
    const bad = 'the server refuses (HTTP 502)';
    expect(await everyRefusal(storeWith({ endpoint }))).toEqual(cannot('good', [bad, bad, bad, bad]));
    expect(asked).toBe(12);
  });
});

test('refusals leave nothing behind, and the bucket is as it was', async () => {
  await expect(
    storeWith({ bucket: 'nowhere' }).put('bugliano', Readable.from([randomBytes(300_000)]), 1_000_000),
  ).rejects.toMatchObject({ name: 'StoreUnavailable' });
  expect(await good.files()).toEqual([`bugliano/${HELLO_DIGEST.slice(0, 2)}/${HELLO_DIGEST}`]);
  expect(await good.store.read('bugliano', HELLO_DIGEST)).toEqual(HELLO);
});
