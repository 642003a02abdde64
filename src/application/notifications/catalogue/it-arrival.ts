import { type ArrivalKey, type Wordings, when } from '../wording';

export const NUMBER = 'Il numero della pratica è {{practice.code}}.';
export const ANSWER_BY = 'Riceverai risposta entro il {{practice.answerBy}}.';
export const FOLLOW = 'Segui la pratica';
export const OPEN = 'Apri la pratica';
const REASON = 'Causale: {{payment.reason}}.';
const PAY_BY = 'Puoi pagare fino al {{payment.expiresAt}}.';
const PAY = 'Vai al pagamento';
const STAMPS = 'Marche da bollo da indicare: {{stamps.count}}.';
const STAMPS_HOW =
  'Di ogni marca scrivi nella pratica il numero, di 14 cifre. Poi conservala: l’ufficio può chiederti di mostrarla.';
const STAMPS_ACTION = 'Indica le marche da bollo';

/** Italian texts until the office has the application in its hands. */
export const ITALIAN_ARRIVAL: Wordings<ArrivalKey> = {
  submitted: {
    subject: ['Ricevuta di presentazione'],
    lines: [
      'Abbiamo ricevuto la tua domanda «{{service.name}}».',
      NUMBER,
      'Questa è la ricevuta di presentazione, non è l’esito.',
      when('attached', 'Trovi in allegato la ricevuta e la domanda che hai compilato.'),
      'Abbiamo ricevuto anche il tuo pagamento di {{payment.amount}}, il {{payment.paidAt}}. Causale: {{payment.reason}}.',
      'IUV del pagamento: {{payment.iuv}}. Ricevuta del pagamento: {{payment.receipt}}.',
      when('atCounter', 'Il pagamento è stato registrato dall’ufficio.'),
      '{{personal.message}}',
      when(
        'nextRegistered',
        'Che cosa succede ora: la domanda viene protocollata e poi presa in carico da un ufficio. Ti scriviamo a ogni passaggio.',
      ),
      when(
        'nextAccepted',
        'Che cosa succede ora: lo sportello controlla la domanda. Quando la accetta ti comunica il numero della pratica e quello di protocollo.',
      ),
      when('nextTaken', 'Che cosa succede ora: un ufficio prende in carico la domanda. Ti scriviamo a ogni passaggio.'),
      when(
        'nextForwarded',
        'Che cosa succede ora: passiamo la domanda all’ufficio che la gestisce, e la risposta arriva da lì.',
      ),
      when('nextNothing', 'Che cosa succede ora: non devi fare altro.'),
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  registered: {
    subject: ['Domanda protocollata'],
    lines: [
      'La tua domanda «{{service.name}}» è stata protocollata con il numero {{practice.registration}}.',
      NUMBER,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  accepted: {
    subject: ['Domanda accettata allo sportello'],
    lines: [
      'Lo sportello ha accettato la tua domanda «{{service.name}}»: ora l’ufficio {{office.name}} la esamina. Non è ancora l’esito.',
      NUMBER,
      'Il numero di protocollo è {{practice.registration}}.',
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  awaitingStamps: {
    subject: ['Servono marche da bollo'],
    lines: [
      'La tua domanda «{{service.name}}» è in attesa delle marche da bollo: non è ancora presentata.',
      'Numero della richiesta: {{practice.number}}.',
      STAMPS,
      STAMPS_HOW,
    ],
    action: STAMPS_ACTION,
  },
  awaitingFinalStamps: {
    subject: ['Servono marche da bollo'],
    lines: [
      'L’ufficio ha elaborato la tua domanda «{{service.name}}». Per ricevere il documento servono marche da bollo.',
      NUMBER,
      STAMPS,
      STAMPS_HOW,
    ],
    action: STAMPS_ACTION,
  },
  awaitingPayment: {
    subject: ['Pagamento da effettuare'],
    lines: [
      'Per presentare la domanda «{{service.name}}» devi pagare {{payment.amount}}.',
      REASON,
      PAY_BY,
      'La domanda risulta presentata nel momento in cui paghi.',
    ],
    action: PAY,
  },
  awaitingFinalPayment: {
    subject: [when('renewed', 'Promemoria: pagamento da effettuare'), 'Pagamento da effettuare'],
    lines: [
      when(
        'atRelease',
        'L’ufficio ha elaborato la tua domanda «{{service.name}}». Per ricevere il documento devi pagare {{payment.amount}}.',
      ),
      when(
        'renewed',
        'Ti ricordiamo che per ricevere il documento della tua domanda «{{service.name}}» devi ancora pagare {{payment.amount}}. Il termine di prima è passato: ne hai uno nuovo.',
      ),
      NUMBER,
      REASON,
      PAY_BY,
    ],
    action: PAY,
  },
  paymentReceived: {
    subject: ['Pagamento ricevuto'],
    lines: [
      'Abbiamo ricevuto il tuo pagamento per la domanda «{{service.name}}». Questo è il riepilogo.',
      NUMBER,
      'Importo: {{payment.amount}}.',
      REASON,
      'Pagato il {{payment.paidAt}}.',
      'IUV: {{payment.iuv}}.',
      'Ricevuta del pagamento: {{payment.receipt}}.',
      when('atCounter', 'Il pagamento è stato registrato dall’ufficio.'),
      '{{personal.message}}',
      when('atRelease', 'Non devi fare altro: ti scriviamo appena il documento è pronto.'),
    ],
    action: FOLLOW,
  },
  paymentFailed: {
    subject: ['Pagamento non riuscito'],
    lines: [
      'Il pagamento di {{payment.amount}} per la domanda «{{service.name}}» non è riuscito: non risulta pagato nulla.',
      'Puoi riprovare fino al {{payment.expiresAt}}.',
    ],
    action: 'Riprova il pagamento',
  },
  paymentExpired: {
    subject: ['Pagamento non effettuato'],
    lines: [
      when(
        'toExpired',
        'Il pagamento per la domanda «{{service.name}}» non è arrivato in tempo: la domanda non è stata presentata. Se ti serve ancora, comincia una nuova domanda.',
      ),
      when(
        'toDraft',
        'Il pagamento per la domanda «{{service.name}}» non è arrivato in tempo: la domanda è tornata in bozza. Puoi correggerla e inviarla di nuovo.',
      ),
      when(
        'toAnnulled',
        'Il pagamento per la domanda «{{service.name}}» non è arrivato in tempo: la pratica è stata annullata.',
      ),
      NUMBER,
    ],
    action: OPEN,
  },
  inCharge: {
    subject: [
      when('takenOver', 'La pratica ha un nuovo operatore'),
      when('forwarded', 'Pratica passata all’ufficio che la gestisce'),
      'Pratica presa in carico',
    ],
    lines: [
      when('taken', 'La tua domanda «{{service.name}}» è stata presa in carico dall’ufficio {{office.name}}.'),
      when(
        'takenOver',
        'Della tua domanda «{{service.name}}» ora si occupa un altro operatore dell’ufficio {{office.name}}. Per te non cambia nulla.',
      ),
      when(
        'forwarded',
        'L’ufficio {{office.name}} ha preso la tua domanda «{{service.name}}» e ti risponde direttamente. Qui la pratica è conclusa.',
      ),
      NUMBER,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  draftExpiring: {
    subject: ['La bozza sta per scadere'],
    lines: [
      'La bozza della tua domanda «{{service.name}}» non è ancora stata inviata.',
      'Puoi completarla e inviarla fino al {{draft.expiresAt}} compreso. Dopo quel giorno la bozza scade.',
    ],
    action: 'Completa la domanda',
  },
  draftExpired: {
    subject: ['La bozza è scaduta'],
    lines: [
      'La bozza della tua domanda «{{service.name}}» è scaduta: non è stata inviata in tempo.',
      'Se ti serve ancora, comincia una nuova domanda.',
    ],
    action: OPEN,
  },
};
