import type { Act } from '../domain/practice/acts';

/**
 * A body of each act as an integrator would send it, shown in the OpenAPI description. Tests send every one of them. Acts
 * that are missing here need no body.
 */
export const ACT_EXAMPLES: Readonly<Partial<Record<Act, object>>> = {
  provideStamps: { stamps: [{ number: '01234567890123', issuedOn: '2026-11-20' }] },
  recordCounterPayment: { reason: 'Pagato in contanti alla cassa dello sportello.', tellApplicant: false },
  withdraw: { reason: 'Il trasloco è stato rinviato.' },
  accept: {},
  takeCharge: {},
  takeOver: {},
  assign: { office: 'mobilita', note: 'Di competenza della mobilità.' },
  release: { note: 'Assente fino a lunedì.' },
  setPriority: { priority: 'high' },
  changePhase: { phase: 'istruttoria', note: 'Documenti completi.' },
  communicateStart: { message: 'Il responsabile è reperibile il martedì mattina.' },
  requestIntegration: {
    message: 'Serve una foto del veicolo in cui si legga la targa.',
    fields: ['vehicle.plate'],
    documents: [{ key: 'photo', label: 'Foto del veicolo' }],
  },
  acceptMessages: { messages: ['01a20f00-0000-7000-8000-000000000001'] },
  cancelIntegration: { reason: 'Il documento era già allegato.' },
  noticeRejection: { message: 'Il veicolo non risulta intestato al richiedente.' },
  submitObservations: { message: 'Il veicolo è in leasing: il contratto è allegato alla domanda.' },
  approve: { message: 'Il permesso è valido per un anno.', stamps: 0, feeCents: 0 },
  approvePartially: { message: 'Si concede per sei mesi e non per un anno.' },
  reject: {
    message: 'Il veicolo non risulta intestato al richiedente.',
    noticeWaiver: { reason: 'competitiveProcedure', text: 'Graduatoria di una procedura concorsuale.' },
  },
  communicate: {
    to: 'office',
    recipient: { name: 'Polizia locale', email: 'polizia.locale@bugliano.example' },
    subject: 'Richiesta di parere',
    message: 'Si chiede il parere di competenza entro dieci giorni.',
  },
  archive: { message: 'Il richiedente non ha più interesse.' },
  annul: { message: 'Rilasciata per errore: annullata d’ufficio.' },
  reopen: { message: 'Si riesamina su segnalazione del richiedente.' },
};
