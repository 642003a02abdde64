import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const PRISMA_DIR = join(__dirname, '..', '..', 'prisma');
const MIGRATIONS_DIR = join(PRISMA_DIR, 'migrations');
const LOCKFILE = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };

/** The part of Prisma's own schema engine that we use; it comes as WebAssembly and needs no download. */
interface Engine {
  applyMigrations(input: object): Promise<{ appliedMigrationNames: string[] }>;
  diff(input: object): Promise<{ stdout?: string | null }>;
}

/**
 * Applies every migration that the database lacks, in order, recording them in `_prisma_migrations` exactly as
 * `prisma migrate deploy` would, so both can be used on the same database. Safe to repeat.
 * @returns names of the migrations applied now
 */
export async function applyMigrations(databaseUrl: string): Promise<readonly string[]> {
  return withEngine(databaseUrl, async (engine) => {
    const input = { migrationsList: migrationsList(), filters: noFilters };
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  });
}

/**
 * SQL that leads from one Prisma schema to another (from nothing when the first is absent): the raw material of a new
 * migration. Compares texts; the database only lends its dialect and is not changed.
 */
export async function sqlBetween(databaseUrl: string, before: string | undefined, after: string): Promise<string> {
  return withEngine(databaseUrl, async (engine) => {
    const schema = (content: string) => ({ tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] });
    const { stdout } = await engine.diff({
      from: before === undefined ? { tag: 'empty' } : schema(before),
      to: schema(after),
      script: true,
      shadowDatabaseUrl: null,
      exitCode: null,
      filters: noFilters,
    });
    return stdout ?? '';
  });
}

const noFilters = { externalTables: [], externalEnums: [] };

function migrationsList(): object {
  const migrationDirectories = readdirSync(MIGRATIONS_DIR, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(MIGRATIONS_DIR, path, 'migration.sql'), 'utf8') },
      },
    }));
  return { baseDir: MIGRATIONS_DIR, lockfile: LOCKFILE, migrationDirectories, shadowDbInitScript: '' };
}

async function withEngine<T>(databaseUrl: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = join(dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')), 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  const factory = new WholeScripts({ connectionString: databaseUrl }, databaseUrl);
  const adapter = bindMigrationAwareSqlAdapterFactory(factory);
  try {
    return await work(await glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter));
  } finally {
    // The engine keeps its connections; left open, they would hold the database.
    await factory.close();
  }
}

/**
 * The adapter splits scripts at every semicolon, also inside function bodies and comments; PostgreSQL takes a whole
 * script in one simple query.
 */
class WholeScripts extends PrismaPg {
  private readonly connected: Awaited<ReturnType<PrismaPg['connect']>>[] = [];

  constructor(
    options: ConstructorParameters<typeof PrismaPg>[0],
    private readonly databaseUrl: string,
  ) {
    super(options);
  }

  async close(): Promise<void> {
    await Promise.all(this.connected.splice(0).map((adapter) => adapter.dispose()));
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    this.connected.push(adapter);
    adapter.executeScript = async (script: string) => {
      const client = new pg.Client({ connectionString: this.databaseUrl });
      await client.connect();
      try {
        await client.query(script);
      } finally {
        await client.end();
      }
    };
    return adapter;
  }
}
