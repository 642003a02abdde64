import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyProcess } from './process-identity';

/**
 * Prepares something slow beside its final place, so that an interruption leaves nothing half: `work` fills the
 * directory it is given and moves the result out by rename. What earlier interrupted runs left is swept first.
 */
export async function withStagingDirectory<T>(
  parent: string,
  name: string,
  work: (directory: string) => Promise<T>,
): Promise<T> {
  await mkdir(parent, { recursive: true });
  const prefix = `.${name}-`;
  for (const entry of await readdir(parent)) {
    if (entry.startsWith(prefix) && identifyProcess(Number(entry.slice(prefix.length))) === undefined) {
      await rm(join(parent, entry), { recursive: true, force: true });
    }
  }
  const directory = join(parent, `${prefix}${process.pid}`);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
