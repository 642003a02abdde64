import pg from 'pg';
import { hashPassword } from '../../../src/application/access/sessions';
import type { ServiceDefinition } from '../../../src/application/services/definition';
import { uuidFromName } from '../../../src/platform/digest';
import { randomNumbers } from '../stats';
import { inventPeople } from './people';
import { type Samples, samplesOf } from './samples';
import * as sql from './seed-sql';
import { spreadsOf, upperBounds } from './statuses';
import { idsOf, OFFICES, OFFICIALS, type Official, SERVICES } from './town';

/** A municipality with its people, who all have the same password, and things to ask for. Can be written as JSON. */
export interface SeededLists {
  readonly tenant: string;
  readonly password: string;
  readonly officials: readonly (Official & { readonly accountId: string; readonly services: readonly string[] })[];
  readonly practices: number;
  readonly samples: Samples;
}

const LARGE = { code: 'valdorsa', name: 'Comune di Valdorsa' };
/** A neighbour with a five-hundredth of the practices: what is the large one's must not be read for the small one. */
const SMALL = { code: 'roccapiana', name: 'Comune di Roccapiana' };
const SMALLER_BY = 500;
const PASSWORD = 'for-measuring-only';
const YEARS = 3;
/** A person files so many in that time. */
const PRACTICES_OF_PERSON = 4;

/**
 * Fills a migrated database with a town of so many practices of three years, and a small neighbour, as if they had lived:
 * every row and column that lists, counts, searches and folders read, nothing else. A million takes one to two minutes.
 * The same seed gives the same practices, relative to the present hour.
 * @param url of a superuser: indexes are dropped for the while and built again
 * @throws Error when the towns are already there: seed another database
 */
export async function seedPractices(url: string, count: number, seed: number): Promise<SeededLists> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await prepare(client, seed);
    const indexes = await dropIndexes(client);
    await seedTown(client, SMALL, Math.ceil(count / SMALLER_BY), seed + 1);
    await seedTown(client, LARGE, count, seed);
    for (const { definition } of indexes) await client.query(definition);
    await client.query('VACUUM (ANALYZE) practice, folder, account, office, service_version');
    return await describe(client, count);
  } finally {
    await client.end();
  }
}

async function prepare(client: pg.Client, seed: number): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM tenant WHERE code = ANY($1)', [[LARGE.code, SMALL.code]]);
  if (rowCount) throw new Error('the towns are already in this database: seed a fresh one');
  // Nobody works here meanwhile, and what a crash loses is made again.
  for (const [name, value] of [
    ['work_mem', '256MB'],
    ['maintenance_work_mem', '512MB'],
    ['synchronous_commit', 'off'],
    ['jit', 'off'],
  ]) {
    await client.query('SELECT set_config($1, $2, false)', [name, value]);
  }
  await client.query(sql.NAMED_ID);
  await client.query(sql.chanceOf(seed));
}

interface Index {
  readonly name: string;
  readonly definition: string;
}

