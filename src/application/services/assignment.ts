import type { Assignment } from '../../domain/practice/events';
import { type Content, valueAt } from '../../forms/profile/form';
import type { Rows } from '../../platform/database';
import type { ServiceDefinition } from './definition';

/** To whom a practice goes by itself, by what the applicant wrote. An operator who has left is not waited for. */
export async function assignmentOf(
  tx: Pick<Rows, 'office' | 'account'>,
  tenantId: string,
  { automaticAssignment }: ServiceDefinition,
  content: Content,
): Promise<Assignment | undefined> {
  if (!automaticAssignment) return undefined;
  const value = String(valueAt(content, automaticAssignment.field) ?? '');
  const to = automaticAssignment.cases.find(({ equals }) => equals === value)?.to ?? automaticAssignment.otherwise;
  if (!to) return undefined;
  const office = await tx.office.findUnique({ where: { tenantId_code: { tenantId, code: to.office } } });
  if (!office) return undefined;
  const operator = to.operator
    ? await tx.account.findFirst({
        where: { tenantId, username: to.operator, enabled: true, officeIds: { has: office.id } },
      })
    : null;
  return { office: office.id, ...(operator && { operator: operator.id }) };
}
