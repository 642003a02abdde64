import { problems, problemsOf, sections } from './definitions';

const phase = (key: string, next: string[], decisions: string[] = []) => ({ key, label: key, next, decisions });
const withPhases = (...phases: ReturnType<typeof phase>[]) => problemsOf({ phases });
const free = { payment: undefined };

describe('a practice must be able to end', () => {
  test('a phase from which no decision can be reached', () => {
    const trap = [
      phase('start', ['trap', 'decision']),
      phase('trap', ['trap']),
      phase('decision', [], ['approved', 'rejected']),
    ];
    expect(withPhases(...trap)).toEqual([
      'phases.1: a practice in trap has no end: no decision can be reached from it',
    ]);
  });

  test('phases of which none decides', () => {
    expect(withPhases(phase('start', ['work']), phase('work', ['start']))).toEqual([
      'phases.0: a practice in start has no end: no decision can be reached from it',
    ]);
  });

  test('phases that never allow to reject', () => {
    expect(withPhases(phase('start', [], ['approved']))).toEqual([
      'phases: no phase allows to reject: an application that must be refused could never end',
    ]);
  });

  test('phases that never allow to approve', () => {
    expect(withPhases(phase('start', [], ['rejected']))).toEqual(['phases: no phase allows to approve']);
  });

  test('a rejection that only a phase allows to which nothing leads', () => {
    expect(withPhases(phase('start', [], ['approved']), phase('island', [], ['rejected']))).toEqual([
      'phases.1: no phase leads to island',
      'phases: no phase allows to reject: an application that must be refused could never end',
    ]);
  });

  test('phases that go round and still decide are fine', () => {
    const round = [phase('start', ['work']), phase('work', ['start'], ['approved', 'rejected'])];
    expect(withPhases(...round)).toEqual([]);
  });
});

describe('phases', () => {
  test('a phase that leads to one that does not exist', () => {
    expect(withPhases(phase('start', ['nowhere'], ['approved', 'rejected']))).toEqual([
      'phases.0.next: there is no phase nowhere',
    ]);
  });

  test('a phase that stands twice', () => {
    const start = phase('start', [], ['approved', 'rejected']);
    expect(withPhases(start, start)).toEqual(['phases.1.key: the phase start stands twice']);
  });

  test('a phase that allows a partial approval which the service turns off', () => {
    expect(withPhases(phase('start', [], ['approved', 'partiallyApproved', 'rejected']))).toEqual([
      'phases.0.decisions: partial approval is turned off',
    ]);
  });
});

describe('money', () => {
  const release = { amountCents: 5_000, windowMinutes: 60, reason: 'Canone' };

  test('a payment after a rejection', () => {
    expect(problemsOf({ releasePayment: { ...release, on: ['approved', 'rejected'] } })).toEqual([
      'releasePayment.on: a rejection releases nothing: nobody pays after it',
    ]);
  });

  test('a payment only after a partial approval that is turned off', () => {
    expect(problemsOf({ releasePayment: { ...release, on: ['partiallyApproved'] } })).toEqual([
      'releasePayment.on: partial approval is turned off: this payment is never asked for',
    ]);
  });

  test.each([
    ['both', { amountCents: 1600, formula: 1600 }],
    ['none', {}],
  ])('a payment that says %s of amount and formula', (_what, amount) => {
    const message = 'say either amountCents or formula: one of them, not both and not none';
    const more = { windowMinutes: 60, reason: 'Diritti' };
    expect(problemsOf({ payment: { ...amount, ...more, onExpiry: 'draft' } })).toEqual([`payment: ${message}`]);
    expect(problemsOf({ releasePayment: { ...amount, ...more } })).toEqual([`releasePayment: ${message}`]);
  });

  test.each(['approval', 'forward'])('%s needs no payment, a payment-only service does', (workflow) => {
    expect(problemsOf({ ...free, workflow })).toEqual([]);
    expect(problemsOf({ ...free, workflow: 'paymentOnly' })).toEqual([
      'payment: a payment-only service must say what is paid',
    ]);
  });
});

describe('where nobody decides', () => {
  const decides = (workflow: string) => `nobody decides in a "${workflow}" service`;
  test.each(['forward', 'paymentOnly'])('a %s service has nothing that follows a decision', (workflow) => {
    const told = problemsOf({
      workflow,
      registration: 'onAcceptance',
      releasePayment: { amountCents: 5_000, windowMinutes: 60, reason: 'Canone' },
      stamps: { atRelease: { count: 1 } },
      phases: [phase('start', [], ['approved', 'rejected'])],
      rejectionNotice: 'optional',
      switches: { partialApproval: true, reopening: true },
    });
    expect(told).toEqual([
      `registration: ${decides(workflow)}: there is no case officer to accept it, register "onSubmission" or "none"`,
      `releasePayment: ${decides(workflow)}: nothing is ever paid after a decision`,
      `stamps.atRelease: ${decides(workflow)}: no stamps are needed on a decision`,
      `phases: ${decides(workflow)}: phases lead nowhere`,
      `rejectionNotice: ${decides(workflow)}: there is no rejection to announce`,
      `switches.partialApproval: ${decides(workflow)}: turn it off`,
      `switches.reopening: ${decides(workflow)}: turn it off`,
    ]);
  });

  test('only what an office works on is assigned, and at the planning desk whoever accepts names the officer', () => {
    const automaticAssignment = { field: 'permit.reason', cases: [{ equals: 'work', to: { office: 'mobilita' } }] };
    expect(problemsOf({ workflow: 'paymentOnly', automaticAssignment })).toContain(
      'automaticAssignment: a "paymentOnly" service is assigned to nobody',
    );
    expect(problemsOf({ registration: 'onAcceptance', automaticAssignment })).toEqual([
      'automaticAssignment: at the planning desk whoever accepts names the case officer',
    ]);
  });
});

