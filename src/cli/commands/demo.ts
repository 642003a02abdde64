import { join } from 'node:path';
import type { Config } from '../../platform/config';
import { runDemo } from '../demo/demo';
import { DemoFailure } from '../demo/patience';
import { seconds } from '../demo/text';
import { errorLine, line } from '../terminal';

const LIMIT_MS = 120_000;

/** Drives a practice of each kind from draft to end through the running system's API. 1 when an expected step is missing. */
export async function demo(config: Config): Promise<number> {
  const begun = Date.now();
  try {
    const results = await runDemo({
      apiUrl: config.api.publicUrl,
      sandboxUrl: config.sandbox.url,
      temporalUiUrl: config.temporal.uiUrl,
      namespace: config.temporal.namespace,
      logs: join(config.home, 'logs'),
      limitMs: LIMIT_MS,
      report: line,
    });
    line(`All ${results.length} practices went as they must (${seconds(Date.now() - begun)}).`);
    return 0;
  } catch (error) {
    if (!(error instanceof DemoFailure)) throw error;
    errorLine(`\nThe demo failed: ${error.message}`);
    for (const place of error.look) errorLine(`  ${place}`);
    return 1;
  }
}
