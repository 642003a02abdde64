import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PRELOAD = join(__dirname, '..', '..', 'support', 'skewed-clock.cjs');

/** The clock of one process, or of several, set wrong. */
export class WrongClock {
  private readonly file = join(mkdtempSync(join(tmpdir(), 'iter-fault-')), 'skew');

  constructor(skewMs = 0) {
    this.set(skewMs);
  }

  /** Added to the environment of a process, it has this clock. */
  get env(): Readonly<Record<string, string>> {
    return { NODE_OPTIONS: `--require ${PRELOAD}`, ITER_TEST_CLOCK: this.file };
  }

  /** How far it is from the true time from now on, in milliseconds; negative is slow. */
  set(skewMs: number): void {
    // Whoever reads meanwhile finds the old number or the new one.
    writeFileSync(`${this.file}.new`, String(skewMs));
    renameSync(`${this.file}.new`, this.file);
  }
}
