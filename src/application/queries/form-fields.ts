import { refuse } from '../../domain/errors';
import { type Question, questionsOf } from '../../forms/questions';
import { formOf } from '../../forms/sections-form';
import type { Viewer } from '../access/viewer';
import { readDefinition } from '../services/catalogue';
import type { PracticeFilters } from './filters';

/**
 * The one service that a question about form fields is about. Refusal: `VALIDATION_FAILED` when none or several are
 * named, because each has its own form.
 */
export function oneService({ service }: PracticeFilters, why: string): string {
  const [code, second] = service ?? [];
  if (code !== undefined && second === undefined) return code;
  return refuse('VALIDATION_FAILED', {}, [{ path: 'service', rule: 'oneService', message: why }]);
}

/**
 * The questions of a service's form by path, those of rows left out, of all its versions: where they differ the newest one says
 * how a question is called and read. Refusal: `SERVICE_NOT_FOUND`.
 */
export async function formFields(viewer: Viewer, service: string): Promise<ReadonlyMap<string, Question>> {
  const versions = await viewer.db.serviceVersion.findMany({
    where: { code: service },
    orderBy: { version: 'asc' },
    select: { definition: true },
  });
  if (versions.length === 0) refuse('SERVICE_NOT_FOUND', { service });
  const questions = versions.flatMap(({ definition }) => questionsOf(formOf(readDefinition(definition).form)));
  return new Map(questions.filter(({ inRows }) => !inRows).map(({ path, question }) => [path, question]));
}
