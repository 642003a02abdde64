import { STATUS_LABELS } from '../../domain/practice/states';
import { formOf } from '../../forms/sections-form';
import { LANGUAGES, type Language, type ServiceDefinition } from '../services/definition';
import { statusesOfDefinition } from './service-statuses';

/**
 * A service as whoever may file it or works on it reads it: what it costs, how it goes, what it asks. Formulas and
 * rules of exemption stay inside: what somebody pays is asked with what they wrote (`quotes`).
 */
export function publicService(definition: ServiceDefinition) {
  const { code, version, name, summary, workflow, registration, rejectionNotice, termDays, integrationDays } =
    definition;
  const { access, payment, releasePayment, stamps, phases = [], attachments, switches, form } = definition;
  return {
    code,
    version,
    name,
    summary,
    category: definition.category ?? null,
    offices: [...definition.offices],
    access: {
      filers: [...access.filers],
      minimumLevel: access.minimumLevel,
      withoutLogin: access.withoutLogin,
    },
    workflow,
    registration,
    payment: payment
      ? {
          ...fee(payment),
          exemptions: payment.exemptions.map(({ label }) => label),
          windowMinutes: payment.windowMinutes,
          onExpiry: payment.onExpiry,
          reason: payment.reason,
        }
      : null,
    releasePayment: releasePayment
      ? {
          ...fee(releasePayment),
          on: [...releasePayment.on],
          windowMinutes: releasePayment.windowMinutes,
          onExpiry: releasePayment.onExpiry,
          reason: releasePayment.reason,
        }
      : null,
    stamps: { atRequest: stamps?.atRequest ?? null, atRelease: stamps?.atRelease ?? null },
    phases: phases.map(({ key, label, next, decisions }) => ({
      key,
      label,
      next: [...next],
      decisions: [...decisions],
    })),
    rejectionNotice,
    termDays,
    integrationDays,
    draftDays: definition.draftDays ?? null,
    folder: definition.folder.policy,
    switches: { ...switches },
    statuses: statusesOfDefinition(definition).map((status) => ({ status, label: STATUS_LABELS[status] })),
    languages: languagesOf(definition),
    attachments: { accept: [...attachments.accept], maxMegabytes: attachments.maxMegabytes },
    form: formOf(form),
  };
}

function fee({ amountCents }: { readonly amountCents?: number | undefined }) {
  return {
    kind: amountCents === undefined ? ('formula' as const) : ('fixed' as const),
    amountCents: amountCents ?? null,
  };
}

/** Languages in which the service has something of its own to say; Italian is always there. */
function languagesOf({ texts }: ServiceDefinition): Language[] {
  const own = new Set<string>(Object.values(texts).flatMap((byLanguage) => Object.keys(byLanguage ?? {})));
  return LANGUAGES.filter((language) => language === 'it' || own.has(language));
}
