import { join, relative } from 'node:path';
import { bundlePractice } from '../src/platform/temporal/worker';

const PROJECT = join(__dirname, '..');
const LOADER = join(__dirname, 'change-source-loader.js');

/** Gives the text that stands for a file of `src`, named by its path in the project, such as `src/workflows/index.ts`. */
export type ChangeSource = (file: string, source: string) => string;

/**
 * Bundles the workflow code as it lies in `src`, each file as `change` gives it; nothing on disk is touched. For what asks
 * what another code would do: coverage, mutations. What runs in production is bundled by the build.
 * @param interceptors files with workflow interceptors to put beside those of production
 * @throws when webpack cannot read what `change` gave
 */
export function bundleSource(
  change: ChangeSource = (_file, source) => source,
  interceptors: readonly string[] = [],
): Promise<{ code: string }> {
  return bundlePractice({
    workflowInterceptorModules: [...interceptors],
    webpackConfigHook: (config) => {
      const options = {
        change: (path: string, source: string) => change(relative(PROJECT, path).replaceAll('\\', '/'), source),
      };
      const use = { loader: LOADER, options };
      const rule = { test: /\.ts$/, include: join(PROJECT, 'src'), enforce: 'pre' as const, use };
      return { ...config, module: { ...config.module, rules: [...(config.module?.rules ?? []), rule] } };
    },
  });
}
