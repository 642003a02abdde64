import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { forTenant } from '../tenancy';

/** The same viewer on the connections for exports and totals, whose statements may take longer than a page may. */
export function reporting(app: Pick<Application, 'db'>, viewer: Viewer): Viewer {
  return { ...viewer, db: forTenant(app.db.reports().prisma, viewer.tenantId) };
}
