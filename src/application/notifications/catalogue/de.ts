import { type ArrivalKey, type Catalogue, type WordingKey, type Wordings, when } from '../wording';
import { ANSWER_BY, FOLLOW, GERMAN_ARRIVAL, NUMBER, OPEN } from './de-arrival';

const MESSAGE = '{{personal.message}}';
const ATTACHED = when('attached', 'Das Dokument finden Sie im Anhang.');
const DECISION = when('attached', 'Den Bescheid finden Sie im Anhang.');

/** German texts from the work of the office to the end. */
const procedure: Wordings<Exclude<WordingKey, ArrivalKey>> = {
  phaseChanged: {
    subject: ['Der Vorgang geht weiter'],
    lines: ['Ihr Antrag „{{service.name}}“ ist jetzt in dieser Phase: {{phase.label}}.', NUMBER, ANSWER_BY],
    action: FOLLOW,
  },
  startOfProcedure: {
    subject: ['Einleitung des Verfahrens'],
    lines: [
      'Das Amt {{office.name}} hat das Verfahren zu Ihrem Antrag „{{service.name}}“ eingeleitet.',
      NUMBER,
      MESSAGE,
      ATTACHED,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  integrationRequested: {
    subject: ['Ergänzungen erforderlich'],
    lines: [
      'Damit es weitergeht, bittet Sie das Amt, den Antrag „{{service.name}}“ zu ergänzen:',
      MESSAGE,
      'Sie können bis einschließlich {{integration.answerBy}} antworten.',
      when('suspends', 'Die Frist des Verfahrens ruht bis zu Ihrer Antwort.'),
      NUMBER,
      ATTACHED,
    ],
    action: 'Auf die Anfrage antworten',
  },
  integrationReceived: {
    subject: ['Ergänzungen erhalten'],
    lines: [
      'Ihre Ergänzungen zum Antrag „{{service.name}}“ sind eingegangen und gehören jetzt zum Vorgang.',
      when('byMessages', 'Das Amt hat Ihre Nachrichten als Antwort angenommen.'),
      when('suspends', 'Die Frist des Verfahrens läuft weiter.'),
      NUMBER,
      ANSWER_BY,
      ATTACHED,
    ],
    action: FOLLOW,
  },
  integrationCancelled: {
    subject: ['Ergänzungen nicht mehr erforderlich'],
    lines: [
      'Das Amt hat die Anfrage um Ergänzung des Antrags „{{service.name}}“ zurückgezogen: Sie müssen nicht mehr antworten.',
      MESSAGE,
      NUMBER,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  integrationLapsed: {
    subject: ['Frist für die Ergänzungen abgelaufen'],
    lines: [
      'Die Frist, um den Antrag „{{service.name}}“ zu ergänzen, ist abgelaufen: Das Amt entscheidet mit dem, was es hat.',
      NUMBER,
      ANSWER_BY,
    ],
    action: OPEN,
  },
  rejectionNotice: {
    subject: ['Ankündigung einer Ablehnung'],
    lines: [
      'Das Amt meint, Ihrem Antrag „{{service.name}}“ nicht stattgeben zu können. Das ist noch nicht die Entscheidung. Die Gründe:',
      MESSAGE,
      'Sie können bis einschließlich {{observations.answerBy}} Stellung nehmen (Artikel 10-bis des Gesetzes 241 von 1990).',
      NUMBER,
      ATTACHED,
    ],
    action: 'Stellung nehmen',
  },
  observationsReceived: {
    subject: ['Stellungnahme erhalten'],
    lines: [
      'Ihre Stellungnahme zum Antrag „{{service.name}}“ ist eingegangen: Das Amt berücksichtigt sie bei der Entscheidung.',
      NUMBER,
      ANSWER_BY,
      ATTACHED,
    ],
    action: FOLLOW,
  },
  communication: {
    subject: ['{{communication.subject}}', 'Mitteilung des Amtes'],
    lines: [
      'Das Amt {{office.name}} schreibt Ihnen zum Antrag „{{service.name}}“:',
      MESSAGE,
      NUMBER,
      when('attached', 'Die Mitteilung finden Sie im Anhang.'),
    ],
    action: OPEN,
  },
  communicationToOffice: {
    subject: ['{{communication.subject}}', 'Mitteilung'],
    lines: [
      '{{tenant.name}}, Amt {{office.name}}, sendet diese Mitteilung zum Vorgang {{practice.number}}, „{{service.name}}“:',
      MESSAGE,
      when('attached', 'Die Mitteilung finden Sie im Anhang.'),
    ],
  },
  message: {
    subject: ['Neue Nachricht vom Amt'],
    lines: ['Das Amt {{office.name}} hat Ihnen zum Antrag „{{service.name}}“ geschrieben:', MESSAGE, NUMBER],
    action: 'Auf die Nachricht antworten',
  },
  approved: {
    subject: ['Antrag angenommen'],
    lines: ['Ihrem Antrag „{{service.name}}“ wurde stattgegeben.', NUMBER, MESSAGE, DECISION],
    action: OPEN,
  },
  partiallyApproved: {
    subject: ['Antrag teilweise angenommen'],
    lines: ['Ihrem Antrag „{{service.name}}“ wurde teilweise stattgegeben.', NUMBER, MESSAGE, DECISION],
    action: OPEN,
  },
  rejected: {
    subject: ['Antrag abgelehnt'],
    lines: [
      'Ihr Antrag „{{service.name}}“ wurde abgelehnt.',
      NUMBER,
      MESSAGE,
      DECISION,
      'Im Bescheid steht, wo und bis wann Sie Rekurs einlegen können.',
    ],
    action: OPEN,
  },
  withdrawn: {
    subject: ['Antrag zurückgezogen'],
    lines: ['Sie haben Ihren Antrag „{{service.name}}“ zurückgezogen: Das Amt prüft ihn nicht mehr.', NUMBER, ATTACHED],
    action: OPEN,
  },
  archived: {
    subject: ['Vorgang archiviert'],
    lines: ['Das Amt hat Ihren Antrag „{{service.name}}“ ohne Entscheidung archiviert.', NUMBER, MESSAGE, ATTACHED],
    action: OPEN,
  },
  annulled: {
    subject: ['Vorgang annulliert'],
    lines: ['Das Amt hat den Vorgang zu Ihrem Antrag „{{service.name}}“ annulliert.', NUMBER, MESSAGE, ATTACHED],
    action: OPEN,
  },
  reopened: {
    subject: ['Vorgang wieder eröffnet'],
    lines: ['Das Amt hat den Vorgang zu Ihrem Antrag „{{service.name}}“ wieder eröffnet.', NUMBER, MESSAGE],
    action: FOLLOW,
  },
};

/** Texts to German speakers. */
export const GERMAN: Catalogue = {
  greeting: 'Guten Tag {{recipient.name}},',
  leftOut:
    'Einige Anhänge sind für eine Mail zu groß. Sie finden sie im Vorgang, in Ihrem Bereich: {{attachments.leftOut}}.',
  leftOutOffice: 'Einige Anhänge sind für eine Mail zu groß. Fragen Sie das Amt danach: {{attachments.leftOut}}.',
  inArea: 'Die Nachricht hat Anhänge. Sie finden sie im Vorgang, in Ihrem Bereich: {{attachments.inArea}}.',
  footer: [
    'Diese Adresse wird nicht gelesen: Antworten Sie nicht auf diese Mail.',
    when(
      'toApplicant',
      'Um das Amt {{office.name}} zu erreichen, öffnen Sie den Vorgang und schreiben Sie eine Nachricht: {{practice.link}}',
    ),
    'Adresse des Amtes {{office.name}}: {{office.email}}',
    '{{tenant.name}}',
  ],
  texts: { ...GERMAN_ARRIVAL, ...procedure },
};
