import type { Database } from '../../platform/database';
import type { Viewer } from '../access/viewer';
import { type PublishedService, serviceOf } from '../services/catalogue';
import { queryOfTenant } from './sql';

interface Row {
  readonly serviceCode: string;
  readonly serviceVersion: number;
  readonly assigneeId: string | null;
  readonly officeId: string | null;
  readonly folderId: string | null;
}

interface Named {
  readonly kind: 'person' | 'folder' | 'office';
  readonly id: string;
  readonly name: string;
  /** Of an office. */
  readonly code: string | null;
}

const NAMES = `
  SELECT 'person' AS kind, id, given_name || ' ' || family_name AS name, NULL AS code
  FROM account WHERE tenant_id = $1 AND id = ANY ($2)
  UNION ALL SELECT 'folder', id, label, NULL FROM folder WHERE tenant_id = $1 AND id = ANY ($3)
  UNION ALL SELECT 'office', id, name, code FROM office WHERE tenant_id = $1 AND $4` as const;

/**
 * What rows of practices only name by id: services, operators, offices, folders. Read once per page or batch; offices
 * and people are kept from batch to batch, folders are not, because there may be as many as practices.
 */
export class Companions {
  private readonly services = new Map<string, PublishedService>();
  private readonly people = new Map<string, string>();
  private offices: Map<string, { readonly code: string; readonly name: string }> | undefined;
  private folders = new Map<string, string>();

  constructor(
    private readonly db: Pick<Database, 'pool'>,
    private readonly viewer: Viewer,
  ) {}

  /** Reads what these rows need and is not known yet. Call it before the rows are shown. */
  async learn(rows: readonly Row[]): Promise<void> {
    await Promise.all([this.learnServices(rows), this.learnNames(rows)]);
  }

  /** The version of the service with which a practice lives. */
  service(row: Pick<Row, 'serviceCode' | 'serviceVersion'>): PublishedService {
    const found = this.services.get(keyOf(row));
    if (!found) throw new Error(`service ${keyOf(row)} was not read`);
    return found;
  }

  /** Name of an operator; undefined for an account that is gone. */
  person(id: string): string | undefined {
    return this.people.get(id);
  }

  /** The office to which a practice was assigned, else the first of its service. */
  office(row: Row): { readonly code: string; readonly name: string } | null {
    const id = row.officeId ?? this.service(row).officeIds[0];
    return (id !== undefined && this.offices?.get(id)) || null;
  }

  folder({ folderId }: Pick<Row, 'folderId'>): { readonly id: string; readonly label: string } | null {
    return folderId === null ? null : { id: folderId, label: this.folders.get(folderId) ?? '' };
  }

  private async learnServices(rows: readonly Row[]): Promise<void> {
    const missing = new Map(rows.map((row) => [keyOf(row), row]));
    for (const key of this.services.keys()) missing.delete(key);
    const { db, tenantId } = this.viewer;
    await Promise.all(
      [...missing].map(async ([key, row]) => this.services.set(key, await serviceOf(db, { ...row, tenantId }))),
    );
  }

  private async learnNames(rows: readonly Row[]): Promise<void> {
    const unknown = rows.flatMap(({ assigneeId: id }) => (id === null || this.people.has(id) ? [] : [id]));
    const people = [...new Set(unknown)];
    const folders = [...new Set(rows.flatMap(({ folderId }) => folderId ?? []))];
    this.folders = new Map();
    const first = this.offices === undefined;
    if (people.length === 0 && folders.length === 0 && !first) return;
    const { tenantId } = this.viewer;
    const found = await queryOfTenant<Named>(this.db, tenantId, NAMES, [people, folders, first]);
    for (const { kind, id, name } of found) {
      if (kind === 'person') this.people.set(id, name);
      if (kind === 'folder') this.folders.set(id, name);
    }
    if (!first) return;
    this.offices = new Map();
    for (const { kind, id, code, name } of found)
      if (kind === 'office') this.offices.set(id, { code: code ?? '', name });
  }
}

function keyOf({ serviceCode, serviceVersion }: Pick<Row, 'serviceCode' | 'serviceVersion'>): string {
  return `${serviceCode}@${serviceVersion}`;
}
