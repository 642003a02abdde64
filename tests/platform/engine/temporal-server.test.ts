import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import {
  type EmbeddedTemporal,
  startTemporal,
  type TemporalOptions,
} from '../../../src/platform/engine/temporal-server';
import { freePort, refusal, takePort, temporalBinary, withDirectory } from './support';

jest.setTimeout(120_000);

async function withTemporal(
  options: TemporalOptions,
  work: (server: EmbeddedTemporal) => Promise<void>,
): Promise<void> {
  const server = await startTemporal(options);
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

async function namespaceId(address: string, namespace: string): Promise<string | null | undefined> {
  const connection = await Connection.connect({ address });
  try {
    return (await connection.workflowService.describeNamespace({ namespace })).namespaceInfo?.id;
  } finally {
    await connection.close();
  }
}

async function optionsIn(home: string): Promise<TemporalOptions> {
  return {
    binary: await temporalBinary(),
    dbFile: join(home, 'temporal', 'server.db'),
    port: await freePort(),
    namespace: 'bugliano',
    logFile: join(home, 'temporal.log'),
  };
}

describe('the embedded Temporal server', () => {
  test('finds at its second start the namespace of its first', () =>
    withDirectory(async (home) => {
      const options = await optionsIn(home);
      const ids: unknown[] = [];
      for (const _start of ['first', 'second']) {
        await withTemporal(options, async ({ address }) => {
          ids.push(await namespaceId(address, 'bugliano'));
        });
      }
      expect(ids[0]).toEqual(expect.stringMatching(/^[0-9a-f-]{36}$/));
      expect(ids[1]).toBe(ids[0]);
    }));

  test('finds it also after a kill -9', () =>
    withDirectory(async (home) => {
      const options = await optionsIn(home);
      const killed = await startTemporal(options);
      const id = await namespaceId(killed.address, 'bugliano');
      process.kill(killed.pid, 'SIGKILL');
      await killed.exited;
      await withTemporal(options, async ({ address }) => {
        expect(await namespaceId(address, 'bugliano')).toBe(id);
      });
    }));

  test('serves its UI where it says', () =>
    withDirectory(async (home) => {
      const uiPort = await freePort();
      await withTemporal({ ...(await optionsIn(home)), uiPort, dbFile: undefined }, async ({ uiUrl }) => {
        expect(uiUrl).toBe(`http://127.0.0.1:${uiPort}`);
        expect((await fetch(`${uiUrl}/`)).status).toBe(200);
      });
    }));

  test('refuses a port that is taken', () =>
    withDirectory(async (home) => {
      const taken = await takePort();
      const refused = await refusal(startTemporal({ ...(await optionsIn(home)), port: taken.port }));
      expect(refused.message).toContain(`Port ${taken.port}, wanted for the embedded Temporal server, is taken by `);
      expect(refused.remedy).toBe('Stop that process, or set ITER_TEMPORAL_PORT to a free port.');
      await taken.close();
    }));

  test('shows the end of its log when it does not come up', () =>
    withDirectory(async (home) => {
      const options = await optionsIn(home);
      const refused = await refusal(startTemporal({ ...options, binary: process.execPath }));
      expect(refused.code).toBe('engine.not_ready');
      expect(refused.message).toContain(
        `The embedded Temporal server did not come up (exit code 1). Its log ${options.logFile} ends with:\n`,
      );
    }));
});
