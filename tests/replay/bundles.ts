import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const BUNDLES = join(__dirname, 'bundles');

/** Releases whose workflow code is kept, oldest first. */
export function keptReleases(): readonly string[] {
  return readdirSync(BUNDLES)
    .map((file) => file.replace(/\.js\.gz$/, ''))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Workflow code as a release had it. */
export function keptBundle(release: string): { readonly code: string } {
  return { code: gunzipSync(readFileSync(join(BUNDLES, `${release}.js.gz`))).toString() };
}
