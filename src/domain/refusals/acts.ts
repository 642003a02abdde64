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
  ACT_NOT_AVAILABLE: entry(
    409,
    'Azione non disponibile',
    (p) => `"${p['actLabel']}" non è disponibile in questa versione.`,
    'Usa una delle azioni elencate tra quelle possibili della pratica.',
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
    'Subentra nella pratica, poi ripeti l’azione.',
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
  DRAFT_FROZEN: entry(
    409,
    'Domanda non più modificabile',
    (p) => `La domanda è nello stato "${p['statusLabel']}" e non si può più modificare.`,
    'Se devi correggere qualcosa scrivi all’ufficio o attendi una richiesta di integrazioni.',
  ),
} as const satisfies Record<string, RefusalEntry>;
