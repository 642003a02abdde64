import { type ArrivalKey, type Catalogue, type WordingKey, type Wordings, when } from '../wording';
import { ANSWER_BY, ENGLISH_ARRIVAL, FOLLOW, NUMBER, OPEN } from './en-arrival';

const MESSAGE = '{{personal.message}}';
const ATTACHED = when('attached', 'The document is attached.');
const DECISION = when('attached', 'The decision is attached.');

/** English texts from the work of the office to the end. */
const procedure: Wordings<Exclude<WordingKey, ArrivalKey>> = {
  phaseChanged: {
    subject: ['Your case moves on'],
    lines: ['Your application “{{service.name}}” is now in this phase: {{phase.label}}.', NUMBER, ANSWER_BY],
    action: FOLLOW,
  },
  startOfProcedure: {
    subject: ['Start of the procedure'],
    lines: [
      'The office {{office.name}} has started the procedure on your application “{{service.name}}”.',
      NUMBER,
      MESSAGE,
      ATTACHED,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  integrationRequested: {
    subject: ['More information needed'],
    lines: [
      'To go on, the office asks you to complete the application “{{service.name}}”:',
      MESSAGE,
      'You can answer until the end of {{integration.answerBy}}.',
      when('suspends', 'The time limit of the procedure stands still until you answer.'),
      NUMBER,
      ATTACHED,
    ],
    action: 'Answer the request',
  },
  integrationReceived: {
    subject: ['Your answer has arrived'],
    lines: [
      'What you sent to complete the application “{{service.name}}” has arrived and is part of your case.',
      when('byMessages', 'The office has accepted the messages you wrote as your answer.'),
      when('suspends', 'The time limit of the procedure runs again.'),
      NUMBER,
      ANSWER_BY,
      ATTACHED,
    ],
    action: FOLLOW,
  },
  integrationCancelled: {
    subject: ['No more information needed'],
    lines: [
      'The office has cancelled its request to complete the application “{{service.name}}”: you need not answer any more.',
      MESSAGE,
      NUMBER,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  integrationLapsed: {
    subject: ['The time to complete your application has passed'],
    lines: [
      'The time to complete the application “{{service.name}}” has passed: the office will decide on what it has.',
      NUMBER,
      ANSWER_BY,
    ],
    action: OPEN,
  },
  rejectionNotice: {
    subject: ['Notice of rejection'],
    lines: [
      'The office thinks that it can not grant your application “{{service.name}}”. This is not the decision yet. The reasons:',
      MESSAGE,
      'You can send your observations until the end of {{observations.answerBy}} (article 10-bis of Law 241 of 1990).',
      NUMBER,
      ATTACHED,
    ],
    action: 'Send your observations',
  },
  observationsReceived: {
    subject: ['Your observations have arrived'],
    lines: [
      'Your observations on the application “{{service.name}}” have arrived: the office will consider them in its decision.',
      NUMBER,
      ANSWER_BY,
      ATTACHED,
    ],
    action: FOLLOW,
  },
  communication: {
    subject: ['{{communication.subject}}', 'Communication from the office'],
    lines: [
      'The office {{office.name}} writes to you about the application “{{service.name}}”:',
      MESSAGE,
      NUMBER,
      when('attached', 'The communication is attached.'),
    ],
    action: OPEN,
  },
  communicationToOffice: {
    subject: ['{{communication.subject}}', 'Communication'],
    lines: [
      '{{tenant.name}}, office {{office.name}}, sends this communication about the case {{practice.number}}, “{{service.name}}”:',
      MESSAGE,
      when('attached', 'The communication is attached.'),
    ],
  },
  message: {
    subject: ['New message from the office'],
    lines: ['The office {{office.name}} has written to you about the application “{{service.name}}”:', MESSAGE, NUMBER],
    action: 'Answer the message',
  },
  approved: {
    subject: ['Application granted'],
    lines: ['Your application “{{service.name}}” was granted.', NUMBER, MESSAGE, DECISION],
    action: OPEN,
  },
  partiallyApproved: {
    subject: ['Application granted in part'],
    lines: ['Your application “{{service.name}}” was granted in part.', NUMBER, MESSAGE, DECISION],
    action: OPEN,
  },
  rejected: {
    subject: ['Application rejected'],
    lines: [
      'Your application “{{service.name}}” was rejected.',
      NUMBER,
      MESSAGE,
      DECISION,
      'The decision says where and by when you can appeal.',
    ],
    action: OPEN,
  },
  withdrawn: {
    subject: ['Application withdrawn'],
    lines: [
      'You have withdrawn your application “{{service.name}}”: the office does not examine it any more.',
      NUMBER,
      ATTACHED,
    ],
    action: OPEN,
  },
  archived: {
    subject: ['Case archived'],
    lines: [
      'The office has archived your application “{{service.name}}” without a decision.',
      NUMBER,
      MESSAGE,
      ATTACHED,
    ],
    action: OPEN,
  },
  annulled: {
    subject: ['Case annulled'],
    lines: ['The office has annulled the case of your application “{{service.name}}”.', NUMBER, MESSAGE, ATTACHED],
    action: OPEN,
  },
  reopened: {
    subject: ['Case reopened'],
    lines: ['The office has reopened the case of your application “{{service.name}}”.', NUMBER, MESSAGE],
    action: FOLLOW,
  },
};

/** Texts to English speakers. */
export const ENGLISH: Catalogue = {
  greeting: 'Dear {{recipient.name}},',
  leftOut:
    'Some attachments are too large for a mail. You find them in your case, in your area: {{attachments.leftOut}}.',
  leftOutOffice: 'Some attachments are too large for a mail. Ask the office for them: {{attachments.leftOut}}.',
  inArea: 'The message has attachments. You find them in your case, in your area: {{attachments.inArea}}.',
  footer: [
    'This address is not read: do not answer this mail.',
    when('toApplicant', 'To reach the office {{office.name}} open your case and write a message: {{practice.link}}'),
    'Address of the office {{office.name}}: {{office.email}}',
    '{{tenant.name}}',
  ],
  texts: { ...ENGLISH_ARRIVAL, ...procedure },
};
