import type { Engine } from './engine';
import { cpuSeconds } from './proc';
import type { Product } from './product';
import { type Statements, statementsBetween, statementsSoFar } from './statements';

const TEMPORAL_DATABASES = ['temporal', 'temporal_visibility'];

export type Consumer = 'api' | 'worker' | 'sandbox' | 'temporal' | 'postgresql' | 'generator';

/** What was used between two instants. */
export interface Use {
  /** CPU seconds of each process. */
  readonly cpu: Readonly<Record<Consumer, number>>;
  /** CPU seconds of all but the generator. */
  readonly cpuOfSystem: number;
  readonly statements: { readonly application: number; readonly temporal: number };
}

/** Reads CPU times and counts of statements at the beginning and at the end of a measurement. */
export class Meter {
  private before: Reading | undefined;
  private after: Reading | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly product: Product,
    private readonly database: string,
  ) {}

  async begin(): Promise<void> {
    this.before = await this.read();
  }

  async end(): Promise<void> {
    this.after = await this.read();
  }

  /** @throws Error before the end */
  use(): Use {
    const { before, after } = this;
    if (!before || !after) throw new Error('the meter has not been read twice');
    const between = (name: Consumer) => after.cpu[name] - before.cpu[name];
    const cpu = {
      api: between('api'),
      worker: between('worker'),
      sandbox: between('sandbox'),
      temporal: between('temporal'),
      postgresql: between('postgresql'),
      generator: between('generator'),
    };
    const { generator, ...ofSystem } = cpu;
    const count = (databases: readonly string[]) => statementsBetween(before.statements, after.statements, databases);
    return {
      cpu,
      cpuOfSystem: Object.values(ofSystem).reduce((sum, seconds) => sum + seconds, 0),
      statements: { application: count([this.database]), temporal: count(TEMPORAL_DATABASES) },
    };
  }

  private async read(): Promise<Reading> {
    const statements = await statementsSoFar(this.engine.postgres.url);
    const cpu = {
      api: cpuSeconds(this.product.pid('api')),
      worker: cpuSeconds(this.product.pid('worker')),
      sandbox: cpuSeconds(this.product.pid('sandbox')),
      temporal: cpuSeconds(this.engine.temporalPid()),
      postgresql: cpuSeconds(this.engine.postgres.pid),
      generator: generatorSeconds(),
    };
    return { cpu, statements };
  }
}

interface Reading {
  readonly cpu: Readonly<Record<Consumer, number>>;
  readonly statements: Statements;
}

/** The generator's own: everything else of the benchmark is its child, so only its own threads are counted. */
function generatorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
