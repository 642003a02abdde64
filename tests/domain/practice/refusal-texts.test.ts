import { ACT_REFUSALS } from '../../../src/domain/refusals/acts';

/** Code, HTTP status, whether repeating helps, parameters; then the sentence; then the remedy. */
const READ = `
ACT_NOT_ALLOWED_IN_STATE 409 final {"actLabel":"Ritira","statusLabel":"Elaborata","allowedIn":"Protocollata, In carico"}
"Ritira" non è possibile: la pratica è nello stato "Elaborata".
Si può fare quando la pratica è: Protocollata, In carico. Ricarica la pratica per vedere che cosa è cambiato.

ACT_DISABLED_BY_SERVICE 409 final {"actLabel":"Ritira"}
Il servizio non prevede "Ritira".
Chiedi all'amministratore se l'azione va attivata per questo servizio.

PRACTICE_CLOSED 409 final {"actLabel":"Ritira","statusLabel":"Accettata"}
La pratica è conclusa con lo stato "Accettata": "Ritira" non è più possibile.
Documenti, messaggi e pagamenti restano consultabili. Per una nuova esigenza presenta una nuova domanda.

NOT_ASSIGNEE 403 final {"actLabel":"Approva","held":true}
"Approva" spetta solo a chi ha in carico la pratica.
Subentra nella pratica, poi ripeti l’azione.

ALREADY_IN_CHARGE 409 final {}
La pratica è già in carico a un operatore.
Se devi occupartene tu, subentra.

ALREADY_YOURS 409 final {}
La pratica è già in carico a te.
Non serve altro: puoi lavorare la pratica.

NOBODY_IN_CHARGE 409 final {}
La pratica non è in carico a nessun operatore.
Prendi in carico la pratica.

NOT_REGISTERED_YET 409 retryable {"actLabel":"Assegna"}
"Assegna" sarà possibile quando la domanda avrà il numero di protocollo.
Attendi la protocollazione; se richiede attenzione, risolvi prima quella.

NOT_OF_THE_OFFICE 403 final {"office":"Edilizia"}
La pratica è assegnata all’ufficio "Edilizia": solo chi ne fa parte può farlo.
Chiedi a quell’ufficio di assegnarla al tuo.

ASSIGNEE_UNKNOWN 422 final {"given":"anagrafe"}
"anagrafe" non può ricevere questa pratica.
Scegli un operatore abilitato o un ufficio tra quelli che gestiscono il servizio (/api/v1/operators, /api/v1/offices).

PHASE_NOT_NEXT 409 final {"phase":"review","next":"opinions, decision"}
Dalla fase attuale non si può passare a "review".
Puoi passare a: opinions, decision.

PHASE_NOT_DECIDING 409 final {"phaseLabel":"Preistruttoria","actLabel":"Approva"}
Nella fase "Preistruttoria" non si può fare "Approva".
Porta prima la pratica nella fase in cui si decide.

REJECTION_NOTICE_REQUIRED 409 final {}
Prima di rifiutare il servizio richiede il preavviso di rigetto (art. 10-bis, legge 241/1990).
Invia il preavviso e attendi le osservazioni o la scadenza, oppure indica il motivo di esonero previsto dalla legge in "noticeWaiver".

ALREADY_NOTICED 409 final {}
Il preavviso di rigetto è già stato inviato per questa pratica.
Valuta le osservazioni, se ci sono, e decidi.

NOTICE_NOT_SENT_YET 409 retryable {}
Il preavviso di rigetto è in preparazione: le osservazioni si possono inviare quando è protocollato.
Riprova tra qualche minuto.

NOTHING_TO_RETRY 409 final {"actLabel":"Riprova la protocollazione"}
"Riprova la protocollazione" non serve: nulla è in errore.
Ricarica la pratica per vedere il suo stato.

DRAFT_HAS_MONEY 409 final {}
La domanda non si può eliminare perché è collegata a un pagamento.
Inviala, oppure scrivi all’ufficio per il rimborso.

WITHDRAW_AFTER_PAYMENT 409 final {}
La domanda non si può ritirare perché è già stata pagata.
Scrivi all’ufficio: solo l’ufficio può annullarla e rimborsare.

WITHDRAW_BEFORE_REGISTRATION 409 retryable {"minutes":30}
La domanda è in attesa di protocollazione: si può ritirare appena ha il numero.
Riprova tra poco; se il protocollo non risponde entro 30 minuti potrai ritirarla comunque.

STAMPS_COUNT 422 final {"needed":2,"given":1}
Servono 2 bolli; ne hai indicati 1.
Indica un numero identificativo diverso per ogni bollo richiesto.

STAMP_ALREADY_USED 409 final {"number":"01234567890123"}
Il bollo 01234567890123 è già stato usato per un'altra pratica.
Ogni marca da bollo vale una volta sola: usane un’altra.

IDENTITY_TOO_WEAK 403 final {"needed":2,"given":1}
Questo servizio richiede un accesso di livello 2; il tuo è di livello 1.
Esci ed entra di nuovo con SPID, CIE o CNS del livello richiesto.

FILER_NOT_ALLOWED 403 final {"role":"delegate","roles":"citizen, professional"}
Questo servizio non può essere richiesto da: delegato.
Può richiederlo: cittadino, professionista.

NOT_APPLICANT 403 final {"actLabel":"Ritira"}
"Ritira" spetta solo a chi ha presentato la domanda.
Accedi con l’identità del richiedente o di un suo delegato.

ROLE_NOT_ALLOWED 403 final {"actLabel":"Ritira","role":"operator","roles":"citizen, professional, delegate"}
Il ruolo "operatore" non può fare "Ritira".
Serve uno di questi ruoli: cittadino, professionista, delegato.

OFFICE_NOT_ENTITLED 403 final {}
Il tuo ufficio non gestisce questo servizio.
Chiedi al responsabile di abilitare il tuo ufficio al servizio.

STALE_VERSION 409 final {"given":3,"actual":5}
Hai deciso sulla versione 3 della pratica, ma ora è alla versione 5.
Ricarica la pratica, guarda che cosa è cambiato e ripeti l’azione se serve ancora.

VERSION_REQUIRED 422 final {"actLabel":"Approva"}
"Approva" deve indicare la versione della pratica su cui decidi.
Invia nel corpo il campo actVersion letto dalla pratica.

DEADLINE_PASSED 409 final {"expiresAt":"25/12/2026, 00:00","receivedAt":"25/12/2026, 08:30"}
Il termine è scaduto il 25/12/2026, 00:00; la richiesta è arrivata il 25/12/2026, 08:30.
Scrivi un messaggio all’ufficio o presenta una nuova domanda.

ALREADY_SUBMITTED 409 final {}
La domanda è già stata inviata.
Apri la pratica: trovi la ricevuta e lo stato di avanzamento.

DRAFT_CHANGED 409 final {"given":3,"actual":5}
Hai scritto sulla versione 3 della bozza, ma ora è alla versione 5.
Ricarica la bozza, confronta le due versioni e salva di nuovo.

DRAFT_FROZEN 409 final {"statusLabel":"Inviata"}
La domanda è nello stato "Inviata" e non si può più modificare.
Se devi correggere qualcosa scrivi all’ufficio o attendi una richiesta di integrazioni.
`;

