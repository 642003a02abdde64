import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { DEMO_TENANT } from '../../../src/application/demo-data';
import { seedId } from '../../../src/application/seed';
import { sha256 } from '../../../src/platform/digest';

/** Somebody who is logged in. */
export interface Person {
  readonly id: string;
  readonly token: string;
}

export interface People {
  /** The next applicant, one after the other. */
  citizen(): Person;
  /** The next officer of the office that decides permits. */
  officer(): Person;
  /** The next officer of the front desk, which takes what is only passed on. */
  deskOfficer(): Person;
}

const CITIZENS = 200;
const SESSION_HOURS = 12;
const TENANT_ID = seedId(DEMO_TENANT.code, 'tenant', DEMO_TENANT.code);

/**
 * Makes applicants in the demo municipality and opens sessions for them and for its officers, straight in the database:
 * verifying a password costs tens of milliseconds of CPU on purpose, and nobody logs in for every act. Officers stay
 * as many as they are, because each of an office is told of its practices.
 */
export async function makePeople(databaseUrl: string): Promise<People> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const citizens: Person[] = [];
    while (citizens.length < CITIZENS) citizens.push(await logIn(client, await makeCitizen(client, citizens.length)));
    const officer = (username: string) => logIn(client, seedId(DEMO_TENANT.code, 'account', username));
    return {
      citizen: inTurn(citizens),
      officer: inTurn([await officer('marco.conti'), await officer('sara.ferri')]),
      deskOfficer: inTurn([await officer('nadia.fabbri')]),
    };
  } finally {
    await client.end();
  }
}

async function makeCitizen(client: pg.Client, index: number): Promise<string> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO account (id, tenant_id, username, password_hash, role, given_name, family_name, tax_code, email,
       office_ids, created_at)
     VALUES ($1, $2, $3, 'nobody logs in', 'citizen', 'Prova', $4, NULL, $3 || '@posta.example', '{}', now())`,
    [id, TENANT_ID, `misura.${id}`, `Misura ${index}`],
  );
  return id;
}

/** Opens a session as a log-in does. */
async function logIn(client: pg.Client, account: string): Promise<Person> {
  const token = randomBytes(32).toString('base64url');
  await client.query(
    `INSERT INTO session (id, tenant_id, account_id, token_hash, created_at, expires_at)
     VALUES ($1, $2, $3, $4, now(), now() + $5 * interval '1 hour')`,
    [randomUUID(), TENANT_ID, account, sha256(token), SESSION_HOURS],
  );
  return { id: account, token };
}

function inTurn(people: readonly Person[]): () => Person {
  let next = 0;
  return () => {
    const person = people[next % people.length] as Person;
    next += 1;
    return person;
  };
}
