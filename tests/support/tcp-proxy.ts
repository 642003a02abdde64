import { createConnection, createServer, type Socket } from 'node:net';
import { Barrier } from './until';

/** `up`: from the client to the server; `down`: the answers. */
export type Direction = 'up' | 'down';

/** Stands between us and a server on this machine, and does to the bytes what networks do. */
export interface TcpProxy {
  readonly port: number;
  /** From now on every answer arrives so much later, in order and without loss. */
  delayAnswers(ms: number): void;
  /** The next connection stands still once so many bytes have gone one way; `reached` tells when, `release` goes on. */
  holdNext(direction: Direction, afterBytes: number): Barrier;
  /** The next connection changes the byte at an offset, those after it change nothing; `reached` tells when. */
  damageNext(direction: Direction, offset: number): Pick<Barrier, 'reached'>;
  /** Cuts all connections, as a cable does. */
  cut(): void;
  /** How many are open. */
  open(): number;
  stop(): Promise<void>;
}

interface Plan {
  readonly direction: Direction;
  readonly at: number;
  readonly barrier: Barrier;
  readonly damage: boolean;
}

/** Listens on a free port and passes everything on to a server of this machine. */
export async function startTcpProxy(serverPort: number): Promise<TcpProxy> {
  const clients = new Map<Socket, Socket>();
  let delayMs = 0;
  let next: Plan | undefined;
  const listener = createServer((client) => {
    const server = createConnection(serverPort, '127.0.0.1');
    const plan = next;
    next = undefined;
    clients.set(client, server);
    client.on('close', () => clients.delete(client));
    const planned = (direction: Direction) => (plan?.direction === direction ? plan : undefined);
    forward(client, server, () => 0, planned('up'));
    forward(server, client, () => delayMs, planned('down'));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const cut = () => {
    for (const both of clients) for (const socket of both) socket.resetAndDestroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    delayAnswers: (ms) => {
      delayMs = ms;
    },
    holdNext: (direction, at) => {
      next = { direction, at, barrier: new Barrier(), damage: false };
      return next.barrier;
    },
    damageNext: (direction, at) => {
      next = { direction, at, barrier: new Barrier(), damage: true };
      next.barrier.release();
      return next.barrier;
    },
    cut,
    open: () => clients.size,
    stop: async () => {
      cut();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

/** One way: each piece waits for the one before it, and for its own time. */
function forward(from: Socket, to: Socket, lateMs: () => number, plan: Plan | undefined): void {
  let passed = 0;
  let before = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    const due = Date.now() + lateMs();
    before = before.then(async () => {
      const waitMs = due - Date.now();
      // What is late when a test ends does not keep it from ending.
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
      if (!to.destroyed) await work();
    });
  };
  const write = async (bytes: Buffer) => {
    if (to.write(bytes) || to.destroyed) return;
    // Who can't write must not read, or all of it would already be here when the server dies.
    from.pause();
    await new Promise<void>((resolve) => to.once('drain', resolve).once('close', resolve));
    from.resume();
  };
  const pass = async (chunk: Buffer) => {
    const offset = plan ? plan.at - passed : -1;
    passed += chunk.length;
    if (!plan || offset < 0 || offset >= chunk.length) return write(chunk);
    if (plan.damage) chunk[offset] = (chunk[offset] ?? 0) ^ 1;
    await write(chunk.subarray(0, offset));
    from.pause();
    await plan.barrier.wait();
    from.resume();
    return write(chunk.subarray(offset));
  };
  from.setNoDelay(true);
  from.on('data', (chunk: Buffer) => inTurn(() => pass(chunk)));
  from.on('end', () => inTurn(async () => void to.end()));
  // What a connection dies of on one side it dies of on the other.
  from.on('error', () => to.resetAndDestroy());
}
