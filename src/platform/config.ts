import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65535);

/** Where embedded data and built binaries live, outside any clone. Root's home is closed to other users, so root uses /var. */
function defaultHome(env: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/lib/iter';
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'iter');
}

function defaultCache(env: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/cache/iter';
  return join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'iter');
}

const S3 = [
  'ITER_S3_ENDPOINT',
  'ITER_S3_REGION',
  'ITER_S3_BUCKET',
  'ITER_S3_ACCESS_KEY',
  'ITER_S3_SECRET_KEY',
] as const;

const environment = z.object({
  ITER_HOME: z.string().min(1).optional(),
  ITER_CACHE: z.string().min(1).optional(),
  ITER_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  ITER_DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  ITER_POSTGRES_PORT: port.default(54329),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s:]+:\d+$/, 'must be host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('iter'),
  TEMPORAL_CLI_PATH: z.string().min(1).optional(),
  /** What `iter start` runs: Temporal's development server, or the production server on PostgreSQL. */
  ITER_ENGINE: z.enum(['dev', 'cluster']).default('dev'),
  TEMPORAL_SERVER_PATH: z.string().min(1).optional(),
  TEMPORAL_SQL_TOOL_PATH: z.string().min(1).optional(),
  TEMPORAL_UI_PATH: z.string().min(1).optional(),
  ITER_TEMPORAL_PORT: port.default(7233),
  ITER_TEMPORAL_UI_PORT: port.default(8233),
  ITER_TEMPORAL_UI_URL: z.url().optional(),
  ITER_API_HOST: z.string().min(1).default('127.0.0.1'),
  ITER_API_PORT: port.default(3000),
  ITER_PUBLIC_URL: z.url().optional(),
  ITER_WORKER_HEALTH_PORT: port.default(3200),
  ITER_SDK_METRICS_PORT: port.optional(),
  ITER_METRICS_TOKEN: z.string().min(16).optional(),
  ITER_STORAGE: z.enum(['disk', 's3']).default('disk'),
  ITER_STORAGE_DIR: z.string().min(1).optional(),
  ITER_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  ITER_S3_REGION: z.string().min(1).optional(),
  ITER_S3_BUCKET: z.string().min(3).max(63).optional(),
  ITER_S3_ACCESS_KEY: z.string().min(1).optional(),
  ITER_S3_SECRET_KEY: z.string().min(1).optional(),
  /** Whether the bucket stands in the path of addresses; every server understands that, not every one the other. */
  ITER_S3_PATH_STYLE: z.enum(['true', 'false']).default('true'),
  ITER_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  ITER_MAIL_FROM: z.string().min(3).default('Comune di Bugliano <non-rispondere@bugliano.example>'),
  ITER_PAYMENTS_GATEWAY: z.enum(['sandbox']).default('sandbox'),
  ITER_PAYMENTS_URL: z.url().optional(),
  /** Shared with the gateway; signs its callbacks. The default is good for the sandbox alone. */
  ITER_PAYMENTS_SECRET: z.string().min(16).default('sandbox-secret-not-for-production'),
  ITER_PROTOCOLLO: z.enum(['internal']).default('internal'),
  ITER_SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
  ITER_SANDBOX_PORT: port.default(3100),
  ITER_SANDBOX_SMTP_PORT: port.default(2525),
  /** How long the doubles of outside systems take to answer, for measuring. */
  ITER_SANDBOX_LATENCY_MS: z.coerce.number().int().min(0).max(60_000).default(0),
});

/** What a running embedded engine writes for the other processes of the same machine (`engine.json`, mode 0600). */
const engineFile = z.object({ databaseUrl: z.string().optional(), temporalAddress: z.string().optional() });

export interface Config {
  readonly home: string;
  readonly cache: string;
  readonly logLevel: string;
  /** `embedded` is true when nobody named a database and the embedded one is to be used. */
  readonly database: { readonly url: string; readonly embedded: boolean; readonly port: number; readonly pool: number };
  readonly temporal: {
    readonly address: string;
    readonly embedded: boolean;
    readonly namespace: string;
    readonly port: number;
    readonly uiPort: number;
    readonly uiUrl: string;
    readonly cliPath: string | undefined;
    readonly engine: 'dev' | 'cluster';
    readonly serverPath: string | undefined;
    readonly sqlToolPath: string | undefined;
    readonly uiPath: string | undefined;
  };
  readonly api: { readonly host: string; readonly port: number; readonly publicUrl: string };
  readonly worker: { readonly healthPort: number };
  /** Who bears the token may read metrics; without one only the machine itself may. */
  readonly metrics: { readonly token: string | undefined; readonly sdkPort: number | undefined };
  readonly storage: StorageConfig;
  readonly mail: { readonly smtpUrl: string; readonly from: string };
  readonly payments: { readonly gateway: 'sandbox'; readonly url: string; readonly secret: string };
  readonly protocollo: 'internal';
  readonly sandbox: {
    readonly host: string;
    readonly port: number;
    readonly smtpPort: number;
    readonly url: string;
    readonly latencyMs: number;
  };
}

