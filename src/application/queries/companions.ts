import type { PrismaClient } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import { type PublishedService, readDefinition } from '../services/catalogue';

interface Row {
  readonly serviceCode: string;
  readonly serviceVersion: number;
  readonly assigneeId: string | null;
  readonly officeId: string | null;
  readonly folderId: string | null;
}

/**
 * What rows of practices only name by id: services, operators, offices, folders. Read once per page or batch; services
 * and people are kept from batch to batch, folders are not, because there may be as many as practices.
 */
export class Companions {
  private readonly db: PrismaClient;
  private readonly services = new Map<string, PublishedService>();
  private readonly people = new Map<string, string>();
  private offices: Map<string, { readonly code: string; readonly name: string }> | undefined;
  private folders = new Map<string, string>();

  constructor(viewer: Viewer) {
    this.db = viewer.db;
  }

  /** Reads what these rows need and is not known yet. Call it before the rows are shown. */
  async learn(rows: readonly Row[]): Promise<void> {
    await Promise.all([
      this.learnServices(rows),
      this.learnPeople(rows.flatMap(({ assigneeId }) => assigneeId ?? [])),
      this.learnFolders(rows.flatMap(({ folderId }) => folderId ?? [])),
      this.learnOffices(),
    ]);
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
    if (missing.size === 0) return;
    const found = await this.db.serviceVersion.findMany({
      where: {
        OR: [...missing.values()].map(({ serviceCode, serviceVersion }) => ({
          code: serviceCode,
          version: serviceVersion,
        })),
      },
    });
    for (const { code, version, definition, officeIds } of found) {
      const service = { definition: readDefinition(definition), officeIds };
      this.services.set(keyOf({ serviceCode: code, serviceVersion: version }), service);
    }
  }

  private async learnPeople(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.people.has(id));
    if (missing.length === 0) return;
    const found = await this.db.account.findMany({
      where: { id: { in: missing } },
      select: { id: true, givenName: true, familyName: true },
    });
    for (const { id, givenName, familyName } of found) this.people.set(id, `${givenName} ${familyName}`);
  }

  private async learnFolders(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)];
    const found =
      missing.length === 0
        ? []
        : await this.db.folder.findMany({ where: { id: { in: missing } }, select: { id: true, label: true } });
    this.folders = new Map(found.map(({ id, label }) => [id, label]));
  }

  private async learnOffices(): Promise<void> {
    if (this.offices) return;
    const found = await this.db.office.findMany({ select: { id: true, code: true, name: true } });
    this.offices = new Map(found.map(({ id, code, name }) => [id, { code, name }]));
  }
}

function keyOf({ serviceCode, serviceVersion }: Pick<Row, 'serviceCode' | 'serviceVersion'>): string {
  return `${serviceCode}@${serviceVersion}`;
}
