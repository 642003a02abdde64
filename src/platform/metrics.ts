import type { TelemetryOptions } from '@temporalio/worker';

/**
 * The SDK's own metrics (workflow task failures, latencies, slots) on a port of this machine, in the Prometheus text
 * format. For `Runtime.install`, together with everything else that a runtime is told.
 */
export function sdkTelemetry(port: number | undefined): TelemetryOptions {
  return port === undefined ? {} : { metrics: { prometheus: { bindAddress: `127.0.0.1:${port}` } } };
}

/** How long the SDK may take to tell its metrics. */
const LIMIT_MS = 2_000;

/** The SDK's metrics as text, or nothing when they are off or do not come: ours are worth having alone. */
export async function sdkMetricsText(port: number | undefined): Promise<string> {
  if (port === undefined) return '';
  try {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(LIMIT_MS) });
    return response.ok ? await response.text() : '';
  } catch {
    return '';
  }
}
