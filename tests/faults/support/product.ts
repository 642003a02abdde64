import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type ProductProcess, runProduct } from '../../support/processes';
import { SANDBOX_SECRET, type System } from '../../support/system';
import { fromFar, type Met } from './patient';

export type Role = 'api' | 'worker';

/** Answers that people wait for: longer than any outage of these tests. */
const PATIENCE_MS = 900_000;

/** Worker and API as an operator runs them, each in a process of its own, on database, engine and doubles of a system. */
export class Product {
  private readonly processes = new Map<Role, ProductProcess>();
  private readonly wanted = new Set<ProductProcess>();
  /** Processes that ended although nobody told them to, with what they said last. */
  readonly fallen: string[] = [];

  private constructor(
    private readonly env: Readonly<Record<string, string>>,
    /** The system as people see it, through the process of the API. */
    readonly far: System & { readonly met: Met },
    private readonly over: AbortController,
  ) {}

  static async around(system: System, more: Readonly<Record<string, string>> = {}): Promise<Product> {
    const [api, worker] = [await freePort(), await freePort()];
    const env = {
      ITER_HOME: mkdtempSync(join(tmpdir(), 'iter-fault-')),
      DATABASE_URL: system.db.url,
      TEMPORAL_ADDRESS: system.temporal.address,
      TEMPORAL_NAMESPACE: system.temporal.namespace,
      ITER_STORAGE_DIR: system.storeDir,
      ITER_PAYMENTS_URL: system.sandbox.url,
      ITER_PAYMENTS_SECRET: SANDBOX_SECRET,
      ITER_SMTP_URL: `smtp://127.0.0.1:${system.sandbox.smtpPort}`,
      ITER_API_PORT: String(api),
      ITER_WORKER_HEALTH_PORT: String(worker),
      ITER_LOG_LEVEL: 'error',
      ...more,
    };
    const over = new AbortController();
    return new Product(env, fromFar(system, `http://127.0.0.1:${api}`, PATIENCE_MS, over.signal), over);
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.env['ITER_API_PORT']}`;
  }

  /** Starts one, and waits until it is ready. */
  async start(role: Role, more: Readonly<Record<string, string>> = {}): Promise<ProductProcess> {
    const port = this.env[role === 'api' ? 'ITER_API_PORT' : 'ITER_WORKER_HEALTH_PORT'];
    const process = await runProduct(role, { ...this.env, ...more }, `http://127.0.0.1:${port}/ready`);
    this.processes.set(role, process);
    this.wanted.add(process);
    void process.ended.then((how) => {
      if (this.wanted.delete(process))
        this.fallen.push(`${role} ended (${how.signal ?? how.code}): ${process.output()}`);
    });
    return process;
  }

  /** `kill -9`. */
  async kill(role: Role): Promise<void> {
    await this.letGo(role)?.kill();
  }

  /** SIGTERM. */
  async terminate(role: Role) {
    return this.letGo(role)?.terminate();
  }

  /** What a process said last, for the message of a failing test. */
  said(role: Role): string {
    return this.processes.get(role)?.output() ?? '';
  }

  /** Ends whatever still runs, and whoever still waits for an answer. */
  async end(): Promise<void> {
    this.over.abort();
    await Promise.all([this.kill('worker'), this.kill('api')]);
  }

  private letGo(role: Role): ProductProcess | undefined {
    const process = this.processes.get(role);
    if (process) this.wanted.delete(process);
    return process;
  }
}
