/**
 * Writes the SQL of a new migration, from the schema of the last commit to that of the work tree:
 * `npx tsx scripts/new-migration.ts <name> <database url>`. Read and complete the file before it is committed: triggers, indexes with
 * expressions and grants are not in the schema.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sqlBetween } from '../src/platform/migrate';

function committedSchema(): string | undefined {
  try {
    return execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const [name, url] = process.argv.slice(2);
  if (!name || !/^[a-z0-9_]+$/.test(name) || !url)
    throw new Error('usage: new-migration <snake_case_name> <database url>');
  const prisma = join(__dirname, '..', 'prisma');
  const sql = await sqlBetween(url, committedSchema(), readFileSync(join(prisma, 'schema.prisma'), 'utf8'));
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(prisma, 'migrations', `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  process.stdout.write(`${folder}/migration.sql\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  },
);
