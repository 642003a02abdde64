import type { ApiClient } from '../support/client';
import type { System, SystemOptions } from '../support/system';

/** A way through the workflow's code that a recorded history keeps forever. */
export interface Path {
  readonly name: string;
  /** A system of its own; absent: any. */
  readonly options?: SystemOptions;
  /** Lives it and gives the id of the practice. */
  live(system: System): Promise<string>;
}

const known = new WeakMap<System, Promise<{ readonly citizen: ApiClient; readonly operator: ApiClient }>>();

/** Who lives a path; logged in once per system, because log-ins are counted. */
export function people(system: System) {
  const both =
    known.get(system) ??
    Promise.all([system.as('giulia.bianchi'), system.as('marco.conti')]).then(([citizen, operator]) => ({
      citizen,
      operator,
    }));
  known.set(system, both);
  return both;
}
