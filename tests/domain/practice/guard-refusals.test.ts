import { REFUSALS } from '../../../src/domain/errors';
import type { Act } from '../../../src/domain/practice/acts';
import type { Command } from '../../../src/domain/practice/command';
import { decide } from '../../../src/domain/practice/decide';
import { guard } from '../../../src/domain/practice/guard';
import type { PracticeState } from '../../../src/domain/practice/state';
import type { PracticeClock } from '../../../src/domain/terms/practice-clock';
import { actor, applicant, at, command, OFFICER, practiceIn, ztlRules } from '../support';

const clock: PracticeClock = { deadlines: [], suspended: false };

/** The refusal as the engine gives it and as people read it. */
function refused(state: PracticeState, act: Act, changes: Partial<Command> = {}, on: PracticeClock = clock) {
  const told = guard(state, on, command(act, { actVersion: state.actVersion, ...changes }));
  if (!told) throw new Error(`${act} was allowed`);
  const { sentence, remedy, status } = REFUSALS[told.code];
  return { ...told, status, sentence: sentence(told.params), remedy: remedy(told.params) };
}

test('an act that this version lacks is refused as not available', () => {
  expect(refused(practiceIn('inCharge'), 'archive')).toEqual({
    code: 'ACT_NOT_AVAILABLE',
    params: { act: 'archive', actLabel: 'Archivia', status: 'inCharge', statusLabel: 'In carico' },
    status: 409,
    sentence: '"Archivia" non è disponibile in questa versione.',
    remedy: 'Usa una delle azioni elencate tra quelle possibili della pratica.',
  });
});

test('a role that may not act is told which roles may', () => {
  expect(refused(practiceIn('inCharge'), 'approve', { actor: actor('auditor') })).toEqual({
    code: 'ROLE_NOT_ALLOWED',
    params: {
      act: 'approve',
      actLabel: 'Approva',
      status: 'inCharge',
      statusLabel: 'In carico',
      role: 'auditor',
      roles: 'operator, manager',
    },
    status: 403,
    sentence: 'Il ruolo "revisore" non può fare "Approva".',
    remedy: 'Serve uno di questi ruoli: operatore, responsabile.',
  });
});

test('an act that the service turns off is refused whatever the state', () => {
  const rules = { ...ztlRules, switches: { ...ztlRules.switches, integration: false } };
  expect(refused(practiceIn('inCharge', { rules }), 'requestIntegration')).toEqual({
    code: 'ACT_DISABLED_BY_SERVICE',
    params: {
      act: 'requestIntegration',
      actLabel: 'Richiedi integrazioni',
      status: 'inCharge',
      statusLabel: 'In carico',
    },
    status: 409,
    sentence: 'Il servizio non prevede "Richiedi integrazioni".',
    remedy: "Chiedi all'amministratore se l'azione va attivata per questo servizio.",
  });
});

test('who did not file the application cannot send it', () => {
  expect(refused(practiceIn('draft'), 'submit', { actor: actor('citizen') })).toEqual({
    code: 'NOT_APPLICANT',
    params: { act: 'submit', actLabel: 'Invia', status: 'draft', statusLabel: 'Bozza' },
    status: 403,
    sentence: '"Invia" spetta solo a chi ha presentato la domanda.',
    remedy: 'Accedi con l’identità del richiedente o di un suo delegato.',
  });
});

test('an ended practice takes no more acts', () => {
  expect(refused(practiceIn('approved'), 'reject')).toEqual({
    code: 'PRACTICE_CLOSED',
    params: { act: 'reject', actLabel: 'Rifiuta', status: 'approved', statusLabel: 'Accettata' },
    status: 409,
    sentence: 'La pratica è conclusa con lo stato "Accettata": "Rifiuta" non è più possibile.',
    remedy: 'Documenti, messaggi e pagamenti restano consultabili. Per una nuova esigenza presenta una nuova domanda.',
  });
});

test('in the wrong state one reads in which states the act is possible', () => {
  expect(refused(practiceIn('awaitingIntegration'), 'approve')).toEqual({
    code: 'ACT_NOT_ALLOWED_IN_STATE',
    params: {
      act: 'approve',
      actLabel: 'Approva',
      status: 'awaitingIntegration',
      statusLabel: 'In attesa di integrazioni',
      allowedIn: 'In carico',
    },
    status: 409,
    sentence: '"Approva" non è possibile: la pratica è nello stato "In attesa di integrazioni".',
    remedy: 'Si può fare quando la pratica è: In carico. Ricarica la pratica per vedere che cosa è cambiato.',
  });
});

