import { contradictions } from './contradictions';
import { serviceShape } from './shape';

export { LANGUAGES, type Language } from '../../locales/language';
export type { ServiceDefinition } from './shape';

/** A service as data. A published version never changes; a practice keeps the version it began with. */
export const serviceDefinitionSchema = serviceShape.superRefine((definition, context) => {
  for (const { path, message } of contradictions(definition)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});
