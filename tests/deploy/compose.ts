import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export const ROOT = join(__dirname, '..', '..');

const service = z.looseObject({
  image: z.string(),
  user: z.string().optional(),
  profiles: z.array(z.string()).default([]),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z
    .record(z.string(), z.object({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }))
    .default({}),
  healthcheck: z
    .object({ test: z.array(z.string()) })
    .loose()
    .optional(),
  restart: z.string(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()),
});
export type Service = z.output<typeof service>;

/** As it stands in the file, with anchors followed and variables untouched. */
export function composeFile(): unknown {
  return parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true });
}

/**
 * The services as compose would run them with these variables.
 * @throws Error with the file's own words where a variable without default is missing
 */
export function composeServices(env: Readonly<Record<string, string>>): ReadonlyMap<string, Service> {
  const { services } = z.object({ services: z.record(z.string(), z.unknown()) }).parse(composeFile());
  return new Map(Object.entries(services).map(([name, raw]) => [name, service.parse(filled(raw, env))]));
}

/** The same without variables being filled in. */
export function rawServices(): ReadonlyMap<string, Service> {
  const { services } = z.object({ services: z.record(z.string(), service) }).parse(composeFile());
  return new Map(Object.entries(services));
}

/** Names of all variables in the file, and whether compose refuses to go on without them. */
export function variables(): ReadonlyMap<string, 'needed' | 'optional'> {
  const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
  const found = new Map<string, 'needed' | 'optional'>();
  for (const [, name = '', operator] of text.matchAll(VARIABLE)) {
    if (found.get(name) !== 'needed') found.set(name, operator === ':?' ? 'needed' : 'optional');
  }
  return found;
}

/** Names in an order in which each comes after what it waits for. */
export function inOrder(services: ReadonlyMap<string, Service>): readonly string[] {
  const ordered: string[] = [];
  const visit = (name: string, above: readonly string[]): void => {
    if (above.includes(name)) throw new Error(`${[...above, name].join(' waits for ')}: a circle`);
    if (ordered.includes(name)) return;
    for (const needed of Object.keys(services.get(name)?.depends_on ?? {})) visit(needed, [...above, name]);
    ordered.push(name);
  };
  for (const name of services.keys()) visit(name, []);
  return ordered;
}

const VARIABLE = /\$\{(\w+)(:[-?])?([^}]*)\}/g;

function filled(value: unknown, env: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return value.replace(VARIABLE, (_all, ...found: string[]) => variable(env, found));
  if (Array.isArray(value)) return value.map((each) => filled(each, env));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, env)]));
}

function variable(env: Readonly<Record<string, string>>, [name = '', operator, rest = '']: readonly string[]): string {
  const value = env[name];
  if (value) return value;
  if (operator === ':?') throw new Error(`required variable ${name} is missing a value: ${rest}`);
  return operator === ':-' ? rest : '';
}
