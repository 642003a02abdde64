import { serviceDefinitionSchema } from '../../src/application/services/definition';
import { permessoZtl } from '../../src/application/services/permesso-ztl';

export type Json = Record<string, unknown>;

/** What is wrong with the ZTL permit after a change, as path and whole message. */
export function problems(change: (definition: Json) => void): string[] {
  const definition = structuredClone(permessoZtl) as unknown as Json;
  change(definition);
  const parsed = serviceDefinitionSchema.safeParse(definition);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

/** What is wrong with the ZTL permit when these parts are replaced. */
export function problemsOf(parts: Json): string[] {
  return problems((definition) => Object.assign(definition, parts));
}

export function sections(definition: Json): { key: string; fields: { key: string; [more: string]: unknown }[] }[] {
  return (definition['form'] as { sections: ReturnType<typeof sections> }).sections;
}
