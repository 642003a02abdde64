import { roleNames } from '../practice/acts';
import { entry, type RefusalEntry } from './entry';

/** What a request can be refused for before it becomes an act: form, files, access, addresses. */
export const REQUEST_REFUSALS = {
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
    'L’intestazione Idempotency-Key manca o non ha la forma giusta.',
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
    (p) => `Il ruolo "${roleNames(p['role'])}" non può usare questa risorsa.`,
    (p) => `Serve uno di questi ruoli: ${roleNames(p['roles'])}.`,
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
