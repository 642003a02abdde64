import { type ArrivalKey, type Catalogue, type WordingKey, type Wordings, when } from '../wording';
import { ANSWER_BY, FOLLOW, ITALIAN_ARRIVAL, NUMBER, OPEN } from './it-arrival';

const MESSAGE = '{{personal.message}}';
const ATTACHED = when('attached', 'Trovi il documento in allegato.');
const DECISION = when('attached', 'Trovi il provvedimento in allegato.');

/** Italian texts from the work of the office to the end. */
const procedure: Wordings<Exclude<WordingKey, ArrivalKey>> = {
  phaseChanged: {
    subject: ['La pratica va avanti'],
    lines: ['La tua domanda «{{service.name}}» è ora nella fase: {{phase.label}}.', NUMBER, ANSWER_BY],
    action: FOLLOW,
  },
  startOfProcedure: {
    subject: ['Avvio del procedimento'],
    lines: [
      'L’ufficio {{office.name}} ha avviato il procedimento sulla tua domanda «{{service.name}}».',
      NUMBER,
      MESSAGE,
      ATTACHED,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  integrationRequested: {
    subject: ['Servono integrazioni'],
    lines: [
      'Per proseguire l’ufficio ti chiede di completare la domanda «{{service.name}}»:',
      MESSAGE,
      'Puoi rispondere fino al {{integration.answerBy}} compreso.',
      when('suspends', 'Il termine del procedimento è sospeso fino alla tua risposta.'),
      NUMBER,
      ATTACHED,
    ],
    action: 'Rispondi alla richiesta',
  },
  integrationReceived: {
    subject: ['Integrazioni ricevute'],
    lines: [
      'Le tue integrazioni alla domanda «{{service.name}}» sono arrivate e fanno parte della pratica.',
      when('byMessages', 'L’ufficio ha accettato come risposta i messaggi che hai scritto.'),
      when('suspends', 'Il termine del procedimento riprende.'),
      NUMBER,
      ANSWER_BY,
      ATTACHED,
    ],
    action: FOLLOW,
  },
  integrationCancelled: {
    subject: ['Integrazioni non più necessarie'],
    lines: [
      'L’ufficio ha annullato la richiesta di integrazioni alla domanda «{{service.name}}»: non devi più rispondere.',
      MESSAGE,
      NUMBER,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  integrationLapsed: {
    subject: ['Termine per le integrazioni scaduto'],
    lines: [
      'Il termine per completare la domanda «{{service.name}}» è scaduto: l’ufficio deciderà in base a ciò che ha.',
      NUMBER,
      ANSWER_BY,
    ],
    action: OPEN,
  },
  rejectionNotice: {
    subject: ['Preavviso di rigetto'],
    lines: [
      'L’ufficio pensa di non poter accogliere la tua domanda «{{service.name}}». Non è ancora la decisione. I motivi:',
      MESSAGE,
      'Puoi rispondere con le tue osservazioni fino al {{observations.answerBy}} compreso (articolo 10-bis della legge 241 del 1990).',
      NUMBER,
      ATTACHED,
    ],
    action: 'Invia le osservazioni',
  },
  observationsReceived: {
    subject: ['Osservazioni ricevute'],
    lines: [
      'Le tue osservazioni sulla domanda «{{service.name}}» sono arrivate: l’ufficio ne tiene conto nella decisione.',
      NUMBER,
      ANSWER_BY,
      ATTACHED,
    ],
    action: FOLLOW,
  },
  communication: {
    subject: ['{{communication.subject}}', 'Comunicazione dell’ufficio'],
    lines: [
      'L’ufficio {{office.name}} ti scrive sulla domanda «{{service.name}}»:',
      MESSAGE,
      NUMBER,
      when('attached', 'Trovi la comunicazione in allegato.'),
    ],
    action: OPEN,
  },
  communicationToOffice: {
    subject: ['{{communication.subject}}', 'Comunicazione'],
    lines: [
      '{{tenant.name}}, ufficio {{office.name}}, invia questa comunicazione sulla pratica {{practice.number}}, «{{service.name}}»:',
      MESSAGE,
      when('attached', 'La comunicazione è in allegato.'),
    ],
  },
  message: {
    subject: ['Nuovo messaggio dall’ufficio'],
    lines: ['L’ufficio {{office.name}} ti ha scritto sulla domanda «{{service.name}}»:', MESSAGE, NUMBER],
    action: 'Rispondi al messaggio',
  },
  approved: {
    subject: ['Domanda accolta'],
    lines: ['La tua domanda «{{service.name}}» è stata accolta.', NUMBER, MESSAGE, DECISION],
    action: OPEN,
  },
  partiallyApproved: {
    subject: ['Domanda accolta in parte'],
    lines: ['La tua domanda «{{service.name}}» è stata accolta in parte.', NUMBER, MESSAGE, DECISION],
    action: OPEN,
  },
  rejected: {
    subject: ['Domanda non accolta'],
    lines: [
      'La tua domanda «{{service.name}}» non è stata accolta.',
      NUMBER,
      MESSAGE,
      DECISION,
      'Il provvedimento dice a chi e entro quando puoi fare ricorso.',
    ],
    action: OPEN,
  },
  withdrawn: {
    subject: ['Domanda ritirata'],
    lines: ['Hai ritirato la tua domanda «{{service.name}}»: l’ufficio non la esamina più.', NUMBER, ATTACHED],
    action: OPEN,
  },
  archived: {
    subject: ['Pratica archiviata'],
    lines: ['L’ufficio ha archiviato la tua domanda «{{service.name}}» senza decidere.', NUMBER, MESSAGE, ATTACHED],
    action: OPEN,
  },
  annulled: {
    subject: ['Pratica annullata'],
    lines: ['L’ufficio ha annullato la pratica della tua domanda «{{service.name}}».', NUMBER, MESSAGE, ATTACHED],
    action: OPEN,
  },
  reopened: {
    subject: ['Pratica riaperta'],
    lines: ['L’ufficio ha riaperto la pratica della tua domanda «{{service.name}}».', NUMBER, MESSAGE],
    action: FOLLOW,
  },
};

/** Texts to Italian speakers. */
export const ITALIAN: Catalogue = {
  greeting: 'Gentile {{recipient.name}},',
  leftOut:
    'Alcuni allegati sono troppo grandi per una mail. Li trovi nella pratica, nella tua area: {{attachments.leftOut}}.',
  leftOutOffice: 'Alcuni allegati sono troppo grandi per una mail. Chiedili all’ufficio: {{attachments.leftOut}}.',
  inArea: 'Il messaggio ha degli allegati. Li trovi nella pratica, nella tua area: {{attachments.inArea}}.',
  footer: [
    'Questo indirizzo non viene letto: non rispondere a questa mail.',
    when(
      'toApplicant',
      'Per contattare l’ufficio {{office.name}} apri la pratica e scrivi un messaggio: {{practice.link}}',
    ),
    'Indirizzo dell’ufficio {{office.name}}: {{office.email}}',
    '{{tenant.name}}',
  ],
  texts: { ...ITALIAN_ARRIVAL, ...procedure },
};
