import type { Client } from '@temporalio/client';
import type { Clock } from '../../activities/ports/clock';
import type { Database } from '../../platform/database';
import type { StartOptions } from '../inbox/start';

/**
 * What the administrator's commands work with: the whole database, because an administrator of the installation is no
 * person of a tenant, and the engine.
 */
export interface Administration {
  readonly db: Database;
  readonly client: Client;
  readonly clock: Clock;
  /** How a workflow is started again; the same settings as those of the sender. */
  readonly start: StartOptions;
}
