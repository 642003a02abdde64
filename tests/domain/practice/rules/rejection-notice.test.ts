import { guard } from '../../../../src/domain/practice/guard';
import { at, freeRules } from '../../support';
import { KINDS } from '../kinds';
import { Life } from '../life';
import { situation } from '../state-table/situations';

const REGISTERED = 'approval, registered on submission';
const noticed = () => situation(REGISTERED, 'rejectionNoticed');
const required = () =>
  new Life({ ...KINDS[REGISTERED], noticeRequired: true })
    .does('applicant', 'submit')
    .works()
    .does('holder', 'takeCharge');

test('where the service requires it, a rejection is announced first', () => {
  const life = required();
  expect(life.refuses('holder', 'reject')).toEqual({
    code: 'REJECTION_NOTICE_REQUIRED',
    params: { act: 'reject', actLabel: 'Rifiuta', status: 'inCharge', statusLabel: 'In carico' },
    status: 409,
    detail: 'Prima di rifiutare il servizio richiede il preavviso di rigetto (art. 10-bis, legge 241/1990).',
    remedy:
      'Invia il preavviso e attendi le osservazioni o la scadenza, oppure indica il motivo di esonero previsto dalla ' +
      'legge in "noticeWaiver".',
  });
  life.does('holder', 'noticeRejection').works().does('applicant', 'submitObservations').works();
  expect(life.does('holder', 'reject').works().state.status).toBe('rejected');
});

test('skipping a required notice needs a legal exemption, which the decision carries', () => {
  const life = required().does('holder', 'reject', { noticeWaived: 'competitiveProcedure' });
  expect(life.events.at(-1)?.data).toMatchObject({ outcome: 'rejected', noticeWaived: 'competitiveProcedure' });
});

test('where it is optional a rejection needs none, and where there is none it cannot be sent', () => {
  expect(situation(REGISTERED, 'inCharge').does('holder', 'reject').state.status).toBe('deciding');
  const life = new Life(freeRules()).does('applicant', 'submit').works().does('holder', 'takeCharge');
  expect(life.refuses('holder', 'noticeRejection').code).toBe('ACT_DISABLED_BY_SERVICE');
});

test('an approval never needs a notice', () => {
  expect(required().does('holder', 'approve').state.status).toBe('deciding');
});

test('observations are taken when the notice has its number, not before', () => {
  const life = situation(REGISTERED, 'inCharge').does('holder', 'noticeRejection');
  expect(life.refuses('applicant', 'submitObservations')).toMatchObject({
    code: 'NOTICE_NOT_SENT_YET',
    detail: 'Il preavviso di rigetto è in preparazione: le osservazioni si possono inviare quando è protocollato.',
  });
  expect(life.clock.suspended).toBe(false);
  life.works();
  expect(life.clock).toMatchObject({ suspended: true, deadlines: [{ kind: 'observations' }] });
});

test('observations come back to the office as a document of their own', () => {
  const life = noticed().does('applicant', 'submitObservations');
  expect(life.state).toMatchObject({ status: 'inCharge', notice: { closedBy: 'observations' } });
  expect(life.works().state.documents.at(-1)).toMatchObject({
    kind: 'observations',
    registration: { number: '0000003' },
  });
});

test('after ten days without observations the office goes on', () => {
  const life = noticed();
  expect(life.waitsDays(10).state.status).toBe('rejectionNoticed');
  expect(life.waitsDays(1).state).toMatchObject({ status: 'inCharge', notice: { closedBy: 'lapse' } });
  expect(life.refuses('applicant', 'submitObservations').code).toBe('ACT_NOT_ALLOWED_IN_STATE');
});

test('observations are taken until the last instant of the tenth day, and refused after it', () => {
  const life = noticed();
  const command = life.command('submitObservations', 'applicant');
  const answered = (receivedAt: string) => guard(life.state, life.clock, { ...command, receivedAt: at(receivedAt) });
  expect(answered('2026-03-13T22:59:59.999Z')).toBeUndefined();
  expect(answered('2026-03-13T23:00:00.000Z')).toEqual({
    code: 'DEADLINE_PASSED',
    params: { deadline: 'observations', expiresAt: '14/03/2026, 00:00', receivedAt: '14/03/2026, 00:00' },
  });
});

test('the term runs again from the observations, which give the office ten more days', () => {
  const life = noticed();
  expect(life.clock.answerBy).toBeUndefined();
  // Thirty days from 3 March are 2 April; four of suspension and ten more make 16 April.
  expect(life.waitsDays(4).does('applicant', 'submitObservations').clock.answerBy).toBe('2026-04-16');
});

test('a notice without observations gives back its ten days and no more', () => {
  expect(noticed().waitsDays(11).clock.answerBy).toBe('2026-04-13');
});

test('the law knows one notice', () => {
  const life = noticed().does('applicant', 'submitObservations').works();
  expect(life.refuses('holder', 'noticeRejection')).toMatchObject({
    code: 'ALREADY_NOTICED',
    detail: 'Il preavviso di rigetto è già stato inviato per questa pratica.',
  });
});

test('a practice that was announced a rejection may still be approved', () => {
  const life = noticed().does('applicant', 'submitObservations').works().does('holder', 'approve').works();
  expect(life.state.status).toBe('approved');
});
