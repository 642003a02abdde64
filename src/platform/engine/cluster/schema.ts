import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { run } from '../child-process';
import { EngineError } from '../engine-error';

/** Where Temporal keeps its state: a role of its own, which owns two databases and may read nothing in another. */
export interface TemporalDatabases {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly state: string;
  readonly visibility: string;
}

/**
 * Makes Temporal's role and databases where they are missing and brings their schema to the release of the tool. Safe
 * to repeat. The role gets a new password each time, so that none has to be kept.
 * @param postgresUrl - of somebody who may make roles and databases
 * @throws EngineError with what the schema tool said.
 */
export async function prepareTemporalDatabases(
  postgresUrl: string,
  sqlTool: string,
  name: string,
): Promise<TemporalDatabases> {
  const { hostname: host, port } = new URL(postgresUrl);
  const databases: TemporalDatabases = {
    host,
    port: Number(port || 5432),
    user: name,
    password: randomBytes(24).toString('base64url'),
    state: name,
    visibility: `${name}_visibility`,
  };
  await makeDatabases(postgresUrl, databases);
  await bringSchema(sqlTool, databases, databases.state, 'postgresql/v12/temporal');
  await bringSchema(sqlTool, databases, databases.visibility, 'postgresql/v12/visibility');
  return databases;
}

async function makeDatabases(postgresUrl: string, { user, password, state, visibility }: TemporalDatabases) {
  const client = new Client({ connectionString: postgresUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const role = client.escapeIdentifier(user);
    const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [user]);
    if (known.rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN`);
    await client.query(`ALTER ROLE ${role} PASSWORD ${client.escapeLiteral(password)}`);
    for (const name of [state, visibility]) {
      const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
      const database = client.escapeIdentifier(name);
      if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER ${role}`);
      await client.query(`REVOKE CONNECT ON DATABASE ${database} FROM PUBLIC`);
    }
  } finally {
    await client.end();
  }
}

async function bringSchema(sqlTool: string, databases: TemporalDatabases, database: string, schema: string) {
  const { host, port, user, password } = databases;
  const place = ['--plugin', 'postgres12', '--ep', host, '-p', String(port), '-u', user, '--db', database];
  for (const step of [
    ['setup-schema', '-v', '0.0'],
    ['update-schema', '--schema-name', schema],
  ]) {
    const done = await run(sqlTool, [...place, ...step], { environment: { SQL_PASSWORD: password } });
    if (done.code === 0) continue;
    throw new EngineError(
      'engine.not_ready',
      `Temporal's schema could not be brought up to date (${step[0]} of ${database}):\n${done.output.split('\n').slice(-5).join('\n')}`,
      'Put right what it complains about and start again; what was done is not done twice.',
    );
  }
}
