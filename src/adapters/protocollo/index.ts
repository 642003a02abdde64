import type { Clock } from '../../activities/ports/clock';
import type { ProtocolloPort } from '../../activities/ports/protocollo';
import type { Database } from '../../platform/database';
import { createInternalRegister } from './internal/register';

/** Chooses the registration system by name; an unknown name stops the start. */
export function createProtocollo(name: string, deps: { readonly db: Database; readonly clock: Clock }): ProtocolloPort {
  switch (name) {
    case 'internal':
      return createInternalRegister(deps.db, deps.clock);
    default:
      throw new Error(`unknown registration system "${name}": ITER_PROTOCOLLO must be "internal"`);
  }
}
