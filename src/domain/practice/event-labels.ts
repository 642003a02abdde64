import type { EventType } from './events';

/** Events as the timeline says them. */
export const EVENT_LABELS: Readonly<Record<EventType, string>> = {
  draftCreated: 'Bozza creata',
  paymentRequested: 'Domanda confermata: pagamento richiesto',
  paymentReceived: 'Pagamento ricevuto',
  paymentExpired: 'Pagamento non effettuato in tempo',
  submitted: 'Domanda presentata',
  documentReady: 'Documento prodotto',
  registrationStarted: 'Protocollazione avviata',
  requestRegistered: 'Domanda protocollata',
  chargeTaken: 'Presa in carico',
  integrationRequested: 'Integrazioni richieste',
  integrationRequestRegistered: 'Richiesta di integrazioni protocollata e inviata',
  integrationAnswered: 'Integrazioni inviate',
  integrationAnswerRegistered: 'Integrazioni protocollate',
  integrationLapsed: 'Termine per le integrazioni scaduto',
  decided: 'Elaborata',
  outcomeRegistered: 'Esito protocollato',
  delivered: 'Comunicazione consegnata',
  termPassed: 'Termine del procedimento scaduto',
  attentionRaised: 'Richiede attenzione',
  attentionCleared: 'Attenzione risolta',
};