describe('what a definition names must exist', () => {
  const payment = { windowMinutes: 60, onExpiry: 'draft', reason: 'Diritti' };
  const formula = { '*': [{ var: 'site.squareMetres' }, 150] };

  test('a field in a formula, in an exemption and in a payment at release', () => {
    const exemptions = [{ label: 'Disabili', when: { '==': [{ var: 'applicant.disabled' }, true] } }];
    expect(problemsOf({ payment: { ...payment, formula, exemptions } })).toEqual([
      'payment.formula: the form has no field site.squareMetres',
      'payment.exemptions.0.when: the form has no field applicant.disabled',
    ]);
    expect(problemsOf({ releasePayment: { formula, windowMinutes: 60, reason: 'Canone' } })).toEqual([
      'releasePayment.formula: the form has no field site.squareMetres',
    ]);
  });

  test('a field that is a file is no value', () => {
    const rule = { if: [{ var: 'permit.photo' }, 100, 200] };
    expect(problemsOf({ payment: { ...payment, formula: rule } })).toEqual([
      'payment.formula: the form has no field permit.photo',
    ]);
  });

  test.each(['pow', 'method', 'map', 'missing', 'log', '__proto__', 'constructor'])('the operator %s', (operator) => {
    const rule = JSON.parse(`{"+":[1,{"${operator}":[2,3]}]}`);
    expect(problemsOf({ payment: { ...payment, formula: rule } })).toEqual([
      `payment.formula: the operator ${operator} is not known`,
    ]);
  });

  test('the field of an automatic assignment and its offices', () => {
    const automaticAssignment = {
      field: 'site.zone',
      cases: [{ equals: 'nord', to: { office: 'edilizia' } }],
      otherwise: { office: 'tributi' },
    };
    expect(problemsOf({ automaticAssignment })).toEqual([
      'automaticAssignment.cases.0.to.office: the office edilizia does not handle this service',
      'automaticAssignment.otherwise.office: the office tributi does not handle this service',
      'automaticAssignment.field: the form has no field site.zone',
    ]);
  });

  test('the field that says the area', () => {
    expect(problemsOf({ areaField: 'site.zone' })).toEqual(['areaField: the form has no field site.zone']);
  });

  test('a placeholder of a text', () => {
    const [told, ...more] = problemsOf({ texts: { submitted: { it: { body: 'Gentile {{applicant.nome}}' } } } });
    expect(told).toMatch(/^texts\.submitted\.it\.body: unknown placeholder: use only \{\{applicant\.name\}\}, /);
    expect(more).toEqual([]);
  });
});

describe('the entrance', () => {
  test('without login there is no identity level, and everybody is a citizen', () => {
    expect(problemsOf({ access: { filers: ['professional'], minimumLevel: 1, withoutLogin: true } })).toEqual([
      'access: without login nobody has an identity level: minimumLevel must be 0',
      'access: without login everybody is a citizen: allow citizens',
    ]);
    expect(problemsOf({ access: { filers: ['citizen'], minimumLevel: 0, withoutLogin: true } })).toEqual([]);
  });
});

describe('folders', () => {
  test.each([
    { policy: 'perApplicantGroup' },
    { policy: 'perServiceYear', group: 'bonus' },
    { policy: 'perPractice', group: 'bonus' },
  ])('a group goes with one policy: %j', (folder) => {
    expect(problemsOf({ folder })).toEqual([
      'folder: a group belongs to the policy perApplicantGroup, which needs one',
    ]);
  });
});

test('a definition with several traps is told all of them', () => {
  const told = problems((definition) => {
    definition['phases'] = [phase('start', ['nowhere'])];
    definition['folder'] = { policy: 'perApplicantGroup' };
    sections(definition)[2]?.fields.push({ key: 'plate', label: 'Targa', type: 'plate' });
  });
  expect(told).toEqual([
    'form: vehicle.plate: two questions keep their value at vehicle.plate: rename one key',
    'phases.0.next: there is no phase nowhere',
    'phases.0: a practice in start has no end: no decision can be reached from it',
    'folder: a group belongs to the policy perApplicantGroup, which needs one',
  ]);
});
