import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedTemporal, startTemporal } from '../../../src/platform/engine/temporal-server';
import { provisionTemporal } from '../../../src/platform/temporal/provision';
import { freePort } from '../../support/processes';

/** A Temporal server of a test's own, on a file that outlives it, to be ended and started as the test likes. */
export class OwnEngine {
  private constructor(
    private readonly options: Parameters<typeof startTemporal>[0],
    private running: EmbeddedTemporal,
  ) {}

  static async start(namespace: string): Promise<OwnEngine> {
    const dir = mkdtempSync(join(tmpdir(), `iter-${namespace}-`));
    const options = {
      binary: process.env['ITER_TEST_TEMPORAL_BINARY'] ?? '',
      dbFile: join(dir, 'temporal.db'),
      port: await freePort(),
      namespace,
      logFile: join(dir, 'temporal.log'),
    };
    const engine = new OwnEngine(options, await startTemporal(options));
    await provisionTemporal(engine.temporal);
    return engine;
  }

  get temporal(): { readonly address: string; readonly namespace: string } {
    return { address: this.running.address, namespace: this.options.namespace };
  }

  /** Where it keeps what it knows. */
  get sqliteFile(): string {
    return this.options.dbFile ?? '';
  }

  /** Ends it by a signal; resolves when it is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    process.kill(this.running.pid, signal);
    await this.running.exited;
  }

  /** Starts it again on the same file and address; resolves when it answers. */
  async startAgain(): Promise<void> {
    this.running = await startTemporal(this.options);
  }

  stop(): Promise<unknown> {
    return this.running.stop();
  }
}
