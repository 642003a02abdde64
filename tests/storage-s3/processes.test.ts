import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase, type TestDatabase } from '../support/database';
import { freePort, type ProductProcess, runProduct } from '../support/processes';
import { type S3Room, s3Room } from './support';

let s3: S3Room;
let db: TestDatabase;
let api: ProductProcess | undefined;
const home = mkdtempSync(join(tmpdir(), 'iter-s3-home-'));

beforeAll(async () => {
  s3 = await s3Room();
  db = await freshDatabase();
}, 900_000);
afterAll(async () => {
  await api?.kill();
  await db.drop();
  await s3.close();
  rmSync(home, { recursive: true, force: true });
});

test('the API that is told to keep documents in a bucket is ready, and says so no longer when the server is gone', async () => {
  const { endpoint, region, bucket, accessKey, secretKey } = s3.settings();
  mkdirSync(join(s3.root, bucket));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/ready`;
  const env = {
    ITER_HOME: home,
    DATABASE_URL: db.url,
    ITER_API_PORT: String(port),
    ITER_LOG_LEVEL: 'warn',
    ITER_STORAGE: 's3',
    ITER_S3_ENDPOINT: endpoint,
    ITER_S3_REGION: region,
    ITER_S3_BUCKET: bucket,
    ITER_S3_ACCESS_KEY: accessKey,
    ITER_S3_SECRET_KEY: secretKey,
  };
  api = await runProduct('api', env, url);
  await s3.server.kill();
  const ready = await fetch(url);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    {
      status: 'not ready',
      probes: [
        { name: 'database', ok: true },
        { name: 'documents', ok: false, reason: expect.any(String) },
      ],
    },
  ]);
  expect(api.output()).not.toContain(secretKey);
});
