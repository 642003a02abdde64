import { type Config, ConfigError, loadConfig } from '../platform/config';
import { EngineError } from '../platform/engine/engine-error';
import { errorLine, line } from './terminal';

interface Command {
  readonly summary: string;
  /** Loaded when it runs: a migration needs no worker. */
  readonly load: () => Promise<(config: Config, args: readonly string[]) => Promise<number>>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    summary: 'everything on this machine, for trying and development',
    load: async () => {
      const { start } = await import('./commands/start.js');
      const { DEMO_LOGINS } = await import('../application/demo-data.js');
      return (config) => start(config, { logins: DEMO_LOGINS });
    },
  },
  api: { summary: 'the HTTP API', load: async () => (await import('./commands/api.js')).api },
  worker: {
    summary: 'workflows, activities and the inbox’s sender',
    load: async () => (await import('./commands/worker.js')).worker,
  },
  sandbox: { summary: 'doubles of outside systems', load: async () => (await import('./commands/sandbox.js')).sandbox },
  migrate: {
    summary: 'bring the database to this release',
    load: async () => (await import('./commands/setup.js')).migrate,
  },
  provision: {
    summary: 'bring Temporal to what we need',
    load: async () => (await import('./commands/setup.js')).provision,
  },
  seed: { summary: 'the demo municipality', load: async () => (await import('./commands/setup.js')).seed },
  demo: {
    summary: 'two practices from draft to decision, through the API of a running system',
    load: async () => (await import('./commands/demo.js')).demo,
  },
  practice: {
    summary: 'explain | retry | park: what a practice waits for, and how to let it go on',
    load: async () => (await import('./commands/practice.js')).practice,
  },
  form: {
    summary: 'import | check: forms as files',
    load: async () => (await import('./commands/form.js')).form,
  },
  engine: {
    summary: 'rebuild: starts practices again that Temporal has lost',
    load: async () => (await import('./commands/engine.js')).engine,
  },
  renew: {
    summary: 'after a release: lets open practices continue as new',
    load: async () => (await import('./commands/renew.js')).renew,
  },
};

/** Runs a command; the result is the process's exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const lines = Object.entries(COMMANDS).map(([each, { summary }]) => `  ${each.padEnd(10)} ${summary}`);
    line(`Usage: npx iter <command>\n\n${lines.join('\n')}`);
    return name === 'help' ? 0 : 2;
  }
  try {
    const run = await command.load();
    return await run(loadConfig(), rest);
  } catch (error) {
    errorLine(explain(error));
    return 1;
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof EngineError) return `${error.message}\n${error.remedy} [${error.code}]`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