type Code = keyof typeof ACT_REFUSALS;
const rows = READ.trim()
  .split('\n\n')
  .map((block) => {
    const [header = '', ...texts] = block.split('\n');
    const [, code = '', status, kind, params = ''] = /^(\S+) (\d+) (\S+) (.*)$/.exec(header) ?? [];
    return { code: code as Code, params: JSON.parse(params), read: [Number(status), kind === 'retryable', ...texts] };
  });

test.each(rows)('$code says what is wrong and what to do', ({ code, params, read }) => {
  const { status, retryable, sentence, remedy } = ACT_REFUSALS[code];
  expect([status, retryable, sentence(params), remedy(params)]).toEqual(read);
});

test('every refusal of an act is in this table', () => {
  expect(rows.map(({ code }) => code).sort()).toEqual((Object.keys(ACT_REFUSALS) as Code[]).sort());
});

test.each([
  ['NOT_ASSIGNEE', { actLabel: 'Approva', held: false }, 'Prendi in carico la pratica, poi ripeti l’azione.'],
  ['PHASE_NOT_NEXT', { phase: 'review', next: '' }, 'La fase attuale è l’ultima.'],
  ['ACT_NOT_ALLOWED_IN_STATE', { allowedIn: '' }, 'Ricarica la pratica per vedere che cosa è cambiato.'],
] as const)('%s has another remedy when %j', (code, params, remedy) => {
  expect(ACT_REFUSALS[code].remedy(params)).toBe(remedy);
});
