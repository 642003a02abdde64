import { roleNames } from '../practice/acts';
import { entry, type RefusalEntry } from './entry';

/** What an act on a practice can be refused for. */
export const ACT_REFUSALS = {
  ACT_NOT_ALLOWED_IN_STATE: entry(
    409,
    'Azione non possibile in questo stato',
    (p) => `"${p['actLabel']}" non è possibile: la pratica è nello stato "${p['statusLabel']}".`,
    (p) =>
      p['allowedIn']
        ? `Si può fare quando la pratica è: ${p['allowedIn']}. Ricarica la pratica per vedere che cosa è cambiato.`
        : 'Ricarica la pratica per vedere che cosa è cambiato.',
  ),
  ACT_DISABLED_BY_SERVICE: entry(
    409,
    'Azione non prevista dal servizio',
    (p) => `Il servizio non prevede "${p['actLabel']}".`,
    "Chiedi all'amministratore se l'azione va attivata per questo servizio.",
  ),
  PRACTICE_CLOSED: entry(
    409,
    'Pratica conclusa',
    (p) => `La pratica è conclusa con lo stato "${p['statusLabel']}": "${p['actLabel']}" non è più possibile.`,
    'Documenti, messaggi e pagamenti restano consultabili. Per una nuova esigenza presenta una nuova domanda.',
  ),
  NOT_ASSIGNEE: entry(
    403,
    'Pratica in carico a un altro operatore',
    (p) => `"${p['actLabel']}" spetta solo a chi ha in carico la pratica.`,
    (p) => `${p['held'] === false ? 'Prendi in carico la' : 'Subentra nella'} pratica, poi ripeti l’azione.`,
  ),
  ALREADY_IN_CHARGE: entry(
    409,
    'Pratica già in carico',
    'La pratica è già in carico a un operatore.',
    'Se devi occupartene tu, subentra.',
  ),
  ALREADY_YOURS: entry(
    409,
    'Pratica già in carico a te',
    'La pratica è già in carico a te.',
    'Non serve altro: puoi lavorare la pratica.',
  ),
  NOBODY_IN_CHARGE: entry(
    409,
    'Pratica in carico a nessuno',
    'La pratica non è in carico a nessun operatore.',
    'Prendi in carico la pratica.',
  ),
  NOT_REGISTERED_YET: entry(
    409,
    'Pratica non ancora protocollata',
    (p) => `"${p['actLabel']}" sarà possibile quando la domanda avrà il numero di protocollo.`,
    'Attendi la protocollazione; se richiede attenzione, risolvi prima quella.',
    true,
  ),
  NOT_OF_THE_OFFICE: entry(
    403,
    'Pratica assegnata a un altro ufficio',
    (p) => `La pratica è assegnata all’ufficio "${p['office']}": solo chi ne fa parte può farlo.`,
    'Chiedi a quell’ufficio di assegnarla al tuo.',
  ),
  ASSIGNEE_UNKNOWN: entry(
    422,
    'Assegnatario non valido',
    (p) => `"${p['given']}" non può ricevere questa pratica.`,
    'Scegli un operatore abilitato o un ufficio tra quelli che gestiscono il servizio (/api/v1/operators, /api/v1/offices).',
  ),
  PHASE_NOT_NEXT: entry(
    409,
    'Fase non raggiungibile',
    (p) => `Dalla fase attuale non si può passare a "${p['phase']}".`,
    (p) => (p['next'] ? `Puoi passare a: ${p['next']}.` : 'La fase attuale è l’ultima.'),
  ),
  PHASE_NOT_DECIDING: entry(
    409,
    'Decisione non possibile in questa fase',
    (p) => `Nella fase "${p['phaseLabel']}" non si può fare "${p['actLabel']}".`,
    'Porta prima la pratica nella fase in cui si decide.',
  ),
  REJECTION_NOTICE_REQUIRED: entry(
    409,
    'Manca il preavviso di rigetto',
    'Prima di rifiutare il servizio richiede il preavviso di rigetto (art. 10-bis, legge 241/1990).',
    'Invia il preavviso e attendi le osservazioni o la scadenza, oppure indica il motivo di esonero previsto dalla legge in "noticeWaiver".',
  ),
  ALREADY_NOTICED: entry(
    409,
    'Preavviso di rigetto già inviato',
    'Il preavviso di rigetto è già stato inviato per questa pratica.',
    'Valuta le osservazioni, se ci sono, e decidi.',
  ),
  NOTICE_NOT_SENT_YET: entry(
    409,
    'Preavviso non ancora inviato',
    'Il preavviso di rigetto è in preparazione: le osservazioni si possono inviare quando è protocollato.',
    'Riprova tra qualche minuto.',
    true,
  ),
  NOTHING_TO_RETRY: entry(
    409,
    'Nulla da riprovare',
    (p) => `"${p['actLabel']}" non serve: nulla è in errore.`,
    'Ricarica la pratica per vedere il suo stato.',
  ),
  DRAFT_HAS_MONEY: entry(
    409,
    'La domanda ha un pagamento',
    'La domanda non si può eliminare perché è collegata a un pagamento.',
    'Inviala, oppure scrivi all’ufficio per il rimborso.',
  ),
  WITHDRAW_AFTER_PAYMENT: entry(
    409,
    'Ritiro non possibile dopo il pagamento',
    'La domanda non si può ritirare perché è già stata pagata.',
    'Scrivi all’ufficio: solo l’ufficio può annullarla e rimborsare.',
  ),
  WITHDRAW_BEFORE_REGISTRATION: entry(
    409,
    'Ritiro non ancora possibile',
    'La domanda è in attesa di protocollazione: si può ritirare appena ha il numero.',
    (p) => `Riprova tra poco; se il protocollo non risponde entro ${p['minutes']} minuti potrai ritirarla comunque.`,
    true,
  ),
  STAMPS_COUNT: entry(
    422,
    'Numero di bolli non corretto',
    (p) => `Servono ${p['needed']} bolli; ne hai indicati ${p['given']}.`,
    'Indica un numero identificativo diverso per ogni bollo richiesto.',
  ),
  STAMP_ALREADY_USED: entry(
    409,
    'Bollo già usato',
    (p) => `Il bollo ${p['number']} è già stato usato per un'altra pratica.`,
    'Ogni marca da bollo vale una volta sola: usane un’altra.',
  ),
  IDENTITY_TOO_WEAK: entry(
    403,
    'Serve un accesso più sicuro',
    (p) => `Questo servizio richiede un accesso di livello ${p['needed']}; il tuo è di livello ${p['given']}.`,
    'Esci ed entra di nuovo con SPID, CIE o CNS del livello richiesto.',
  ),
  FILER_NOT_ALLOWED: entry(
    403,
    'Chi presenta la domanda non è ammesso',
    (p) => `Questo servizio non può essere richiesto da: ${roleNames(p['role'])}.`,
    (p) => `Può richiederlo: ${roleNames(p['roles'])}.`,
  ),
  NOT_APPLICANT: entry(
    403,
    'Azione riservata al richiedente',
    (p) => `"${p['actLabel']}" spetta solo a chi ha presentato la domanda.`,
    'Accedi con l’identità del richiedente o di un suo delegato.',
  ),
  ROLE_NOT_ALLOWED: entry(
    403,
    'Ruolo non abilitato',
    (p) => `Il ruolo "${roleNames(p['role'])}" non può fare "${p['actLabel']}".`,
    (p) => `Serve uno di questi ruoli: ${roleNames(p['roles'])}.`,
  ),
  OFFICE_NOT_ENTITLED: entry(
    403,
    'Ufficio non competente',
    'Il tuo ufficio non gestisce questo servizio.',
    'Chiedi al responsabile di abilitare il tuo ufficio al servizio.',
  ),
  STALE_VERSION: entry(
    409,
    'La pratica è cambiata nel frattempo',
    (p) => `Hai deciso sulla versione ${p['given']} della pratica, ma ora è alla versione ${p['actual']}.`,
    'Ricarica la pratica, guarda che cosa è cambiato e ripeti l’azione se serve ancora.',
  ),
  VERSION_REQUIRED: entry(
    422,
    'Manca la versione della pratica',
    (p) => `"${p['actLabel']}" deve indicare la versione della pratica su cui decidi.`,
    'Invia nel corpo il campo actVersion letto dalla pratica.',
  ),
  DEADLINE_PASSED: entry(
    409,
    'Termine scaduto',
    (p) => `Il termine è scaduto il ${p['expiresAt']}; la richiesta è arrivata il ${p['receivedAt']}.`,
    'Scrivi un messaggio all’ufficio o presenta una nuova domanda.',
  ),
  ALREADY_SUBMITTED: entry(
    409,
    'Domanda già inviata',
    'La domanda è già stata inviata.',
    'Apri la pratica: trovi la ricevuta e lo stato di avanzamento.',
  ),
  DRAFT_CHANGED: entry(
    409,
    'Bozza cambiata nel frattempo',
    (p) => `Hai scritto sulla versione ${p['given']} della bozza, ma ora è alla versione ${p['actual']}.`,
    'Ricarica la bozza, confronta le due versioni e salva di nuovo.',
  ),
  DRAFT_FROZEN: entry(
    409,
    'Domanda non più modificabile',
    (p) => `La domanda è nello stato "${p['statusLabel']}" e non si può più modificare.`,
    'Se devi correggere qualcosa scrivi all’ufficio o attendi una richiesta di integrazioni.',
  ),
} as const satisfies Record<string, RefusalEntry>;