test('a practice that waits for its number is not taken in charge before it has one', () => {
  expect(refused(practiceIn('received'), 'takeCharge')).toEqual({
    code: 'ACT_NOT_ALLOWED_IN_STATE',
    params: {
      act: 'takeCharge',
      actLabel: 'Prendi in carico',
      status: 'received',
      statusLabel: 'Acquisita',
      allowedIn: 'Protocollata',
    },
    status: 409,
    sentence: '"Prendi in carico" non è possibile: la pratica è nello stato "Acquisita".',
    remedy: 'Si può fare quando la pratica è: Protocollata. Ricarica la pratica per vedere che cosa è cambiato.',
  });
});

test('a registration under way needs no retry, and no state is named in which it would', () => {
  expect(refused(practiceIn('registering'), 'retryRegistration')).toEqual({
    code: 'ACT_NOT_ALLOWED_IN_STATE',
    params: {
      act: 'retryRegistration',
      actLabel: 'Riprova la protocollazione',
      status: 'registering',
      statusLabel: 'In attesa di protocollazione',
      allowedIn: '',
    },
    status: 409,
    sentence: '"Riprova la protocollazione" non è possibile: la pratica è nello stato "In attesa di protocollazione".',
    remedy: 'Ricarica la pratica per vedere che cosa è cambiato.',
  });
});

test('only who holds the practice decides it', () => {
  expect(refused(practiceIn('inCharge'), 'reject', { actor: actor('manager') })).toEqual({
    code: 'NOT_ASSIGNEE',
    params: { act: 'reject', actLabel: 'Rifiuta', status: 'inCharge', statusLabel: 'In carico' },
    status: 403,
    sentence: '"Rifiuta" spetta solo a chi ha in carico la pratica.',
    remedy: 'Subentra nella pratica, poi ripeti l’azione.',
  });
});

describe('an answer to an integration request', () => {
  const expiresAt = at('2026-12-24T23:00:00.000Z');
  const open: PracticeClock = { deadlines: [{ kind: 'integration', expiresAt }], suspended: true };

  test('is refused from the first instant after its last day, in the hours of Rome', () => {
    const late = { actor: applicant, receivedAt: expiresAt };
    expect(refused(practiceIn('awaitingIntegration'), 'answerIntegration', late, open)).toEqual({
      code: 'DEADLINE_PASSED',
      params: { deadline: 'integration', expiresAt: '25/12/2026, 00:00', receivedAt: '25/12/2026, 00:00' },
      status: 409,
      sentence: 'Il termine è scaduto il 25/12/2026, 00:00; la richiesta è arrivata il 25/12/2026, 00:00.',
      remedy: 'Scrivi un messaggio all’ufficio o presenta una nuova domanda.',
    });
  });

  test('received in the last millisecond is in time, whoever looks at it later', () => {
    const inTime = command('answerIntegration', { actor: applicant, receivedAt: at('2026-12-24T22:59:59.999Z') });
    expect(guard(practiceIn('awaitingIntegration'), open, inTime)).toBeUndefined();
  });
});

test('an officer must say on which version the decision was taken', () => {
  const { actVersion: _missing, ...unversioned } = command('approve', { actVersion: 4 });
  const told = guard(practiceIn('inCharge'), clock, unversioned);
  expect(told).toEqual({ code: 'VERSION_REQUIRED', params: { act: 'approve', actLabel: 'Approva' } });
  expect(REFUSALS.VERSION_REQUIRED.sentence(told?.params ?? {})).toBe(
    '"Approva" deve indicare la versione della pratica su cui decidi.',
  );
  expect(REFUSALS.VERSION_REQUIRED.remedy({})).toBe('Invia nel corpo il campo actVersion letto dalla pratica.');
});

test.each([3, 5])('a decision taken on version %s of a practice at version 4 is stale', (given) => {
  expect(refused(practiceIn('inCharge'), 'approve', { actVersion: given })).toEqual({
    code: 'STALE_VERSION',
    params: {
      act: 'approve',
      actLabel: 'Approva',
      given,
      actual: 4,
      status: 'inCharge',
      statusLabel: 'In carico',
    },
    status: 409,
    sentence: `Hai deciso sulla versione ${given} della pratica, ma ora è alla versione 4.`,
    remedy: 'Ricarica la pratica, guarda che cosa è cambiato e ripeti l’azione se serve ancora.',
  });
});

test('an applicant needs no version: a number that arrives must not throw an answer out', () => {
  const { actVersion: _missing, ...unversioned } = command('answerIntegration', { actor: applicant });
  expect(guard(practiceIn('awaitingIntegration'), clock, unversioned)).toBeUndefined();
});

test('what the guard must have refused makes the decider stop, not guess', () => {
  expect(() => decide(practiceIn('inCharge', { assignee: OFFICER }), command('archive'))).toThrow(
    new Error('no decider for archive: the guard must refuse it first'),
  );
});
