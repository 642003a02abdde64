import type pg from 'pg';
import { idsOf } from './town';

/** A practice that can be asked for by its identifiers. */
export interface Sample {
  readonly id: string;
  readonly service: string;
  readonly code: string;
  readonly registration: string;
  readonly taxCode: string;
}

export interface Samples {
  readonly practices: readonly Sample[];
  /** Names as people type them: of many practices each, and of few. */
  readonly commonNames: readonly string[];
  readonly rareNames: readonly string[];
}

const PER_SERVICE = 25;
const NAMES = 40;

/** Things to ask for, from all over the years and services of a town. */
export async function samplesOf(client: pg.Client, town: string): Promise<Samples> {
  const { tenantId } = idsOf(town);
  const { rows: practices } = await client.query<Sample>(
    `SELECT id, service_code AS service, code, registration, applicant_tax_code AS "taxCode" FROM (
       SELECT *, row_number() OVER (PARTITION BY service_code ORDER BY md5(id::text)) AS place FROM practice
       WHERE tenant_id = $1 AND code IS NOT NULL AND registration IS NOT NULL AND discarded_at IS NULL) p
     WHERE place <= $2 ORDER BY id`,
    [tenantId, PER_SERVICE],
  );
  const { rows: names } = await client.query<{ name: string }>(
    `SELECT applicant_name AS name FROM practice WHERE tenant_id = $1 AND confirmed_at IS NOT NULL
     GROUP BY 1 ORDER BY count(*) DESC, 1`,
    [tenantId],
  );
  // Family name first, as in a register.
  const asTyped = names.map(({ name }) => name.replace(/^(\S+) (.+)$/, '$2 $1'));
  return { practices, commonNames: asTyped.slice(0, NAMES), rareNames: asTyped.slice(-NAMES) };
}
