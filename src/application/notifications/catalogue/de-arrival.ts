import { type ArrivalKey, type Wordings, when } from '../wording';

export const NUMBER = 'Die Nummer des Vorgangs ist {{practice.code}}.';
export const ANSWER_BY = 'Sie erhalten eine Antwort bis zum {{practice.answerBy}}.';
export const FOLLOW = 'Vorgang verfolgen';
export const OPEN = 'Vorgang öffnen';
const REASON = 'Zahlungsgrund: {{payment.reason}}.';
const PAY_BY = 'Sie können bis zum {{payment.expiresAt}} zahlen.';
const PAY = 'Zur Zahlung';
const STAMPS = 'Anzugebende Stempelmarken: {{stamps.count}}.';
const STAMPS_HOW =
  'Tragen Sie im Vorgang von jeder Marke die 14-stellige Nummer ein. Bewahren Sie die Marken auf: Das Amt kann sie verlangen.';
const STAMPS_ACTION = 'Stempelmarken angeben';

/** German texts until the office has the application in its hands. */
export const GERMAN_ARRIVAL: Wordings<ArrivalKey> = {
  submitted: {
    subject: ['Eingangsbestätigung'],
    lines: [
      'Wir haben Ihren Antrag „{{service.name}}“ erhalten.',
      NUMBER,
      'Dies ist die Eingangsbestätigung, nicht das Ergebnis.',
      when('attached', 'Im Anhang finden Sie die Bestätigung und den Antrag, den Sie ausgefüllt haben.'),
      'Auch Ihre Zahlung von {{payment.amount}} haben wir erhalten, am {{payment.paidAt}}. Zahlungsgrund: {{payment.reason}}.',
      'IUV der Zahlung: {{payment.iuv}}. Zahlungsbeleg: {{payment.receipt}}.',
      when('atCounter', 'Die Zahlung wurde vom Amt eingetragen.'),
      '{{personal.message}}',
      when(
        'nextRegistered',
        'Wie es weitergeht: Der Antrag wird protokolliert und dann von einem Amt übernommen. Wir schreiben Ihnen bei jedem Schritt.',
      ),
      when(
        'nextAccepted',
        'Wie es weitergeht: Der Schalter prüft den Antrag. Wenn er ihn annimmt, teilt er Ihnen die Nummer des Vorgangs und die Protokollnummer mit.',
      ),
      when('nextTaken', 'Wie es weitergeht: Ein Amt übernimmt den Antrag. Wir schreiben Ihnen bei jedem Schritt.'),
      when(
        'nextForwarded',
        'Wie es weitergeht: Wir geben den Antrag an das zuständige Amt weiter, das Ihnen antwortet.',
      ),
      when('nextNothing', 'Wie es weitergeht: Sie müssen nichts weiter tun.'),
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  registered: {
    subject: ['Antrag protokolliert'],
    lines: [
      'Ihr Antrag „{{service.name}}“ wurde unter der Nummer {{practice.registration}} protokolliert.',
      NUMBER,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  accepted: {
    subject: ['Antrag am Schalter angenommen'],
    lines: [
      'Der Schalter hat Ihren Antrag „{{service.name}}“ angenommen: Jetzt prüft ihn das Amt {{office.name}}. Das ist noch nicht das Ergebnis.',
      NUMBER,
      'Die Protokollnummer ist {{practice.registration}}.',
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  awaitingStamps: {
    subject: ['Stempelmarken erforderlich'],
    lines: [
      'Für Ihren Antrag „{{service.name}}“ fehlen noch die Stempelmarken: Er ist noch nicht eingereicht.',
      'Nummer des Antrags: {{practice.number}}.',
      STAMPS,
      STAMPS_HOW,
    ],
    action: STAMPS_ACTION,
  },
  awaitingFinalStamps: {
    subject: ['Stempelmarken erforderlich'],
    lines: [
      'Das Amt hat Ihren Antrag „{{service.name}}“ bearbeitet. Für das Dokument sind Stempelmarken erforderlich.',
      NUMBER,
      STAMPS,
      STAMPS_HOW,
    ],
    action: STAMPS_ACTION,
  },
  awaitingPayment: {
    subject: ['Zahlung erforderlich'],
    lines: [
      'Um den Antrag „{{service.name}}“ einzureichen, müssen Sie {{payment.amount}} zahlen.',
      REASON,
      PAY_BY,
      'Der Antrag gilt in dem Augenblick als eingereicht, in dem Sie zahlen.',
    ],
    action: PAY,
  },
  awaitingFinalPayment: {
    subject: [when('renewed', 'Erinnerung: Zahlung erforderlich'), 'Zahlung erforderlich'],
    lines: [
      when(
        'atRelease',
        'Das Amt hat Ihren Antrag „{{service.name}}“ bearbeitet. Um das Dokument zu erhalten, müssen Sie {{payment.amount}} zahlen.',
      ),
      when(
        'renewed',
        'Wir erinnern Sie daran: Um das Dokument zu Ihrem Antrag „{{service.name}}“ zu erhalten, müssen Sie noch {{payment.amount}} zahlen. Die bisherige Frist ist abgelaufen: Sie haben eine neue.',
      ),
      NUMBER,
      REASON,
      PAY_BY,
    ],
    action: PAY,
  },
  paymentReceived: {
    subject: ['Zahlung erhalten'],
    lines: [
      'Wir haben Ihre Zahlung für den Antrag „{{service.name}}“ erhalten. Dies ist die Übersicht.',
      NUMBER,
      'Betrag: {{payment.amount}}.',
      REASON,
      'Bezahlt am {{payment.paidAt}}.',
      'IUV: {{payment.iuv}}.',
      'Zahlungsbeleg: {{payment.receipt}}.',
      when('atCounter', 'Die Zahlung wurde vom Amt eingetragen.'),
      '{{personal.message}}',
      when('atRelease', 'Sie müssen nichts weiter tun: Wir schreiben Ihnen, sobald das Dokument fertig ist.'),
    ],
    action: FOLLOW,
  },
  paymentFailed: {
    subject: ['Zahlung fehlgeschlagen'],
    lines: [
      'Die Zahlung von {{payment.amount}} für den Antrag „{{service.name}}“ ist fehlgeschlagen: Es wurde nichts bezahlt.',
      'Sie können es bis zum {{payment.expiresAt}} erneut versuchen.',
    ],
    action: 'Zahlung erneut versuchen',
  },
  paymentExpired: {
    subject: ['Zahlung nicht erfolgt'],
    lines: [
      when(
        'toExpired',
        'Die Zahlung für den Antrag „{{service.name}}“ ist nicht rechtzeitig eingegangen: Der Antrag wurde nicht eingereicht. Wenn Sie ihn noch brauchen, beginnen Sie einen neuen Antrag.',
      ),
      when(
        'toDraft',
        'Die Zahlung für den Antrag „{{service.name}}“ ist nicht rechtzeitig eingegangen: Der Antrag ist wieder ein Entwurf. Sie können ihn ändern und erneut senden.',
      ),
      when(
        'toAnnulled',
        'Die Zahlung für den Antrag „{{service.name}}“ ist nicht rechtzeitig eingegangen: Der Vorgang wurde annulliert.',
      ),
      NUMBER,
    ],
    action: OPEN,
  },
  inCharge: {
    subject: [
      when('takenOver', 'Der Vorgang hat eine neue Ansprechperson'),
      when('forwarded', 'Vorgang an das zuständige Amt übergeben'),
      'Vorgang übernommen',
    ],
    lines: [
      when('taken', 'Ihr Antrag „{{service.name}}“ wurde vom Amt {{office.name}} übernommen.'),
      when(
        'takenOver',
        'Um Ihren Antrag „{{service.name}}“ kümmert sich jetzt eine andere Person im Amt {{office.name}}. Für Sie ändert sich nichts.',
      ),
      when(
        'forwarded',
        'Das Amt {{office.name}} hat Ihren Antrag „{{service.name}}“ übernommen und antwortet Ihnen direkt. Hier ist der Vorgang abgeschlossen.',
      ),
      NUMBER,
      ANSWER_BY,
    ],
    action: FOLLOW,
  },
  draftExpiring: {
    subject: ['Der Entwurf läuft bald ab'],
    lines: [
      'Der Entwurf Ihres Antrags „{{service.name}}“ wurde noch nicht gesendet.',
      'Sie können ihn bis einschließlich {{draft.expiresAt}} fertigstellen und senden. Danach läuft der Entwurf ab.',
    ],
    action: 'Antrag fertigstellen',
  },
  draftExpired: {
    subject: ['Der Entwurf ist abgelaufen'],
    lines: [
      'Der Entwurf Ihres Antrags „{{service.name}}“ ist abgelaufen: Er wurde nicht rechtzeitig gesendet.',
      'Wenn Sie ihn noch brauchen, beginnen Sie einen neuen Antrag.',
    ],
    action: OPEN,
  },
};
