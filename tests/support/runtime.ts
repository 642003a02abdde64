import { DefaultLogger, Runtime } from '@temporalio/worker';

let installed = false;

/**
 * The SDK's runtime of this test file, silent unless ITER_TEST_LOG asks for its voice. Called before the first worker:
 * a runtime that serves none would keep the process alive.
 */
export function quietRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger(process.env['ITER_TEST_LOG'] ? 'DEBUG' : 'ERROR'),
    telemetryOptions: { logging: { filter: process.env['ITER_TEST_LOG'] ?? 'OFF', forward: {} } },
  });
}

/** Ends it; a file that uses workers without a system calls this last. */
export function endRuntime(): Promise<void> {
  return Runtime.instance().shutdown();
}
