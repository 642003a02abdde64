import { createConnection, createServer, type Socket } from 'node:net';

/** From now on what is asked of a port of this machine is answered by the server at another one. Resolves to its end. */
export async function answerOn(port: number, serverPort: number): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  const listener = createServer((client) => {
    const server = createConnection(serverPort, '127.0.0.1');
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(one);
      one.on('close', () => open.delete(one));
      one.on('error', () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
  return () => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => listener.close(() => resolve()));
  };
}

/** Of an address such as `127.0.0.1:7233`, or of a URL. */
export function portOf(address: string): number {
  return Number(new URL(address.includes('//') ? address : `tcp://${address}`).port);
}
