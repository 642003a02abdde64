import { type FieldError, refuse } from '../../domain/errors';
import { type FormContent, fieldsOf, valueAt } from '../../forms/form';
import { partsOf } from '../../forms/rule';
import { checkField } from '../../forms/validate';
import type { ServiceDefinition } from '../services/definition';
import { type FeeAtRequest, feeAtRequest } from '../services/fees';

/**
 * What sending this content would cost now. The form need not be complete: only what the fee depends on is checked,
 * and the rest is not looked at. Refusal: `VALIDATION_FAILED` naming the fields without which there is no amount.
 */
export function quoteOf(definition: ServiceDefinition, content: FormContent): FeeAtRequest {
  const { payment, form } = definition;
  const rules = payment ? [payment.formula, ...payment.exemptions.map(({ when }) => when)] : [];
  const needed = new Set(rules.flatMap((rule) => partsOf(rule).variables));
  const errors: FieldError[] = [];
  const checked: Record<string, Record<string, unknown>> = {};
  for (const { path, field } of fieldsOf(form)) {
    if (!needed.has(path)) continue;
    const [section = '', key = ''] = path.split('.');
    const result = checkField(field, valueAt(content, path));
    if ('error' in result) errors.push({ path: `data.${path}`, ...result.error });
    else checked[section] = { ...checked[section], [key]: result.value };
  }
  if (errors.length > 0) refuse('VALIDATION_FAILED', {}, errors);
  return feeAtRequest(definition, checked);
}
