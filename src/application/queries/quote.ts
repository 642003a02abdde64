import { refuse } from '../../domain/errors';
import type { LegalDate } from '../../domain/ids';
import { judgeContent } from '../../forms/check-content';
import type { Content } from '../../forms/profile/form';
import { partsOf } from '../../forms/rule';
import { formOf } from '../../forms/sections-form';
import type { ServiceDefinition } from '../services/definition';
import { type FeeAtRequest, feeAtRequest } from '../services/fees';

/**
 * What sending this content would cost now. The form need not be complete: only what the fee depends on is checked,
 * and the rest is not looked at. Refusal: `VALIDATION_FAILED` naming the fields without which there is no amount.
 */
export function quoteOf(definition: ServiceDefinition, content: Content, today: LegalDate): FeeAtRequest {
  const { payment, form } = definition;
  const rules = payment ? [payment.formula, ...payment.exemptions.map(({ when }) => when)] : [];
  const needed = new Set(rules.flatMap((rule) => partsOf(rule).variables));
  const { content: read, errors } = judgeContent(formOf(form), content, 'data.', today);
  const missing = errors.filter(({ path }) => needed.has(path.slice('data.'.length)));
  if (missing.length > 0) refuse('VALIDATION_FAILED', {}, missing);
  return feeAtRequest(definition, read);
}