/** Where documents are kept. The secret key is never printed. */
export type StorageConfig =
  | { readonly kind: 'disk'; readonly dir: string }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly region: string;
      readonly bucket: string;
      readonly accessKey: string;
      readonly secretKey: string;
      readonly pathStyle: boolean;
    };

/** Wrong or missing settings: each line names the variable, the rule and what was found. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** File in which the embedded engine leaves its addresses for the other processes of this machine. */
export function engineFilePath(home: string): string {
  return join(home, 'engine.json');
}

/**
 * The one place that reads the environment. Parsed once at the start of a process: a wrong value stops it there.
 * @throws ConfigError naming every wrong variable; correct them and start again.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The configuration is not valid:\n${lines.join('\n')}`);
  }
  const e = parsed.data;
  const home = e.ITER_HOME ?? defaultHome(env);
  const engine = readEngineFile(home);
  const sandboxUrl = `http://${e.ITER_SANDBOX_HOST}:${e.ITER_SANDBOX_PORT}`;
  return {
    home,
    cache: e.ITER_CACHE ?? defaultCache(env),
    logLevel: e.ITER_LOG_LEVEL,
    database: {
      url: e.DATABASE_URL ?? engine.databaseUrl ?? '',
      embedded: e.DATABASE_URL === undefined,
      port: e.ITER_POSTGRES_PORT,
      pool: e.ITER_DATABASE_POOL,
    },
    temporal: {
      address: e.TEMPORAL_ADDRESS ?? engine.temporalAddress ?? `127.0.0.1:${e.ITER_TEMPORAL_PORT}`,
      embedded: e.TEMPORAL_ADDRESS === undefined,
      namespace: e.TEMPORAL_NAMESPACE,
      port: e.ITER_TEMPORAL_PORT,
      uiPort: e.ITER_TEMPORAL_UI_PORT,
      uiUrl: e.ITER_TEMPORAL_UI_URL ?? `http://127.0.0.1:${e.ITER_TEMPORAL_UI_PORT}`,
      cliPath: e.TEMPORAL_CLI_PATH,
      engine: e.ITER_ENGINE,
      serverPath: e.TEMPORAL_SERVER_PATH,
      sqlToolPath: e.TEMPORAL_SQL_TOOL_PATH,
      uiPath: e.TEMPORAL_UI_PATH,
    },
    api: {
      host: e.ITER_API_HOST,
      port: e.ITER_API_PORT,
      publicUrl: e.ITER_PUBLIC_URL ?? `http://${e.ITER_API_HOST}:${e.ITER_API_PORT}`,
    },
    worker: { healthPort: e.ITER_WORKER_HEALTH_PORT },
    metrics: { token: e.ITER_METRICS_TOKEN, sdkPort: e.ITER_SDK_METRICS_PORT },
    storage: storageOf(e, home),
    mail: {
      smtpUrl: e.ITER_SMTP_URL ?? `smtp://${e.ITER_SANDBOX_HOST}:${e.ITER_SANDBOX_SMTP_PORT}`,
      from: e.ITER_MAIL_FROM,
    },
    payments: {
      gateway: e.ITER_PAYMENTS_GATEWAY,
      url: e.ITER_PAYMENTS_URL ?? sandboxUrl,
      secret: e.ITER_PAYMENTS_SECRET,
    },
    protocollo: e.ITER_PROTOCOLLO,
    sandbox: {
      host: e.ITER_SANDBOX_HOST,
      port: e.ITER_SANDBOX_PORT,
      smtpPort: e.ITER_SANDBOX_SMTP_PORT,
      url: sandboxUrl,
      latencyMs: e.ITER_SANDBOX_LATENCY_MS,
    },
  };
}

function storageOf(e: z.infer<typeof environment>, home: string): StorageConfig {
  if (e.ITER_STORAGE === 'disk') return { kind: 'disk', dir: e.ITER_STORAGE_DIR ?? join(home, 'documents') };
  const missing = S3.filter((name) => e[name] === undefined);
  if (missing.length > 0) {
    const lines = missing.map((name) => `  ${name}: must be set, because ITER_STORAGE is s3`);
    throw new ConfigError(`The configuration is not valid:\n${lines.join('\n')}`);
  }
  const [endpoint = '', region = '', bucket = '', accessKey = '', secretKey = ''] = S3.map((name) => e[name]);
  return { kind: 's3', endpoint, region, bucket, accessKey, secretKey, pathStyle: e.ITER_S3_PATH_STYLE === 'true' };
}

function readEngineFile(home: string): z.infer<typeof engineFile> {
  const path = engineFilePath(home);
  if (!existsSync(path)) return {};
  const parsed = engineFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  return parsed.success ? parsed.data : {};
}
