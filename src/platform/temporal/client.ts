import { Client, Connection } from '@temporalio/client';

export interface TemporalAddress {
  readonly address: string;
  readonly namespace: string;
}

/**
 * A client that connects when first used: a process starts and serves although the engine is down.
 * The data converter is chosen here and nowhere else.
 */
export function lazyTemporalClient({ address, namespace }: TemporalAddress): Client {
  return new Client({ connection: Connection.lazy({ address }), namespace });
}
