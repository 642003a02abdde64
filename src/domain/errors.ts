/**
 * The catalogue of everything that can be refused: stable code, HTTP class, whether repeating helps, and the Italian
 * sentence and remedy. `docs/errors.md` is generated from it. Inside the engine a refusal is only code and parameters;
 * the sentence is built where somebody reads it.
 */
export type RefusalParams = Readonly<Record<string, string | number | boolean | null>>;

interface RefusalEntry {
  /** HTTP status used by our APIs. */
  readonly status: number;
  readonly title: string;
  /** True when the same request may succeed later without being changed. */
  readonly retryable: boolean;
  readonly sentence: (p: RefusalParams) => string;
  readonly remedy: (p: RefusalParams) => string;
}

const entry = (
  status: number,
  title: string,
  sentence: string | RefusalEntry['sentence'],
  remedy: string | RefusalEntry['remedy'],
  retryable = false,
): RefusalEntry => ({
  status,
  title,
  retryable,
  sentence: typeof sentence === 'string' ? () => sentence : sentence,
  remedy: typeof remedy === 'string' ? () => remedy : remedy,
});

export const REFUSALS = {
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
    (p) => `Il ruolo "${p['role']}" non può fare "${p['actLabel']}".`,
    (p) => `Serve uno di questi ruoli: ${p['roles']}.`,
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
  VALIDATION_FAILED: entry(
    422,
    'Dati da correggere',
    'Alcuni dati mancano o non sono corretti.',
    'Correggi i campi elencati in "errors" e ripeti.',
  ),
  MALFORMED_BODY: entry(
    400,
    'Richiesta non leggibile',
    (p) => `Il corpo della richiesta non è leggibile: ${p['reason']}.`,
    'Invia un documento JSON valido (o multipart/form-data per i file).',
  ),
  UNSUPPORTED_MEDIA_TYPE: entry(
    415,
    'Tipo di contenuto non accettato',
    (p) => `Il tipo di contenuto "${p['contentType']}" non è accettato qui.`,
    'Usa application/json, o multipart/form-data per i file.',
  ),
  BODY_TOO_LARGE: entry(
    413,
    'Richiesta troppo grande',
    (p) => `La richiesta supera il limite di ${p['maxBytes']} byte.`,
    'Riduci la richiesta; i file si caricano uno per volta.',
  ),
  IDEMPOTENCY_KEY_MISSING: entry(
    400,
    'Manca la chiave di idempotenza',
    'La richiesta non porta l’intestazione Idempotency-Key.',
    'Invia Idempotency-Key con un valore tuo, diverso per ogni azione e uguale quando ripeti la stessa (da 8 a 100 lettere, cifre, "-", "_", ".").',
  ),
  IDEMPOTENCY_KEY_REUSED: entry(
    422,
    'Chiave di idempotenza già usata',
    'Questa chiave di idempotenza è già stata usata con un’altra richiesta.',
    'Usa una chiave nuova per un’azione nuova; ripeti la stessa richiesta per avere la stessa risposta.',
  ),
  PRACTICE_NOT_FOUND: entry(
    404,
    'Pratica non trovata',
    'La pratica non esiste o non è visibile a te.',
    "Controlla l'indirizzo e l'utente con cui hai effettuato l'accesso.",
  ),
  SERVICE_NOT_FOUND: entry(
    404,
    'Servizio non trovato',
    (p) => `Il servizio "${p['service']}" non esiste o non è pubblicato.`,
    'Scegli uno dei servizi elencati in /api/v1/services.',
  ),
  ATTACHMENT_NOT_FOUND: entry(
    404,
    'Allegato non trovato',
    "L'allegato non esiste in questa pratica.",
    'Caricalo di nuovo e usa il nuovo identificativo.',
  ),
  DOCUMENT_NOT_FOUND: entry(
    404,
    'Documento non trovato',
    'Il documento non esiste in questa pratica, o non è ancora pronto.',
    'Guarda in /documents quali documenti ci sono.',
  ),
  COMMAND_NOT_FOUND: entry(
    404,
    'Richiesta non trovata',
    'Nessuna richiesta con questo identificativo.',
    "Usa l'indirizzo ricevuto nella risposta 202.",
  ),
  ROUTE_NOT_FOUND: entry(
    404,
    'Indirizzo inesistente',
    (p) => `Qui non risponde nulla: ${p['method']} ${p['path']}.`,
    'La descrizione delle interfacce è in /api/v1/openapi.json e in /docs.',
  ),
  DRAFT_FROZEN: entry(
    409,
    'Domanda non più modificabile',
    (p) => `La domanda è nello stato "${p['statusLabel']}" e non si può più modificare.`,
    'Se devi correggere qualcosa scrivi all’ufficio o attendi una richiesta di integrazioni.',
  ),
  FILE_TYPE_NOT_ALLOWED: entry(
    422,
    'Tipo di file non accettato',
    (p) => `Il file "${p['name']}" è di tipo ${p['found']}, che qui non è accettato.`,
    (p) => `Sono accettati: ${p['accepted']}.`,
  ),
  FILE_CONTENT_MISMATCH: entry(
    422,
    'Il contenuto del file non corrisponde al nome',
    (p) => `Il file "${p['name']}" si presenta come ${p['declared']} ma contiene ${p['found']}.`,
    'Salva il file nel formato giusto e caricalo di nuovo.',
  ),
  FILE_TOO_LARGE: entry(
    413,
    'File troppo grande',
    (p) => `Il file "${p['name']}" supera ${p['maxMegabytes']} MB.`,
    'Riduci il file (per esempio abbassa la risoluzione della foto) e caricalo di nuovo.',
  ),
  FILE_EMPTY: entry(
    422,
    'File vuoto',
    (p) => `Il file "${p['name']}" è vuoto.`,
    'Controlla il file e caricalo di nuovo.',
  ),
  FILE_MISSING: entry(
    422,
    'Manca il file',
    'La richiesta non contiene alcun file.',
    'Invia il file come parte "file" di multipart/form-data.',
  ),
  UNAUTHENTICATED: entry(
    401,
    'Accesso necessario',
    'Manca un accesso valido: il token non c’è, è scaduto o è stato revocato.',
    'Ottieni un token con POST /api/v1/tokens e invialo in Authorization: Bearer.',
  ),
  WRONG_CREDENTIALS: entry(
    401,
    'Credenziali non valide',
    'Nome utente o password non corretti.',
    'Controlla i dati e riprova; dopo cinque tentativi l’accesso è sospeso per alcuni minuti.',
  ),
  FORBIDDEN: entry(
    403,
    'Non consentito',
    (p) => `Il ruolo "${p['role']}" non può usare questa risorsa.`,
    (p) => `Serve uno di questi ruoli: ${p['roles']}.`,
  ),
  CALLBACK_REFUSED: entry(
    401,
    'Notifica non riconosciuta',
    'La firma della notifica non è valida.',
    'Controlla il segreto condiviso e l’orologio di chi invia.',
  ),
  TOO_MANY_REQUESTS: entry(
    429,
    'Troppe richieste',
    'Hai inviato troppe richieste in poco tempo.',
    (p) => `Riprova tra ${p['retryAfterSeconds']} secondi.`,
    true,
  ),
  UNAVAILABLE: entry(
    503,
    'Servizio momentaneamente non disponibile',
    'Una parte del sistema non risponde; nulla è andato perso.',
    'Riprova tra qualche minuto con la stessa chiave di idempotenza.',
    true,
  ),
  INTERNAL: entry(
    500,
    'Errore imprevisto',
    'Si è verificato un errore imprevisto; è stato registrato.',
    'Riprova con la stessa chiave di idempotenza; se si ripete, comunica il codice "instance" all’assistenza.',
    true,
  ),
} as const satisfies Record<string, RefusalEntry>;

export type RefusalCode = keyof typeof REFUSALS;

/** What the engine answers when something may not be done: a code and its parameters, no text. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly params: RefusalParams;
}

/** Builds a refusal. */
export function refusal(code: RefusalCode, params: RefusalParams = {}): Refusal {
  return { code, params };
}

/** One wrong field: where it is, which rule it breaks, what to do. */
export interface FieldError {
  /** Dotted path in the request: `data.applicant.taxCode`. */
  readonly path: string;
  /** Stable rule name: `required`, `taxCode`, `tooLong` … */
  readonly rule: string;
  readonly message: string;
}

/** A refusal thrown by use cases; the API turns it into a problem document. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    readonly refusal: Refusal,
    readonly fields: readonly FieldError[] = [],
  ) {
    super(`${refusal.code}: ${REFUSALS[refusal.code].sentence(refusal.params)}`);
  }
}

/** Throws a refusal; `never` so that callers need no return after it. */
export function refuse(code: RefusalCode, params: RefusalParams = {}, fields: readonly FieldError[] = []): never {
  throw new RefusedError(refusal(code, params), fields);
}
