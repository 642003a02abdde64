import { createServer } from 'node:net';

/** Above what systems keep for themselves, below what Linux lends to outgoing connections and Temporal can store. */
const [FIRST, LAST] = [20_000, 32_000];

/** Ports that nobody listens on at this moment, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  const begin = FIRST + Math.floor(Math.random() * (LAST - FIRST));
  for (let tried = 0; found.length < count; tried += 1) {
    if (tried > LAST - FIRST) throw new Error(`no free port between ${FIRST} and ${LAST}`);
    const port = FIRST + ((begin + tried) % (LAST - FIRST));
    if (await isFree(port)) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
