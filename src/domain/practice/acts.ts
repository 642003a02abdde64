import type { Status } from './states';

/** Who may act. A person holds one role per tenant; what is possible also depends on service, office and assignment. */
export const ROLES = [
  'citizen',
  'professional',
  'delegate',
  'operator',
  'manager',
  'administrator',
  'auditor',
  'service',
] as const;

export type Role = (typeof ROLES)[number];

/** Roles as people read them. */
export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  citizen: 'cittadino',
  professional: 'professionista',
  delegate: 'delegato',
  operator: 'operatore',
  manager: 'responsabile',
  administrator: 'amministratore',
  auditor: 'revisore',
  service: 'servizio',
};

/** Role codes, separated by commas, as people read them. */
export function roleNames(codes: unknown): string {
  return String(codes)
    .split(', ')
    .map((code) => (Object.hasOwn(ROLE_LABELS, code) ? ROLE_LABELS[code as Role] : code))
    .join(', ');
}

/** What people can do to a practice. Every act reaches the workflow as an update of the same name. */
export const ACTS = [
  'createDraft',
  'deleteDraft',
  'submit',
  'provideStamps',
  'accept',
  'takeCharge',
  'takeOver',
  'assign',
  'requestIntegration',
  'answerIntegration',
  'acceptMessages',
  'cancelIntegration',
  'noticeRejection',
  'submitObservations',
  'approve',
  'approvePartially',
  'reject',
  'withdraw',
  'archive',
  'annul',
  'reopen',
  'retryRegistration',
] as const;

export type Act = (typeof ACTS)[number];

/** Switches of a service definition that turn an act off. */
export type Switch = 'withdraw' | 'integration' | 'partialApproval' | 'reopening' | 'rejectionNotice';

/** Who may do an act and under which conditions; where it may be done is in the transition table. */
export interface ActRule {
  readonly roles: readonly Role[];
  /** `assignee`: only who holds the practice. `applicant`: only who filed it. `anyone`: the role suffices. */
  readonly who: 'assignee' | 'applicant' | 'anyone';
  /** Whether the act must name the `actVersion` it was decided on, so that two officers can't cross. */
  readonly versioned: boolean;
  /** The act exists only where the service allows it. */
  readonly needs?: Switch;
}

const applicantRoles = ['citizen', 'professional', 'delegate'] as const;
const officeRoles = ['operator', 'manager'] as const;

/** One rule per act: the validator, the guard inside the lock, the API's links and the screens read the same table. */
export const ACT_RULES: Readonly<Record<Act, ActRule>> = {
  createDraft: { roles: applicantRoles, who: 'anyone', versioned: false },
  deleteDraft: { roles: applicantRoles, who: 'applicant', versioned: false },
  submit: { roles: applicantRoles, who: 'applicant', versioned: false },
  provideStamps: { roles: applicantRoles, who: 'applicant', versioned: false },
  accept: { roles: officeRoles, who: 'anyone', versioned: true },
  takeCharge: { roles: officeRoles, who: 'anyone', versioned: true },
  takeOver: { roles: officeRoles, who: 'anyone', versioned: true },
  assign: { roles: officeRoles, who: 'anyone', versioned: true },
  requestIntegration: { roles: officeRoles, who: 'assignee', versioned: true, needs: 'integration' },
  answerIntegration: { roles: applicantRoles, who: 'applicant', versioned: false },
  acceptMessages: { roles: officeRoles, who: 'assignee', versioned: true, needs: 'integration' },
  cancelIntegration: { roles: officeRoles, who: 'assignee', versioned: true, needs: 'integration' },
  noticeRejection: { roles: officeRoles, who: 'assignee', versioned: true, needs: 'rejectionNotice' },
  submitObservations: { roles: applicantRoles, who: 'applicant', versioned: false },
  approve: { roles: officeRoles, who: 'assignee', versioned: true },
  approvePartially: { roles: officeRoles, who: 'assignee', versioned: true, needs: 'partialApproval' },
  reject: { roles: officeRoles, who: 'assignee', versioned: true },
  withdraw: { roles: applicantRoles, who: 'applicant', versioned: false, needs: 'withdraw' },
  archive: { roles: officeRoles, who: 'assignee', versioned: true },
  annul: { roles: ['manager'], who: 'anyone', versioned: true },
  reopen: { roles: officeRoles, who: 'anyone', versioned: true, needs: 'reopening' },
  retryRegistration: { roles: ['operator', 'manager', 'administrator'], who: 'anyone', versioned: false },
};

/** Italian names of acts, as buttons and refusals say them. */
export const ACT_LABELS: Readonly<Record<Act, string>> = {
  createDraft: 'Inizia la domanda',
  deleteDraft: 'Elimina la bozza',
  submit: 'Invia',
  provideStamps: 'Indica i bolli',
  accept: 'Accetta allo sportello',
  takeCharge: 'Prendi in carico',
  takeOver: 'Subentra',
  assign: 'Assegna',
  requestIntegration: 'Richiedi integrazioni',
  answerIntegration: 'Rispondi alla richiesta di integrazioni',
  acceptMessages: 'Accetta i messaggi come integrazione',
  cancelIntegration: 'Annulla la richiesta di integrazioni',
  noticeRejection: 'Invia il preavviso di rigetto',
  submitObservations: 'Invia le osservazioni',
  approve: 'Approva',
  approvePartially: 'Approva in parte',
  reject: 'Rifiuta',
  withdraw: 'Ritira',
  archive: 'Archivia',
  annul: 'Annulla la pratica',
  reopen: 'Riapri',
  retryRegistration: 'Riprova la protocollazione',
};

/** A person who acts, as the workflow knows them: an opaque id and a role, no name. */
export interface Actor {
  readonly id: string;
  readonly role: Role;
}

/** Where an act may be done, computed once from the transition table. */
export type ActsByStatus = Readonly<Record<Status, readonly Act[]>>;