/** A million rows are indexed much faster all at once. Keys that guard uniqueness as constraints stay. */
async function dropIndexes(client: pg.Client): Promise<readonly Index[]> {
  const { rows } = await client.query<Index>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE schemaname = 'public' AND tablename IN ('practice', 'folder')
       AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${client.escapeIdentifier(name)}`);
  return rows;
}

type Town = typeof LARGE;

async function seedTown(client: pg.Client, town: Town, count: number, seed: number): Promise<void> {
  const { tenantId } = idsOf(town.code);
  const now = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString();
  await client.query('BEGIN');
  await client.query('INSERT INTO tenant (id, code, name, created_at) VALUES ($1, $2, $3, $4)', [
    tenantId,
    town.code,
    town.name,
    now,
  ]);
  await seedOfficials(client, town, now);
  await seedServices(client, town, now);
  const people = await seedPeople(client, town, Math.max(20, Math.ceil(count / PRACTICES_OF_PERSON)), seed, now);
  const { account } = idsOf(town.code);
  const professionals = OFFICIALS.filter(({ role }) => role === 'professional').map(({ username }) =>
    account(username),
  );
  const codes = new Set(SERVICES.map(({ code }) => code));
  // The n-th service is asked for as often as 1 / (n + 2) says.
  const shares = upperBounds([...codes].map((_, n) => 1 / (n + 2)));
  await client.query(sql.MAKE_PRACTICES, [count, now, YEARS, shares, people, professionals]);
  await client.query('ANALYZE seed_practice');
  await client.query(sql.MAKE_NUMBERS);
  await client.query('ANALYZE seed_number');
  await client.query(sql.MAKE_FOLDERS, [tenantId]);
  await client.query(sql.INSERT_PRACTICES, [tenantId]);
  await client.query('DROP TABLE seed_practice, seed_number, seed_person, seed_service');
  await client.query('COMMIT');
}

async function seedOfficials(client: pg.Client, town: Town, now: string): Promise<void> {
  const { tenantId, office, account } = idsOf(town.code);
  await client.query(
    'INSERT INTO office (id, tenant_id, code, name) SELECT id, $1, code, initcap(code) FROM unnest($2::uuid[], $3::text[]) AS o(id, code)',
    [tenantId, OFFICES.map(office), OFFICES],
  );
  const password = await hashPassword(PASSWORD);
  for (const { username, role, offices } of OFFICIALS) {
    await client.query(
      `INSERT INTO account (id, tenant_id, username, password_hash, role, given_name, family_name, email, office_ids, created_at)
       VALUES ($1, $2, $3, $4, $5, 'Prova', $3, $3 || '@posta.example', $6, $7)`,
      [account(username), tenantId, username, password, role, offices.map(office), now],
    );
  }
}

async function seedServices(client: pg.Client, town: Town, now: string): Promise<void> {
  const { tenantId, office, account } = idsOf(town.code);
  for (const definition of SERVICES) {
    const { code, version, offices } = definition;
    await client.query(
      `INSERT INTO service_version (tenant_id, code, version, office_ids, definition, published_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [tenantId, code, version, offices.map(office), definition, now],
    );
  }
  const newest = new Map(SERVICES.map((definition) => [definition.code, definition]));
  const rows = [...newest.values()].map((definition, n) => ({
    ...serviceRow(definition, n),
    offices: definition.offices.map(office),
    operators: OFFICIALS.filter(({ role, offices }) => role === 'operator' && offices[0] === definition.offices[0]).map(
      ({ username }) => account(username),
    ),
  }));
  await client.query(sql.MAKE_SERVICE, [JSON.stringify(rows)]);
}

function serviceRow(definition: ServiceDefinition, n: number) {
  const { code, name, codePrefix, registration, folder, areaField, termDays } = definition;
  const { open, ended } = spreadsOf(definition);
  return {
    n,
    code,
    versions: SERVICES.filter((service) => service.code === code).map(({ version }) => version),
    name,
    prefix: codePrefix,
    registered: registration !== 'none',
    policy: folder.policy,
    grp: folder.group ?? null,
    areas: areaField ? ['centro', 'nord', 'sud', 'frazioni'] : [],
    term_days: termDays,
    open_statuses: open.statuses,
    open_upto: open.upto,
    ended_statuses: ended.statuses,
    ended_upto: ended.upto,
  };
}

/** People file in the order of their numbers, the first ones most. */
async function seedPeople(client: pg.Client, town: Town, count: number, seed: number, now: string): Promise<number> {
  const { tenantId } = idsOf(town.code);
  const people = inventPeople(count, randomNumbers(seed));
  await client.query(sql.MAKE_PEOPLE, [
    people.map((_, n) => uuidFromName(`person:${town.code}:${n}`)),
    people.map(({ givenName }) => givenName),
    people.map(({ familyName }) => familyName),
    people.map(({ taxCode }) => taxCode),
  ]);
  await client.query(
    `INSERT INTO account (id, tenant_id, username, password_hash, role, given_name, family_name, tax_code, email, created_at)
     SELECT id, $1, 'person.' || n, '-', 'citizen', split_part(name, ' ', 1), name, tax_code, n || '@posta.example', $2
     FROM seed_person`,
    [tenantId, now],
  );
  await client.query('CREATE UNIQUE INDEX ON seed_person (n)');
  await client.query('ANALYZE seed_person');
  return count;
}

async function describe(client: pg.Client, practices: number): Promise<SeededLists> {
  const { account } = idsOf(LARGE.code);
  const officials = OFFICIALS.map((official) => ({
    ...official,
    accountId: account(official.username),
    services: [
      ...new Set(
        SERVICES.filter(({ offices }) => offices.some((code) => official.offices.some((own) => own === code))).map(
          ({ code }) => code,
        ),
      ),
    ],
  }));
  const samples = await samplesOf(client, LARGE.code);
  return { tenant: LARGE.code, password: PASSWORD, officials, practices, samples };
}
