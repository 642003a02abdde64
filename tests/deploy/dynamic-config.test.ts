import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadConfig } from '../../src/platform/config';
import { run } from '../../src/platform/engine/child-process';
import { resolveClusterBinaries } from '../../src/platform/engine/cluster/binaries';
import { ROOT } from './compose';

const FILE = join(ROOT, 'deploy', 'temporal', 'dynamicconfig', 'production.yaml');

test('the server knows every setting of its dynamic configuration, and finds nothing to warn of', async () => {
  const { cache, temporal } = loadConfig();
  const { serverPath, sqlToolPath } = temporal;
  const { server } = await resolveClusterBinaries({ serverPath, sqlToolPath, cacheDir: cache });
  const { code, output } = await run(server, ['validate-dynamic-config', FILE]);
  expect([code, output]).toEqual([0, FILE]);
}, 600_000);

test('each group of settings says why it is not the default', () => {
  const text = readFileSync(FILE, 'utf8');
  const groups = text.split('\n\n').slice(1);
  for (const group of groups) expect(group).toMatch(/^# /);
  expect(Object.keys(parse(text))).toHaveLength([...text.matchAll(/^\S+:$/gm)].length);
});
