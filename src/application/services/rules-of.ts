import type { ProcedureRules } from '../../domain/practice/rules';
import type { ServiceDefinition } from './definition';

/** What a practice carries of its service: no texts, no form. */
export function rulesOf(definition: ServiceDefinition): ProcedureRules {
  const { payment, releasePayment, phases, draftDays, rejectionNotice } = definition;
  return {
    service: definition.code,
    version: definition.version,
    codePrefix: definition.codePrefix,
    workflow: definition.workflow,
    registration: definition.registration,
    termDays: definition.termDays,
    integrationDays: definition.integrationDays,
    switches: { ...definition.switches, rejectionNotice: rejectionNotice !== 'none' },
    ...(payment && {
      payment: {
        ...(payment.amountCents !== undefined && { amountCents: payment.amountCents }),
        windowMinutes: payment.windowMinutes,
        onExpiry: payment.onExpiry,
      },
    }),
    ...(releasePayment && {
      releasePayment: { windowMinutes: releasePayment.windowMinutes, onExpiry: releasePayment.onExpiry },
    }),
    ...(phases && { phases }),
    ...(rejectionNotice === 'required' && { noticeRequired: true as const }),
    ...(draftDays !== undefined && { draftDays }),
  };
}
