import { type ArrivalKey, type Wordings, when } from '../wording';

export const NUMBER = 'The number of your case is {{practice.code}}.';
export const ANSWER_BY = 'You will get an answer by {{practice.answerBy}}.';
export const FOLLOW = 'Follow your case';
export const OPEN = 'Open your case';
const REASON = 'Reason for payment: {{payment.reason}}.';
const PAY_BY = 'You can pay until {{payment.expiresAt}}.';
const PAY = 'Go to the payment';
const STAMPS = 'Revenue stamps to enter: {{stamps.count}}.';
const STAMPS_HOW =
  'Enter the 14-digit number of each stamp in your case. Then keep the stamps: the office may ask to see them.';
const STAMPS_ACTION = 'Enter the stamps';

/** English texts until the office has the application in its hands. */
export const ENGLISH_ARRIVAL: Wordings<ArrivalKey> = {
  submitted: {
    subject: ['Receipt of your application'],
    lines: [
      'We have received your application “{{service.name}}”.',
      NUMBER,
      'This is the receipt of your application, not its outcome.',
      when('attached', 'The receipt and the application that you filled in are attached.'),
      'We have also received your payment of {{payment.amount}}, on {{payment.paidAt}}. Reason for payment: {{payment.reason}}.',
      'IUV of the payment: {{payment.iuv}}. Receipt of the payment: {{payment.receipt}}.',
      when('atCounter', 'The payment was recorded by the office.'),
      '{{personal.message}}',
      when(
        'nextRegistered',
        'What happens next: the application is registered and then taken in charge by an office. We will write to you at every step.',
      ),
      when(
        'nextAccepted',
        'What happens next: the desk checks the application. When the desk accepts it, you will get the number of your case and the registration number.',
      ),
      when(
        'nextTaken',
        'What happens next: an office takes the application in charge. We will write to you at every step.',
      ),
      when(
        'nextForwarded',
        'What happens next: we pass the application to the office that handles it, and the answer comes from there.',
      ),
      when('nextNothing', 'What happens next: there is nothing more for you to do.'),
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  registered: {
    subject: ['Application registered'],
    lines: [
      'Your application “{{service.name}}” was registered with the number {{practice.registration}}.',
      NUMBER,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  accepted: {
    subject: ['Application accepted at the desk'],
    lines: [
      'The desk has accepted your application “{{service.name}}”: the office {{office.name}} is now examining it. This is not the outcome yet.',
      NUMBER,
      'The registration number is {{practice.registration}}.',
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  awaitingStamps: {
    subject: ['Revenue stamps needed'],
    lines: [
      'Your application “{{service.name}}” is waiting for its revenue stamps: it has not been submitted yet.',
      'Number of the request: {{practice.number}}.',
      STAMPS,
      STAMPS_HOW,
    ],
    action: STAMPS_ACTION,
  },
  awaitingFinalStamps: {
    subject: ['Revenue stamps needed'],
    lines: [
      'The office has processed your application “{{service.name}}”. Revenue stamps are needed to get the document.',
      NUMBER,
      STAMPS,
      STAMPS_HOW,
    ],
    action: STAMPS_ACTION,
  },
  awaitingPayment: {
    subject: ['Payment needed'],
    lines: [
      'To submit the application “{{service.name}}” you have to pay {{payment.amount}}.',
      REASON,
      PAY_BY,
      'The application counts as submitted at the moment you pay.',
    ],
    action: PAY,
  },
  awaitingFinalPayment: {
    subject: [when('renewed', 'Reminder: payment needed'), 'Payment needed'],
    lines: [
      when(
        'atRelease',
        'The office has processed your application “{{service.name}}”. To get the document you have to pay {{payment.amount}}.',
      ),
      when(
        'renewed',
        'This is a reminder: to get the document of your application “{{service.name}}” you still have to pay {{payment.amount}}. The previous time limit has passed: you have a new one.',
      ),
      NUMBER,
      REASON,
      PAY_BY,
    ],
    action: PAY,
  },
  paymentReceived: {
    subject: ['Payment received'],
    lines: [
      'We have received your payment for the application “{{service.name}}”. This is the summary.',
      NUMBER,
      'Amount: {{payment.amount}}.',
      REASON,
      'Paid on {{payment.paidAt}}.',
      'IUV: {{payment.iuv}}.',
      'Receipt of the payment: {{payment.receipt}}.',
      when('atCounter', 'The payment was recorded by the office.'),
      '{{personal.message}}',
      when('atRelease', 'There is nothing more for you to do: we will write to you when the document is ready.'),
    ],
    action: FOLLOW,
  },
  paymentFailed: {
    subject: ['Payment failed'],
    lines: [
      'The payment of {{payment.amount}} for the application “{{service.name}}” failed: nothing was paid.',
      'You can try again until {{payment.expiresAt}}.',
    ],
    action: 'Try to pay again',
  },
  paymentExpired: {
    subject: ['Payment not made'],
    lines: [
      when(
        'toExpired',
        'The payment for the application “{{service.name}}” did not arrive in time: the application was not submitted. If you still need it, start a new application.',
      ),
      when(
        'toDraft',
        'The payment for the application “{{service.name}}” did not arrive in time: the application is a draft again. You can correct it and send it again.',
      ),
      when(
        'toAnnulled',
        'The payment for the application “{{service.name}}” did not arrive in time: the case was annulled.',
      ),
      NUMBER,
    ],
    action: OPEN,
  },
  inCharge: {
    subject: [
      when('takenOver', 'Your case has a new officer'),
      when('forwarded', 'Case passed to the office that handles it'),
      'Case taken in charge',
    ],
    lines: [
      when('taken', 'Your application “{{service.name}}” was taken in charge by the office {{office.name}}.'),
      when(
        'takenOver',
        'Another officer of the office {{office.name}} now handles your application “{{service.name}}”. Nothing changes for you.',
      ),
      when(
        'forwarded',
        'The office {{office.name}} has taken your application “{{service.name}}” and will answer you directly. The case is closed here.',
      ),
      NUMBER,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  draftExpiring: {
    subject: ['Your draft is about to expire'],
    lines: [
      'The draft of your application “{{service.name}}” has not been sent yet.',
      'You can complete and send it until the end of {{draft.expiresAt}}. After that day the draft expires.',
    ],
    action: 'Complete the application',
  },
  draftExpired: {
    subject: ['Your draft has expired'],
    lines: [
      'The draft of your application “{{service.name}}” has expired: it was not sent in time.',
      'If you still need it, start a new application.',
    ],
    action: OPEN,
  },
};
