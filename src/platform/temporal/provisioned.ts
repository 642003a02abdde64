import { Connection, isGrpcServiceError } from '@temporalio/client';
import { EngineError } from '../engine/engine-error';
import type { TemporalAddress } from './client';
import { SEARCH_ATTRIBUTES } from './provision';

const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;

/**
 * Refuses a cluster in which our namespace or one of our search attributes is missing.
 * @throws EngineError `engine.namespace_unusable`: provision first, or correct the name. Any other error: no answer yet.
 */
export async function checkProvisioned({ address, namespace }: TemporalAddress): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 5_000 });
  try {
    const missing = await missingAttributes(connection, namespace);
    if (missing === undefined) {
      throw unusable(`The Temporal cluster at ${address} has no namespace ${namespace}.`);
    }
    if (missing.length === 0) return;
    throw unusable(
      `The namespace ${namespace} at ${address} lacks search attributes that practices need: ${missing.join(', ')}.`,
    );
  } finally {
    await connection.close();
  }
}

function unusable(message: string): EngineError {
  return new EngineError(
    'engine.namespace_unusable',
    message,
    'Correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, or run npx iter provision, then start again.',
  );
}

/** Answers `undefined` when there is no such namespace. */
async function missingAttributes(connection: Connection, namespace: string): Promise<readonly string[] | undefined> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return undefined;
    throw error;
  }
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return Object.keys(SEARCH_ATTRIBUTES).filter((name) => !customAttributes?.[name]);
  } catch (error) {
    // Clusters of others do not let everybody ask; a missing attribute then shows at the first practice.
    if (isGrpcServiceError(error) && [PERMISSION_DENIED, UNIMPLEMENTED].includes(error.code)) return [];
    throw error;
  }
}
