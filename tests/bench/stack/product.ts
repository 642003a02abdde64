import { join } from 'node:path';
import { launch, type Running } from '../../../src/platform/engine/child-process';
import { poll } from '../../../src/platform/engine/polling';
import { freePorts } from './ports';
import { cpuSeconds } from './proc';

const ROOT = join(__dirname, '..', '..', '..');
const BIN = join(ROOT, 'bin', 'iter.js');
const ADAPTED = join(__dirname, '..', 'product', 'adapted.js');
const READY_LIMIT_MS = 60_000;

/** Fixed answer time of outside systems: payment gateway and mail server. */
export const LATENCY_MS = 50;
export const GATEWAY_SECRET = 'secret-of-the-benchmark';

export const PROCESSES = ['sandbox', 'api', 'worker'] as const;
export type ProcessName = (typeof PROCESSES)[number];

/** What the product does not let one choose and a measurement needs otherwise; see `product/adapted.js`. */
export interface Adaptation {
  /** Every document is the same few bytes. */
  readonly withoutDocuments?: true;
  /** How many practices the worker keeps in memory. */
  readonly cachedPractices?: number;
}

/** The product's processes, each started as an operator starts it, on one database and one engine. */
export class Product {
  private readonly running = new Map<ProcessName, Running>();
  private starts = 0;

  private constructor(
    private readonly environment: Readonly<Record<string, string>>,
    private readonly dir: string,
    readonly apiUrl: string,
    readonly sandboxUrl: string,
    private readonly workerUrl: string,
    private readonly profileDir: string | undefined,
  ) {}

  /** Prepares; nothing runs yet. `dir` gets the logs, the documents and the sandbox's books. */
  static async prepare(options: {
    readonly dir: string;
    readonly databaseUrl: string;
    readonly temporal: { readonly address: string; readonly namespace: string };
    /** Where CPU profiles go when a process ends; absent: there are none. */
    readonly profileDir?: string | undefined;
  }): Promise<Product> {
    const { dir, databaseUrl, temporal, profileDir } = options;
    const [api = 0, sandbox = 0, smtp = 0, health = 0] = await freePorts(4);
    const environment = {
      ITER_HOME: dir,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      ITER_API_PORT: String(api),
      ITER_SANDBOX_PORT: String(sandbox),
      ITER_SANDBOX_SMTP_PORT: String(smtp),
      ITER_SANDBOX_LATENCY_MS: String(LATENCY_MS),
      ITER_WORKER_HEALTH_PORT: String(health),
      ITER_PAYMENTS_SECRET: GATEWAY_SECRET,
      TZ: 'UTC',
    };
    const at = (port: number) => `http://127.0.0.1:${port}`;
    return new Product(environment, dir, at(api), at(sandbox), at(health), profileDir);
  }

  /** Starts all, or those that are named, and waits until they are ready. What runs already stays as it is. */
  async start(names: readonly ProcessName[] = PROCESSES, adaptation: Adaptation = {}): Promise<void> {
    const missing = names.filter((name) => !this.running.has(name));
    await Promise.all(missing.map((name) => this.startOne(name, adaptation)));
  }

  async stop(names: readonly ProcessName[] = PROCESSES): Promise<void> {
    await Promise.all(
      names.map(async (name) => {
        await this.running.get(name)?.stop();
        this.running.delete(name);
      }),
    );
  }

  /** `kill -9`, then a new one at once, as a supervisor does. Answers when it is ready. */
  async killAndRestart(name: ProcessName): Promise<void> {
    const process = this.running.get(name);
    if (!process) throw new Error(`${name} is not running`);
    this.running.delete(name);
    globalThis.process.kill(process.pid, 'SIGKILL');
    await process.exited;
    await this.startOne(name, {});
  }

  pid(name: ProcessName): number {
    const process = this.running.get(name);
    if (!process) throw new Error(`${name} is not running`);
    return process.pid;
  }

  /** CPU seconds that all its processes have used so far. */
  cpuSeconds(): number {
    return [...this.running.values()].reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  }

  /** Another number whenever a process was started. */
  get generation(): number {
    return this.starts;
  }

  private async startOne(name: ProcessName, { withoutDocuments, cachedPractices }: Adaptation): Promise<void> {
    this.starts += 1;
    const adapted = withoutDocuments === true || cachedPractices !== undefined;
    const logFile = join(this.dir, `${name}.log`);
    const profiled = this.profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${this.profileDir}/${name}`];
    const program = [...profiled, ...(adapted ? ['--require', ADAPTED] : []), BIN, name];
    const process = await launch(globalThis.process.execPath, program, {
      logFile,
      environment: {
        ...this.environment,
        NODE_OPTIONS: '',
        ...(withoutDocuments && { ITER_BENCH_WITHOUT_DOCUMENTS: 'yes' }),
        ...(cachedPractices !== undefined && { ITER_BENCH_CACHED_PRACTICES: String(cachedPractices) }),
      },
      stopWith: [{ signal: 'SIGTERM', graceMs: 60_000 }],
    });
    this.running.set(name, process);
    let ended = false;
    void process.exited.then(() => {
      ended = true;
    });
    const ready = await poll(() => (ended ? 'ended' : this.answers(name)), { limitMs: READY_LIMIT_MS, everyMs: 50 });
    if (ready !== 'ready') throw new Error(`${name} does not come up; its log: ${logFile}`);
  }

  private async answers(name: ProcessName): Promise<'ready' | undefined> {
    const url = {
      sandbox: `${this.sandboxUrl}/health`,
      api: `${this.apiUrl}/ready`,
      worker: `${this.workerUrl}/ready`,
    };
    const response = await fetch(url[name]).catch(() => undefined);
    return response?.ok ? 'ready' : undefined;
  }
}
