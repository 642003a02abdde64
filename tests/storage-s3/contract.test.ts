import { readdirSync } from 'node:fs';
import { type StoreRoom, storeContract } from '../adapters/storage/contract';
import { type S3Room, s3Room } from './support';

let s3: S3Room;
let here: StoreRoom;
let buckets = 0;

// A server that is built the first time takes minutes.
beforeAll(async () => {
  s3 = await s3Room();
}, 900_000);
afterAll(() => s3.close());
beforeEach(() => {
  buckets += 1;
  here = s3.room(`contract-${buckets}`);
});
afterEach(() => expect(readdirSync(s3.spool)).toEqual([]));

describe('a store in a bucket keeps what every store keeps', () => {
  storeContract(() => here);
});
