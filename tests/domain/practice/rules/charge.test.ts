import { KINDS } from '../kinds';
import { Life } from '../life';
import { situation } from '../state-table/situations';

const REGISTERED = 'approval, registered on submission';
const inCharge = () => situation(REGISTERED, 'inCharge');

test('who takes over holds the practice from then on, and the one before no more', () => {
  const life = inCharge().does('colleague', 'takeOver');
  expect(life.events.at(-1)?.data).toEqual({ operator: 'person-colleague', from: 'person-officer' });
  expect(life.refuses('holder', 'approve').code).toBe('NOT_ASSIGNEE');
  expect(life.does('colleague', 'approve').state.status).toBe('deciding');
});

test('who releases a practice leaves it to the office: anybody may take it', () => {
  const life = inCharge().does('holder', 'release');
  expect([life.state.status, life.state.assignee]).toEqual(['inCharge', undefined]);
  expect(life.does('colleague', 'takeCharge').state.assignee).toBe('person-colleague');
});

test('assigned to an office only, it is in charge of nobody until a member takes it', () => {
  const life = inCharge().does('manager', 'assign', { assignTo: { office: 'office-2' } });
  expect([life.state.office, life.state.assignee]).toEqual(['office-2', undefined]);
  expect(life.refuses('holder', 'approve').remedy).toBe('Prendi in carico la pratica, poi ripeti l’azione.');
  expect(life.does('colleague', 'takeCharge').state).toMatchObject({
    office: 'office-2',
    assignee: 'person-colleague',
  });
});

test('an office assigns to its own person without changing office', () => {
  const life = inCharge().does('manager', 'assign', { assignTo: { office: 'office-2' } });
  life.does('colleague', 'assign', { assignTo: { operator: 'person-officer' } });
  expect(life.state).toMatchObject({ office: 'office-2', assignee: 'person-officer' });
});

test('an assignment keeps the state of a practice that waits for the applicant', () => {
  const life = situation(REGISTERED, 'awaitingIntegration');
  life.does('manager', 'assign', { assignTo: { operator: 'person-colleague' } });
  expect(life.state).toMatchObject({ status: 'awaitingIntegration', assignee: 'person-colleague' });
  expect(life.does('colleague', 'cancelIntegration').state.status).toBe('inCharge');
});

describe('automatic assignment', () => {
  const assignTo = { operator: 'person-colleague', office: 'office-2' };

  test('comes with the number, and nobody has to take the practice', () => {
    const life = new Life(KINDS[REGISTERED]).does('applicant', 'submit', { assignTo }).works();
    expect(life.events.at(-1)).toMatchObject({ type: 'assigned', data: { ...assignTo, automatic: true } });
    const { status, assignee, office } = life.state;
    expect({ status, assignee, office }).toEqual({
      status: 'inCharge',
      assignee: 'person-colleague',
      office: 'office-2',
    });
  });

  test('without registration comes with the receipt', () => {
    const life = new Life(KINDS['approval, nothing registered']).does('applicant', 'submit', { assignTo }).works();
    expect(life.state).toMatchObject({ status: 'inCharge', assignee: 'person-colleague' });
  });

  test('is remembered while stamps and payment are waited for', () => {
    const life = new Life(KINDS[REGISTERED]).does('applicant', 'submit', { stamps: 1, feeCents: 1600, assignTo });
    life.does('applicant', 'provideStamps').receives().works();
    expect(life.state).toMatchObject({ status: 'inCharge', assignee: 'person-colleague' });
  });

  test('to an office alone leaves the practice to be taken', () => {
    const life = new Life(KINDS[REGISTERED]).does('applicant', 'submit', { assignTo: { office: 'office-2' } }).works();
    expect([life.state.status, life.state.assignee]).toEqual(['inCharge', undefined]);
    expect(life.does('holder', 'takeCharge').state.assignee).toBe('person-officer');
  });
});

test('priority is high, medium or low as somebody of the office says; nobody has said it at first', () => {
  const life = situation(REGISTERED, 'registering');
  expect(life.state.priority).toBeUndefined();
  for (const priority of ['high', 'low', 'medium'] as const) {
    expect(life.does('colleague', 'setPriority', { priority }).state.priority).toBe(priority);
  }
});

describe('phases', () => {
  test('a practice is in the first one from the beginning, and its phase changes only along listed edges', () => {
    const life = inCharge();
    expect(life.refuses('holder', 'changePhase', { phase: 'opinions' })).toMatchObject({
      code: 'PHASE_NOT_NEXT',
      params: { phase: 'opinions', next: 'review' },
      detail: 'Dalla fase attuale non si può passare a "opinions".',
      remedy: 'Puoi passare a: review.',
    });
    expect(life.does('holder', 'changePhase', { phase: 'review' }).state).toMatchObject({
      status: 'inCharge',
      phase: 'review',
    });
    expect(life.refuses('holder', 'changePhase', { phase: 'preliminary' }).remedy).toBe('La fase attuale è l’ultima.');
  });

  test('a decision is taken only in a phase that allows it', () => {
    const life = inCharge();
    expect(life.refuses('holder', 'approvePartially')).toMatchObject({
      code: 'PHASE_NOT_DECIDING',
      params: { phase: 'preliminary', phaseLabel: 'Preistruttoria' },
      detail: 'Nella fase "Preistruttoria" non si può fare "Approva in parte".',
    });
    life.does('holder', 'changePhase', { phase: 'review' }).does('holder', 'approvePartially');
    expect(life.state.status).toBe('deciding');
  });

  test('an integration request does not change the phase', () => {
    const life = inCharge().does('holder', 'changePhase', { phase: 'review' });
    life.does('holder', 'requestIntegration').works().does('applicant', 'answerIntegration').works();
    expect(life.state).toMatchObject({ status: 'inCharge', phase: 'review' });
  });
});

test('the start of the procedure is communicated with a document of its own', () => {
  const life = inCharge().does('holder', 'communicateStart').works();
  expect(life.state.status).toBe('inCharge');
  expect(life.state.documents.at(-1)).toMatchObject({ ordinal: 2, kind: 'startNotice' });
});

test.each(['applicant', 'office'] as const)(
  'a further communication to the %s leaves the practice where it is',
  (to) => {
    const life = situation(REGISTERED, 'awaitingIntegration').does('holder', 'communicate', { to });
    expect(life.events.at(-1)?.data).toMatchObject({ document: 3, to });
    expect(life.works().state.status).toBe('awaitingIntegration');
  },
);
