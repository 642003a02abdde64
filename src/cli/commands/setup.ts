import { seedDemo } from '../../application/seed';
import { systemClock } from '../../platform/clock';
import type { Config } from '../../platform/config';
import { createLogger } from '../../platform/logging';
import { applyMigrations } from '../../platform/migrate';
import { provisionTemporal } from '../../platform/temporal/provision';
import { databaseOf } from '../compose';
import { line } from '../terminal';

/** Brings the database to the schema of this release. */
export async function migrate(config: Config): Promise<number> {
  const log = createLogger('migrate', config.logLevel);
  const db = databaseOf(config, log, 'command');
  try {
    const applied = await applyMigrations(db.url);
    line(applied.length > 0 ? `applied: ${applied.join(', ')}` : 'the database is up to date');
    return 0;
  } finally {
    await db.close();
  }
}

/** Brings Temporal to what we need: namespace, retention, search attributes. */
export async function provision(config: Config): Promise<number> {
  await provisionTemporal(config.temporal);
  line(`namespace ${config.temporal.namespace} is ready at ${config.temporal.address}`);
  return 0;
}

/** Brings the demo municipality into the database. Never run it where real people file applications. */
export async function seed(config: Config): Promise<number> {
  const log = createLogger('seed', config.logLevel);
  const db = databaseOf(config, log, 'command');
  try {
    await seedDemo(db, systemClock);
    line('the demo municipality is there');
    return 0;
  } finally {
    await db.close();
  }
}
