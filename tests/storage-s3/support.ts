import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { createS3Store, type S3Options, type S3Settings } from '../../src/adapters/storage/s3-store';
import type { StoreRoom } from '../adapters/storage/contract';
import { S3_KEYS, S3_REGION, type S3Server, startS3Server } from '../support/s3-server';

export const BUCKET = 'documenti';

/** A server of a test file with its folder; each bucket of a test is a folder in `root`. */
export interface S3Room {
  readonly server: S3Server;
  readonly root: string;
  /** Where uploads are kept until they are whole. */
  readonly spool: string;
  settings(changes?: Partial<S3Settings>): S3Settings;
  /** A store on an empty bucket of the given name. */
  room(bucket: string, options?: S3Options): StoreRoom;
  close(): Promise<void>;
}

export async function s3Room(): Promise<S3Room> {
  const dir = mkdtempSync(join(tmpdir(), 'iter-s3-'));
  const root = join(dir, 'buckets');
  const spool = join(dir, 'spool');
  mkdirSync(spool);
  const server = await startS3Server(root);
  const settings = (changes: Partial<S3Settings> = {}): S3Settings => ({
    endpoint: server.endpoint,
    region: S3_REGION,
    bucket: BUCKET,
    ...S3_KEYS,
    pathStyle: true,
    ...changes,
  });
  const client = new S3Client({
    endpoint: server.endpoint,
    region: S3_REGION,
    forcePathStyle: true,
    credentials: { accessKeyId: S3_KEYS.accessKey, secretAccessKey: S3_KEYS.secretKey },
  });
  return {
    server,
    root,
    spool,
    settings,
    room: (bucket, options) => {
      const folder = join(root, bucket);
      mkdirSync(folder);
      return {
        store: createS3Store(settings({ bucket }), { spoolDirectory: spool, ...options }),
        files: () => keysIn(client, bucket),
        damage: (key, content) => writeFile(join(folder, key), content),
      };
    },
    close: async () => {
      client.destroy();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Keys of what the bucket shows, sorted; all but our probe. */
async function keysIn(client: S3Client, bucket: string): Promise<string[]> {
  const { Contents = [], IsTruncated } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  if (IsTruncated) throw new Error(`the bucket ${bucket} holds more than one page of objects`);
  return Contents.flatMap(({ Key }) => (Key === undefined || Key === '.probe' ? [] : [Key])).sort();
}
