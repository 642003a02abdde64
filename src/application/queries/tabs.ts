import type { Status } from '../../domain/practice/states';

/**
 * The tabs under which citizens find their practices. Every state stands under exactly one, so that no practice is
 * lost between two of them; what ended without a decision stands where its applicant would look for it.
 */
export const TABS = {
  drafts: ['draft'],
  sent: [
    'awaitingStamps',
    'awaitingPayment',
    'awaitingOutcome',
    'submitted',
    'received',
    'toAccept',
    'registering',
    'registered',
    'inCharge',
    'integrationRequested',
    'integrationReceived',
    'rejectionNoticed',
    'deciding',
    'awaitingFinalStamps',
    'awaitingFinalPayment',
    'registeringOutcome',
  ],
  approved: ['approved', 'partiallyApproved'],
  rejected: ['rejected', 'archived'],
  toIntegrate: ['awaitingIntegration'],
  withdrawn: ['withdrawn', 'annulled', 'expired'],
} as const satisfies Record<string, readonly Status[]>;

export type Tab = keyof typeof TABS;
export const TAB_NAMES = Object.keys(TABS) as [Tab, ...Tab[]];
