import { StoreKeyInvalid } from './store-errors';

const TENANT = /^[a-z0-9-]{1,40}$/;
const DIGEST = /^[0-9a-f]{64}$/;

/** @throws StoreKeyInvalid when it can't be a tenant code: a mistake of the caller, seen before anything is touched. */
export function checkTenant(tenant: string): void {
  if (!TENANT.test(tenant)) {
    throw new StoreKeyInvalid(`"${tenant}" is not a tenant code: up to 40 lower-case letters, digits and hyphens`);
  }
}

/**
 * Where a file stands, in parts: `<tenant>`, the first two digits, the digest. The same on a disk and in a bucket, so
 * that files can be copied from one to the other as they are.
 * @throws StoreKeyInvalid when one of the two can't be what it should.
 */
export function keyParts(tenant: string, sha256: string): readonly [string, string, string] {
  checkTenant(tenant);
  if (!DIGEST.test(sha256)) throw new StoreKeyInvalid(`"${sha256}" is not a SHA-256 in lower-case hexadecimal`);
  return [tenant, sha256.slice(0, 2), sha256];
}
