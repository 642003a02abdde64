import type { AttentionReason, Priority } from '../../domain/practice/events';

/** Words of lists and exports, as officers and citizens read them. */
export const PRIORITY_LABELS: Readonly<Record<Priority, string>> = { high: 'Alta', medium: 'Media', low: 'Bassa' };

export const AUTHOR_KINDS = ['citizen', 'professional', 'delegate', 'operator'] as const;
export type AuthorKind = (typeof AUTHOR_KINDS)[number];
export const AUTHOR_LABELS: Readonly<Record<AuthorKind, string>> = {
  citizen: 'Cittadino',
  professional: 'Professionista',
  delegate: 'Delegato',
  operator: 'Operatore',
};

export const ATTENTION_LABELS: Readonly<Record<AttentionReason, string>> = {
  registrationUncertain: 'protocollazione dall’esito incerto',
  registrationRejected: 'protocollazione rifiutata',
  paymentUnmatched: 'pagamento da verificare',
  positionRefused: 'pagamento non creato',
  deliveryFailed: 'messaggio non consegnato',
  termPassed: 'termine superato',
};

/** In the place of a registration number. Null while there is nothing to register yet, or never was. */
export function registrationText(row: {
  readonly registration: string | null;
  readonly receivedAt: Date | null;
  readonly needed: boolean;
}): string | null {
  if (row.registration !== null) return row.registration;
  if (!row.needed) return '(non necessario)';
  return row.receivedAt ? 'In attesa di protocollazione' : null;
}
