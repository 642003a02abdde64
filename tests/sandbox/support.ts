import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DebtPositionRequest } from '../../src/activities/ports/payments';
import { instant } from '../../src/domain/ids';
import { buildSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server';

// Real servers and real disks: on a busy machine a test may take longer than the usual 5 seconds.
jest.setTimeout(20_000);

export const SECRET = 'a-secret-for-tests-only';
export const bearer = { authorization: `Bearer ${SECRET}` };

/** What a test opened, closed in reverse order by `afterEach(closeAll)`. */
const opened: (() => Promise<unknown>)[] = [];

export async function closeAll(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close();
}

export function later(close: () => Promise<unknown>): void {
  opened.push(close);
}

export function newDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  later(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A sandbox that listens on free ports. */
export async function startSandbox(overrides: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await buildSandbox({
    host: '127.0.0.1',
    port: 0,
    smtpPort: 0,
    dataDir: overrides.dataDir ?? newDataDir(),
    secret: SECRET,
    callbackUrl: 'http://127.0.0.1:9/nobody-listens',
    logLevel: 'silent',
    ...overrides,
  });
  await sandbox.start();
  later(() => sandbox.stop());
  return sandbox;
}

export interface Callback {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A receiver of callbacks that answers what `status` says at that moment. */
export async function startReceiver(status: () => number = () => 204): Promise<{ url: string; received: Callback[] }> {
  const received: Callback[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(status()).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  later(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, received };
}

/** Polls until `probe` gives something, or fails after 8 seconds. */
export async function until<T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const limit = Date.now() + 8_000;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > limit) throw new Error(`waited in vain for ${what}`);
    await pause(10);
  }
}

/** A position request with everything right in it. */
export function aRequest(overrides: Partial<DebtPositionRequest> = {}): DebtPositionRequest {
  return {
    requestId: '0192d0a1-7c00-7000-8000-000000000001/pay/1',
    amountCents: 16_050,
    reason: 'Passo carrabile, pratica PASSO n. 23/2026',
    expiresAt: instant(Date.now() + 3_600_000),
    payer: { taxCode: 'FRRGLI80A01H501X', name: 'Giulia Ferrante' },
    ...overrides,
  };
}

/** Sends a test control; fails when it is refused. */
export async function control(sandbox: Sandbox, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${sandbox.url}/control/${path}`, {
    method: 'POST',
    headers: { ...bearer, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`control ${path} was answered ${response.status}: ${await response.text()}`);
  return response.json();
}
