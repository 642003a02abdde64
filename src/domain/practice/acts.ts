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
  'reportPayment',
  'retryPayment',
  'recordCounterPayment',
  'accept',
  'takeCharge',
  'takeOver',
  'assign',
  'release',
  'setPriority',
  'changePhase',
  'communicateStart',
  'requestIntegration',
  'answerIntegration',
  'acceptMessages',
  'cancelIntegration',
  'noticeRejection',
  'submitObservations',
  'approve',
  'approvePartially',
  'reject',
  'communicate',
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
  /**
   * `assignee`: only who holds the practice. `applicant`: only whose practice it is. `filer`: the applicant, or the
   * operator who opened the draft for them. `anyone`: the role suffices.
   */
  readonly who: 'assignee' | 'applicant' | 'filer' | 'anyone';
  /** Whether the act must name the `actVersion` it was decided on, so that two officers can't cross. */
  readonly versioned: boolean;
  /** The act exists only where the service allows it. */
  readonly needs?: Switch;
}

const applicantRoles = ['citizen', 'professional', 'delegate'] as const;
const officeRoles = ['operator', 'manager'] as const;
const everyFiler = [...applicantRoles, ...officeRoles] as const;
const byAssignee = { roles: officeRoles, who: 'assignee', versioned: true } as const;
const byOffice = { roles: officeRoles, who: 'anyone', versioned: true } as const;
const byApplicant = { roles: applicantRoles, who: 'applicant', versioned: false } as const;

/** One rule per act: the validator, the guard inside the lock, the API's links and the screens read the same table. */
export const ACT_RULES: Readonly<Record<Act, ActRule>> = {
  createDraft: { roles: everyFiler, who: 'anyone', versioned: false },
  deleteDraft: { roles: everyFiler, who: 'filer', versioned: false },
  submit: { roles: everyFiler, who: 'filer', versioned: false },
  provideStamps: byApplicant,
  reportPayment: byApplicant,
  retryPayment: { roles: everyFiler, who: 'anyone', versioned: false },
  recordCounterPayment: byOffice,
  accept: byOffice,
  takeCharge: byOffice,
  takeOver: byOffice,
  assign: byOffice,
  release: byAssignee,
  setPriority: { roles: officeRoles, who: 'anyone', versioned: false },
  changePhase: byAssignee,
  communicateStart: byAssignee,
  requestIntegration: { ...byAssignee, needs: 'integration' },
  answerIntegration: byApplicant,
  acceptMessages: { ...byAssignee, needs: 'integration' },
  cancelIntegration: { ...byAssignee, needs: 'integration' },
  noticeRejection: { ...byAssignee, needs: 'rejectionNotice' },
  submitObservations: byApplicant,
  approve: byAssignee,
  approvePartially: { ...byAssignee, needs: 'partialApproval' },
  reject: byAssignee,
  communicate: byAssignee,
  withdraw: { ...byApplicant, needs: 'withdraw' },
  archive: byAssignee,
  annul: { roles: ['manager'], who: 'anyone', versioned: true },
  reopen: { ...byOffice, needs: 'reopening' },
  retryRegistration: { roles: ['operator', 'manager', 'administrator'], who: 'anyone', versioned: false },
};

/** Italian names of acts, as buttons and refusals say them. */
export const ACT_LABELS: Readonly<Record<Act, string>> = {
  createDraft: 'Inizia la domanda',
  deleteDraft: 'Elimina la bozza',
  submit: 'Invia',
  provideStamps: 'Indica i bolli',
  reportPayment: 'Segnala il pagamento',
  retryPayment: 'Riprova a creare il pagamento',
  recordCounterPayment: 'Registra il pagamento allo sportello',
  accept: 'Accetta allo sportello',
  takeCharge: 'Prendi in carico',
  takeOver: 'Subentra',
  assign: 'Assegna',
  release: 'Rilascia',
  setPriority: 'Cambia la priorità',
  changePhase: 'Cambia la fase',
  communicateStart: 'Comunica l’avvio del procedimento',
  requestIntegration: 'Richiedi integrazioni',
  answerIntegration: 'Rispondi alla richiesta di integrazioni',
  acceptMessages: 'Accetta i messaggi come integrazione',
  cancelIntegration: 'Annulla la richiesta di integrazioni',
  noticeRejection: 'Invia il preavviso di rigetto',
  submitObservations: 'Invia le osservazioni',
  approve: 'Approva',
  approvePartially: 'Approva in parte',
  reject: 'Rifiuta',
  communicate: 'Invia una comunicazione',
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
