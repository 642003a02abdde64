import type { Administration } from '../../src/application/administration/administration';
import { type FoundPractice, readPractice } from '../../src/application/administration/find-practice';
import { engine } from '../../src/cli/commands/engine';
import { practice } from '../../src/cli/commands/practice';
import { renew } from '../../src/cli/commands/renew';
import { loadConfig } from '../../src/platform/config';
import type { System } from '../support/system';
import { until } from '../support/until';

const COMMANDS = { practice, engine, renew };

/** What the administrator's use cases work with, on a system of the tests. */
export function administrationOf(system: System): Administration {
  const { db, client, application, taskQueue } = system;
  return { db, client, clock: application.clock, start: { taskQueue, publicUrl: application.publicUrl } };
}

export function found(system: System, id: string): Promise<FoundPractice> {
  return readPractice(system.db, id);
}

/** Waits until nothing more is to come of a practice, its last mail included. */
export function completed(system: System, id: string): Promise<unknown> {
  return until('the workflow to end', async () => {
    const { status } = await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
    return status.name === 'COMPLETED';
  });
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as an administrator types it, on the system's database and engine, and catches what it prints. */
export async function iter(
  system: Pick<System, 'db' | 'temporal' | 'application'>,
  command: keyof typeof COMMANDS,
  ...args: readonly string[]
): Promise<Ran> {
  const config = loadConfig({
    ...process.env,
    DATABASE_URL: system.db.url,
    TEMPORAL_ADDRESS: system.temporal.address,
    TEMPORAL_NAMESPACE: system.temporal.namespace,
    ITER_PUBLIC_URL: system.application.publicUrl,
  });
  const said = { stdout: '', stderr: '' };
  const caught = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  try {
    const code = await COMMANDS[command](config, args);
    return { code, ...said };
  } finally {
    for (const spy of caught) spy.mockRestore();
  }
}
