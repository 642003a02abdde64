import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where lived histories are kept, a folder for each release; ITER_HISTORIES names another place, to try before recording. */
export const HISTORIES = process.env['ITER_HISTORIES'] ?? join(__dirname, 'histories');

/** A history as it was lived, of one run. */
export interface Recorded {
  /** `<release>/<path>.json`. */
  readonly name: string;
  readonly json: string;
}

/** Every recorded history, by name. */
export function corpus(): readonly Recorded[] {
  return readdirSync(HISTORIES)
    .sort()
    .flatMap((release) =>
      readdirSync(join(HISTORIES, release))
        .sort()
        .map((file) => ({ name: `${release}/${file}`, json: readFileSync(join(HISTORIES, release, file), 'utf8') })),
    );
}
