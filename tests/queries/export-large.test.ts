import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seedId } from '../../src/application/seed';
import { permessoZtl } from '../../src/application/services/permesso-ztl';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';

const ROWS = 100_000;
const MEGABYTE = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Megabytes that are still needed by somebody. */
function inUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEGABYTE;
}

let system: System;
let operator: ApiClient;
beforeAll(async () => {
  system = await buildSystem();
  operator = await system.as('marco.conti');
  const tenantId = seedId('bugliano', 'tenant', 'bugliano');
  const content = { applicant: { givenName: 'Giulia', familyName: '=Bianchi' }, permit: { notes: 'n'.repeat(600) } };
  await system.db.pool.query(
    `INSERT INTO practice (id, tenant_id, service_code, service_version, applicant_id, status, created_at, changed_at,
       confirmed_at, received_at, attention, salt, search, applicant_name, code)
     SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, 'permesso-ztl', $2, $1, 'inCharge',
       '2026-01-01', '2026-01-01', '2026-01-01', '2026-01-01', '{}', 's', 'giulia bianchi', 'Giulia Bianchi',
       'ZTL-2026-' || lpad(n::text, 6, '0')
     FROM generate_series(1, ${ROWS}) n`,
    [tenantId, permessoZtl.version],
  );
  await system.db.pool.query(
    `INSERT INTO submission (practice_id, ordinal, tenant_id, command_id, content, sha256, attachments, authentication,
       confirmed_at)
     SELECT id, 1, tenant_id, gen_random_uuid(), $1, '', '[]', '{}', created_at FROM practice`,
    [JSON.stringify(content)],
  );
  await system.db.pool.query('ANALYZE practice, submission');
  await system.app.listen({ port: 0, host: '127.0.0.1' });
}, 240_000);
afterAll(() => system.stop());

/** Reads an answer without keeping it; says what it saw. */
function download(path: string, seen: (rows: number) => void): Promise<{ rows: number; cells: Set<string> }> {
  const { port } = system.app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${operator.token}` };
    get({ port, host: '127.0.0.1', path, headers }, (answer) => {
      let rows = 0;
      let rest = '';
      const cells = new Set<string>();
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => {
        const lines = (rest + text).split('\r\n');
        rest = lines.pop() ?? '';
        rows += lines.length;
        for (const line of lines) cells.add(line.split(';')[1] ?? '');
        seen(rows);
      });
      answer.on('end', () => (answer.complete ? resolve({ rows, cells }) : reject(new Error('cut'))));
      answer.on('error', reject);
    }).on('error', reject);
  });
}

test('a hundred thousand practices leave whole, in memory that does not grow with them', async () => {
  const path =
    '/api/v1/practices/export.csv?service=permesso-ztl&columns=code,data.applicant.familyName,data.permit.notes';
  // What is allocated once (connections, compiled queries, buffers) is not growth.
  await download(`${path}&q=ZTL-2026-000001`, () => undefined);
  const before = inUse();
  const residentBefore = process.memoryUsage().rss / MEGABYTE;
  const samples: number[] = [];
  const resident: number[] = [];
  let next = ROWS / 10;
  const { rows, cells } = await download(path, (count) => {
    if (count < next) return;
    next += ROWS / 10;
    samples.push(inUse());
    resident.push(process.memoryUsage().rss / MEGABYTE);
  });
  expect(rows).toBe(ROWS + 1);
  expect([...cells]).toEqual(['Cognome', "'=Bianchi"]);
  expect(samples).toHaveLength(10);
  // The rows that passed by are some hundred megabytes as objects, and forty as text.
  expect(Math.max(...samples) - before).toBeLessThan(80);
  expect((samples.at(-1) ?? 0) - (samples[0] ?? 0)).toBeLessThan(20);
  expect(Math.max(...resident) - residentBefore).toBeLessThan(80);
}, 240_000);

test('a reader who leaves stops the reading', async () => {
  const { port } = system.app.server.address() as AddressInfo;
  let queries = 0;
  const { prisma } = system.db;
  const headers = { authorization: `Bearer ${operator.token}` };
  await new Promise<void>((resolve, reject) => {
    const request = get({ port, host: '127.0.0.1', path: '/api/v1/practices/export.csv', headers }, (answer) => {
      answer.once('data', () => {
        request.destroy();
        resolve();
      });
    });
    request.on('error', reject);
  });
  // Whatever was still being read comes to its end, and then nothing more is asked.
  const asked = async () =>
    Number(
      (
        await prisma.$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE '%"practice"%' AND state = 'active' AND pid <> pg_backend_pid()`
      )[0]?.n,
    );
  for (let quiet = 0; quiet < 20; ) {
    quiet = (await asked()) === 0 ? quiet + 1 : 0;
    queries += 1;
    expect(queries).toBeLessThan(2_000);
  }
});
