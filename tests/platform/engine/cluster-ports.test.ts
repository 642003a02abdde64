import { innerPorts } from '../../../src/platform/engine/cluster/server';
import { takePort } from './support';

test('the inner ports of a cluster differ, are the same after a restart, and are never its own', async () => {
  for (const own of [7233, 8000, 28_233, 65_535]) {
    const ports = Object.values(await innerPorts(own)).map(Number);
    expect(new Set([own, ...ports]).size).toBe(9);
    // PostgreSQL keeps them as smallint.
    expect(Math.max(...ports)).toBeLessThan(32_768);
    expect(Object.values(await innerPorts(own)).map(Number)).toEqual(ports);
  }
});

test('an inner port that is taken is passed over', async () => {
  const before = Object.values(await innerPorts(7233)).map(Number);
  const { port, close } = await takePort(before[2]);
  try {
    const after = Object.values(await innerPorts(7233)).map(Number);
    expect([after.slice(0, 2), after.includes(port)]).toEqual([before.slice(0, 2), false]);
  } finally {
    await close();
  }
});
