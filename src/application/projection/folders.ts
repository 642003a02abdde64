import { instant } from '../../domain/ids';
import type { PracticeState } from '../../domain/practice/state';
import { romeYear } from '../../domain/terms/rome';
import { takeNumber } from '../../platform/counters';
import type { Rows } from '../../platform/database';
import { uuidFromName } from '../../platform/digest';
import { serviceOf } from '../services/catalogue';

/**
 * Puts a practice into its folder when it gets its code, by the policy of its service: one per service and year, one
 * per practice, or one per applicant for a group of services.
 */
export async function givePlace(
  tx: Rows,
  row: { readonly id: string; readonly tenant_id: string },
  state: PracticeState,
  code: string,
): Promise<void> {
  const tenantId = row.tenant_id;
  const { rules } = state;
  const { definition } = await serviceOf(tx, { tenantId, serviceCode: rules.service, serviceVersion: rules.version });
  const year = romeYear(state.receivedAt ?? instant(0));
  const { policy, group = '' } = definition.folder;
  const key = {
    perServiceYear: `service:${rules.service}:${year}`,
    perPractice: `practice:${row.id}`,
    // The account stands for the person: no personal data in a key.
    perApplicantGroup: `group:${group}:${state.applicant}`,
  }[policy];
  const id = uuidFromName(`folder:${tenantId}:${key}`);
  if (!(await tx.folder.findUnique({ where: { id } }))) {
    const label =
      policy === 'perApplicantGroup'
        ? `${group} n. ${await takeNumber(tx, tenantId, `folder:${group}`, year)}/${year}`
        : policy === 'perPractice'
          ? code
          : `${definition.name} ${year}`;
    // Two practices of the same folder may arrive at the same time: one makes it.
    await tx.folder.createMany({
      data: [{ id, tenantId, key, label, createdAt: state.receivedAt ?? instant(0) }],
      skipDuplicates: true,
    });
  }
  await tx.practice.update({ where: { id: row.id }, data: { folderId: id } });
}
