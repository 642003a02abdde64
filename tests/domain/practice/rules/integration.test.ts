import { guard } from '../../../../src/domain/practice/guard';
import { at } from '../../support';
import { situation } from '../state-table/situations';

const REGISTERED = 'approval, registered on submission';
const waiting = () => situation(REGISTERED, 'awaitingIntegration');

test('the applicant is asked when the request is registered, not before', () => {
  const life = situation(REGISTERED, 'integrationRequested');
  expect(life.refuses('applicant', 'answerIntegration').code).toBe('ACT_NOT_ALLOWED_IN_STATE');
  expect(life.state.rounds).toEqual([{ round: 1, requestedAt: life.now }]);
  life.waits(5).works();
  expect(life.state.status).toBe('awaitingIntegration');
  expect(life.state.rounds[0]?.openedAt).toBe(life.now);
});

test('without registration the applicant is asked when the document exists', () => {
  const life = situation('approval, nothing registered', 'integrationRequested');
  const { seq } = life.state;
  expect(life.works().since(seq)).toEqual(['documentReady', 'documentFiled']);
  expect([life.state.status, life.state.rounds[0]?.openedAt]).toEqual(['awaitingIntegration', life.now]);
});

test('a structured answer is made into a document and registered, and the office goes on', () => {
  const life = waiting().does('applicant', 'answerIntegration');
  expect([life.state.status, life.state.rounds[0]?.closedBy]).toEqual(['integrationReceived', 'answer']);
  expect(life.events.at(-1)?.data).not.toHaveProperty('by');
  life.works();
  expect([life.state.status, life.state.documents.at(-1)?.kind]).toEqual(['inCharge', 'integrationAnswer']);
});

test('the operator in charge accepts messages as the answer, which is registered alike', () => {
  const life = waiting().does('holder', 'acceptMessages');
  expect(life.events.at(-1)?.data).toEqual({ round: 1, document: 3, command: expect.any(String), by: 'messages' });
  expect(life.works().state.status).toBe('inCharge');
});

test('only the operator in charge asks, accepts or cancels', () => {
  expect(situation(REGISTERED, 'inCharge').refuses('manager', 'requestIntegration').code).toBe('NOT_ASSIGNEE');
  expect(waiting().refuses('colleague', 'acceptMessages').code).toBe('NOT_ASSIGNEE');
  expect(waiting().refuses('colleague', 'cancelIntegration').code).toBe('NOT_ASSIGNEE');
});

test('a request is cancelled only before its answer, and stays on the timeline', () => {
  const life = waiting().does('holder', 'cancelIntegration');
  expect([life.state.status, life.state.rounds[0]?.closedBy]).toEqual(['inCharge', 'cancel']);
  expect(life.events.map(({ type }) => type)).toContain('integrationRequestRegistered');
  expect(situation(REGISTERED, 'integrationReceived').refuses('holder', 'cancelIntegration').code).toBe(
    'ACT_NOT_ALLOWED_IN_STATE',
  );
});

test('nobody answered: the request lapses and the office goes on', () => {
  const life = waiting().waitsDays(31);
  expect(life.state).toMatchObject({ status: 'inCharge', rounds: [{ closedBy: 'lapse' }] });
});

test('an answer is taken until the last instant of its last day in Rome, and refused after it', () => {
  const { state, clock, command } = lastDay();
  const inTime = { ...command, receivedAt: at('2026-04-02T21:59:59.999Z') };
  expect(guard(state, clock, inTime)).toBeUndefined();
  const told = guard(state, clock, { ...command, receivedAt: at('2026-04-02T22:00:00.000Z') });
  expect(told).toEqual({
    code: 'DEADLINE_PASSED',
    params: { deadline: 'integration', expiresAt: '03/04/2026, 00:00', receivedAt: '03/04/2026, 00:00' },
  });
});

/** The request was deposited on 3 March: thirty days end with 2 April. */
function lastDay() {
  const life = waiting();
  return { state: life.state, clock: life.clock, command: life.command('answerIntegration', 'applicant') };
}

test('several requests are possible, and only the first suspends the term', () => {
  const life = waiting();
  expect([life.clock.suspended, life.clock.answerBy]).toEqual([true, undefined]);
  life.waitsDays(10).does('applicant', 'answerIntegration').works();
  expect(life.clock).toMatchObject({ suspended: false, answerBy: '2026-04-13' });
  life.does('holder', 'requestIntegration').works();
  expect(life.state.rounds.map(({ round }) => round)).toEqual([1, 2]);
  expect(life.clock).toMatchObject({ suspended: false, answerBy: '2026-04-13' });
  life.waitsDays(10).does('applicant', 'answerIntegration').works();
  expect(life.clock.answerBy).toBe('2026-04-13');
});

test('each request is answered, cancelled or lapses on its own', () => {
  const life = waiting().does('holder', 'cancelIntegration');
  life.does('holder', 'requestIntegration').works().does('applicant', 'answerIntegration').works();
  expect(life.state.rounds.map(({ closedBy }) => closedBy)).toEqual(['cancel', 'answer']);
});
