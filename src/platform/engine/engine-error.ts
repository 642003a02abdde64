/** What can go wrong between a checkout and a running engine; stable, for tests and for scripts. */
export type EngineErrorCode =
  | 'engine.already_running'
  | 'engine.binary_unusable'
  | 'engine.bundle_unusable'
  | 'engine.database_behind'
  | 'engine.database_in_use'
  | 'engine.database_unusable'
  | 'engine.directory_unusable'
  | 'engine.disk_full'
  | 'engine.namespace_unusable'
  | 'engine.not_ready'
  | 'engine.platform_unsupported'
  | 'engine.port_unusable'
  | 'engine.step_failed'
  | 'engine.temporal_missing';

/**
 * Something the person at the keyboard has to put right: `message` says what is wrong, `remedy` what to do.
 * Never worth repeating without a change.
 */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** The code of a Node system error (`ENOENT` …), its own or that of its cause; its message where there is none. */
export function systemCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('cause' in error && error.cause !== undefined) return systemCode(error.cause);
  return 'message' in error && typeof error.message === 'string' ? error.message : String(error);
}
