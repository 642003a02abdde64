import { documentWork } from '../../../../src/domain/practice/documents';
import { registered, workOf } from '../automatic';
import type { Life } from '../life';
import { situation } from '../state-table/situations';

const numbers = ({ state }: Life) => state.documents.map(({ kind, registration }) => `${kind} ${registration?.number}`);

test('registration is per service: without it a received application is taken in charge and nothing gets a number', () => {
  const life = situation('approval, nothing registered', 'received').does('holder', 'takeCharge');
  life.does('holder', 'approve').works();
  expect(life.state.status).toBe('approved');
  expect(numbers(life)).toEqual(['request undefined', 'decision undefined']);
});

test('on submission the request is registered by itself, and the practice is then to be taken in charge', () => {
  const life = situation('approval, registered on submission', 'submitted').works();
  expect([life.state.status, numbers(life)]).toEqual(['registered', ['request 0000001']]);
});

describe('on acceptance', () => {
  const desk = () => situation('approval, registered on acceptance', 'toAccept');

  test('the practice waits to be accepted and nothing of it is registered', () => {
    const life = desk();
    expect([life.state.status, workOf(life.state, life.now), numbers(life)]).toEqual([
      'toAccept',
      undefined,
      ['request undefined'],
    ]);
  });

  test('one act gives registration and case officer', () => {
    const life = desk().does('holder', 'accept');
    expect([life.state.status, life.state.accepted, life.state.assignee]).toEqual([
      'registering',
      true,
      'person-officer',
    ]);
    life.works();
    expect([life.state.status, life.state.assignee, numbers(life)]).toEqual([
      'inCharge',
      'person-officer',
      ['request 0000001'],
    ]);
  });

  test('who accepts may name another case officer', () => {
    const life = desk().does('manager', 'accept', { assignTo: { operator: 'person-colleague' } });
    expect(life.works().state.assignee).toBe('person-colleague');
  });

  test('what is withdrawn before it was accepted never gets a number', () => {
    const life = desk().does('applicant', 'withdraw').works();
    expect([life.state.status, numbers(life)]).toEqual(['withdrawn', ['request undefined', 'withdrawal undefined']]);
  });
});

test('what the planning desk never accepted is not reopened: it has no number to go on with', () => {
  const never = situation('approval, registered on acceptance', 'toAccept').does('applicant', 'withdraw').works();
  expect(never.refuses('manager', 'reopen').code).toBe('PRACTICE_CLOSED');
  const accepted = situation('approval, registered on acceptance', 'inCharge').does('applicant', 'withdraw').works();
  expect(accepted.does('manager', 'reopen').state.status).toBe('inCharge');
});

test('a communication made after the decision was taken releases nothing', () => {
  const life = situation('approval, nothing registered', 'inCharge').does('holder', 'communicate');
  life.does('holder', 'approve').step();
  expect([life.events.at(-2)?.type, life.state.status]).toEqual(['documentReady', 'deciding']);
  expect(life.works().state.status).toBe('approved');
});

test('a withdrawn practice stays withdrawn when its request is registered afterwards', () => {
  const life = situation('approval, registered on submission', 'registering').waits(31);
  const { seq } = life.does('applicant', 'withdraw').state;
  expect(life.works().since(seq)).toEqual(['requestRegistered', 'documentReady', 'documentRegistered']);
  expect([life.state.status, numbers(life)]).toEqual(['withdrawn', ['request 0000001', 'withdrawal 0000002']]);
});

test('an annulled practice stays annulled when its decision is registered at the same moment', () => {
  const life = situation('approval, registered on submission', 'registeringOutcome');
  const decision = life.state.documents[1];
  if (!decision) throw new Error('no decision');
  life.does('manager', 'annul').take('step:registered/2', registered(life.state, decision, life.now));
  expect(life.state.status).toBe('annulled');
});

test('a decision annulled before it was released never leaves the house', () => {
  const life = situation('approval, registered on submission', 'deciding').does('manager', 'annul').works();
  expect([life.state.status, numbers(life)]).toEqual([
    'annulled',
    ['request 0000001', 'decision undefined', 'annulment 0000003'],
  ]);
});

test('documents are registered in order, each after the one before it', () => {
  const life = situation('approval, registered on submission', 'inCharge');
  life.does('holder', 'communicateStart').does('holder', 'communicate', { to: 'office' });
  const { seq } = life.state;
  expect(life.works().since(seq)).toEqual([
    'documentReady',
    'documentRegistered',
    'documentReady',
    'documentRegistered',
  ]);
  expect(numbers(life)).toEqual(['request 0000001', 'startNotice 0000002', 'communication 0000003']);
});

test('a decision that waits for money lets a communication be registered first', () => {
  const life = situation('approval, registered on submission', 'awaitingFinalPayment');
  const { documents } = life.state;
  const after = { ordinal: 3, kind: 'communication' as const, sha256: documents[0]?.sha256 ?? ('0' as never) };
  const work = documentWork({ ...life.state, documents: [...documents, after] });
  expect(work).toEqual({ kind: 'register', document: after });
});

test('while a registration waits for a person documents are made, and none is registered', () => {
  const life = situation('approval, registered on submission', 'inCharge').does('holder', 'communicateStart');
  life.raises('registrationRejected');
  expect(life.works().state.documents[1]).toEqual({
    ordinal: 2,
    kind: 'startNotice',
    command: expect.any(String),
    sha256: '0'.repeat(64),
  });
  life.does('colleague', 'retryRegistration').works();
  expect([life.state.attention, numbers(life)]).toEqual([[], ['request 0000001', 'startNotice 0000002']]);
});

test('a registration is retried also after the end, because the number of the last document may lack', () => {
  const life = situation('approval, registered on submission', 'inCharge').does('holder', 'archive');
  life.raises('registrationUncertain').works();
  expect(numbers(life)).toEqual(['request 0000001', 'archiving undefined']);
  life.does('manager', 'retryRegistration').works();
  expect(numbers(life)).toEqual(['request 0000001', 'archiving 0000002']);
});
