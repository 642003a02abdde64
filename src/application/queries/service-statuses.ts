import { statusesOf } from '../../domain/practice/possible-statuses';
import { STATUSES, type Status } from '../../domain/practice/states';
import type { Viewer } from '../access/viewer';
import { readDefinition } from '../services/catalogue';
import type { ServiceDefinition } from '../services/definition';
import { rulesOf } from '../services/rules-of';

/** Lists ask it of many services each time; a definition never changes. */
const known = new WeakMap<ServiceDefinition, readonly Status[]>();

/** States that a practice of this version of a service can ever have. */
export function statusesOfDefinition(definition: ServiceDefinition): readonly Status[] {
  const { stamps } = definition;
  const statuses =
    known.get(definition) ??
    statusesOf(rulesOf(definition), {
      atRequest: stamps?.atRequest !== undefined,
      atRelease: stamps?.atRelease !== undefined,
    });
  known.set(definition, statuses);
  return statuses;
}

/** The same for a service whatever the version, because practices of all of them stand in one list; unknown: undefined. */
export async function possibleStatuses(viewer: Viewer, code: string): Promise<readonly Status[] | undefined> {
  const versions = await viewer.db.serviceVersion.findMany({ where: { code }, select: { definition: true } });
  if (versions.length === 0) return undefined;
  const found = new Set(versions.flatMap(({ definition }) => statusesOfDefinition(readDefinition(definition))));
  return STATUSES.filter((status) => found.has(status));
}
