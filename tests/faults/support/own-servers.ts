import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDemo } from '../../../src/application/seed';
import { forgetServices } from '../../../src/application/services/catalogue';
import { systemClock } from '../../../src/platform/clock';
import { openDatabase } from '../../../src/platform/database';
import { run } from '../../../src/platform/engine/child-process';
import { resolveClusterBinaries } from '../../../src/platform/engine/cluster/binaries';
import { startCluster } from '../../../src/platform/engine/cluster/server';
import { type EmbeddedPostgres, startPostgres } from '../../../src/platform/engine/postgres';
import { type EmbeddedTemporal, startTemporal } from '../../../src/platform/engine/temporal-server';
import { applyMigrations } from '../../../src/platform/migrate';
import { provisionTemporal } from '../../../src/platform/temporal/provision';
import { SECOND_TENANT } from '../../support/constants';
import type { TestDatabase } from '../../support/database';
import { freePort } from '../../support/processes';

const cacheDir = () => process.env['ITER_TEST_CACHE'] ?? '';

/** A PostgreSQL that no other test uses, so that it can be stopped, killed and set back. */
export class OwnPostgres {
  private constructor(
    private readonly dir: string,
    private readonly port: number,
    private server: EmbeddedPostgres,
  ) {}

  static async started(): Promise<OwnPostgres> {
    const dir = mkdtempSync(join(tmpdir(), 'iter-fault-'));
    const port = await freePort();
    return new OwnPostgres(
      dir,
      port,
      await startPostgres({ dataDir: join(dir, 'postgres'), cacheDir: cacheDir(), port }),
    );
  }

  /** Of a superuser. */
  get url(): string {
    return this.server.url;
  }

  /** A migrated, seeded database on it; it is dropped with the server. */
  async database(name: string): Promise<TestDatabase> {
    const url = await this.server.createDatabase(name);
    await applyMigrations(url);
    forgetServices();
    const db = openDatabase(url, 10);
    await seedDemo(db, systemClock);
    await seedDemo(db, systemClock, SECOND_TENANT);
    return { ...db, drop: () => db.close() };
  }

  /** An orderly stop, which ends every connection. */
  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** `kill -9` of the postmaster: no checkpoint, the log is replayed at the next start. */
  async crash(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    await this.server.exited;
  }

  /** Starts it again on the same data and the same port. */
  async start(): Promise<void> {
    this.server = await startPostgres({ dataDir: join(this.dir, 'postgres'), cacheDir: cacheDir(), port: this.port });
  }

  /** A copy of its files while it stands still. */
  async backUp(): Promise<void> {
    await this.stop();
    await this.copy('postgres', 'backup');
    await this.start();
  }

  /** Puts the copy in the place of what it has. */
  async restore(): Promise<void> {
    await this.stop();
    await rm(join(this.dir, 'postgres'), { recursive: true });
    await this.copy('backup', 'postgres');
    await this.start();
  }

  /** With owners and modes, which the server looks at. */
  private async copy(from: string, to: string): Promise<void> {
    const { code, output } = await run('cp', ['-a', join(this.dir, from), join(this.dir, to)]);
    if (code !== 0) throw new Error(`the files of PostgreSQL could not be copied: ${output}`);
  }

  /** Stops it for good. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** A Temporal server that no other test uses. */
export interface OwnEngine {
  readonly server: EmbeddedTemporal;
  readonly temporal: { readonly address: string; readonly namespace: string };
}

/** A development server with an empty store. */
export async function ownEngine(namespace: string): Promise<OwnEngine> {
  const dir = mkdtempSync(join(tmpdir(), 'iter-fault-'));
  const server = await startTemporal({
    binary: process.env['ITER_TEST_TEMPORAL_BINARY'] ?? '',
    dbFile: join(dir, 'temporal.db'),
    port: await freePort(),
    namespace,
    logFile: join(dir, 'temporal.log'),
  });
  const temporal = { address: server.address, namespace };
  await provisionTemporal(temporal);
  return { server, temporal };
}

/** The production server on a PostgreSQL: same port and same shards at each call with the same port. */
export async function ownCluster(namespace: string, postgresUrl: string, port: number): Promise<OwnEngine> {
  const dir = mkdtempSync(join(tmpdir(), 'iter-fault-'));
  const server = await startCluster({
    binaries: await resolveClusterBinaries({ cacheDir: cacheDir() }),
    postgresUrl,
    database: `temporal_${namespace}`,
    port,
    namespace,
    logFile: join(dir, 'temporal.log'),
    // A machine for tests holds several; the number of shards does not show in what is tested.
    shards: 32,
  });
  return { server, temporal: { address: server.address, namespace } };
}
