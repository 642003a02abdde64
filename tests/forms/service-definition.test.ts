import { serviceDefinitionSchema } from '../../src/application/services/definition';
import { permessoZtl } from '../../src/application/services/permesso-ztl';
import { rulesOf } from '../../src/application/services/rules-of';
import { problems, sections } from './definitions';

test('the definition of the demo is in normal form', () => {
  expect(problems(() => undefined)).toEqual([]);
  expect(serviceDefinitionSchema.parse(permessoZtl)).toEqual(permessoZtl);
});

test('what a practice carries of it holds no text', () => {
  expect(rulesOf(permessoZtl)).toEqual({
    service: 'permesso-ztl',
    version: 2,
    codePrefix: 'ZTL',
    workflow: 'approval',
    registration: 'onSubmission',
    payment: { amountCents: 1600, windowMinutes: 4320, onExpiry: 'expired' },
    termDays: 30,
    integrationDays: 30,
    switches: { withdraw: true, integration: true, partialApproval: false, reopening: false, rejectionNotice: false },
  });
});

test('what a service uses besides travels with its practices: phases, payment at release, notice, expiry of drafts', () => {
  const phases = [{ key: 'review', label: 'Istruttoria', next: [], decisions: ['approved', 'rejected'] }];
  const definition = serviceDefinitionSchema.parse({
    ...permessoZtl,
    payment: { formula: { '*': [2, 800] }, windowMinutes: 60, onExpiry: 'draft', reason: 'Diritti' },
    releasePayment: { amountCents: 5_000, windowMinutes: 60, reason: 'Canone' },
    phases,
    rejectionNotice: 'required',
    draftDays: 30,
  });
  expect(rulesOf(definition)).toMatchObject({
    payment: { windowMinutes: 60, onExpiry: 'draft' },
    releasePayment: { windowMinutes: 60, onExpiry: 'renewed' },
    phases,
    noticeRequired: true,
    draftDays: 30,
    switches: { rejectionNotice: true },
  });
  expect(rulesOf(definition).payment).not.toHaveProperty('formula');
  expect(rulesOf(definition).releasePayment).not.toHaveProperty('amountCents');
});

test('an optional rejection notice is possible and not required', () => {
  const rules = rulesOf(serviceDefinitionSchema.parse({ ...permessoZtl, rejectionNotice: 'optional' }));
  expect([rules.switches.rejectionNotice, rules.noticeRequired]).toEqual([true, undefined]);
});

test('a service without a fee carries no payment at all', () => {
  const { payment: _free, ...free } = permessoZtl;
  expect(rulesOf(serviceDefinitionSchema.parse(free))).not.toHaveProperty('payment');
});

test.each([
  [0, 'Too small: expected number to be >=1'],
  [-1600, 'Too small: expected number to be >=1'],
  [16.5, 'Invalid input: expected int, received number'],
  [100_000_000, 'Too big: expected number to be <=99999999'],
  ['1600', 'Invalid input: expected number, received string'],
])('an amount of %s is refused', (amountCents, message) => {
  const told = problems((definition) => {
    definition['payment'] = { ...permessoZtl.payment, amountCents };
  });
  expect(told).toEqual([`payment.amountCents: ${message}`]);
});

test.each([
  ['integrationDays', 31, 'Too big: expected number to be <=30'],
  ['integrationDays', 0, 'Too small: expected number to be >=1'],
  ['termDays', 0, 'Too small: expected number to be >=1'],
  ['termDays', 366, 'Too big: expected number to be <=365'],
  ['version', 0, 'Too small: expected number to be >=1'],
  ['codePrefix', 'ztl', 'Invalid string: must match pattern /^[A-Z]{2,8}$/'],
  ['code', 'Permesso ZTL', 'Invalid string: must match pattern /^[a-z0-9-]{3,60}$/'],
  ['offices', [], 'Too small: expected array to have >=1 items'],
  ['workflow', 'other', 'Invalid option: expected one of "approval"|"forward"|"paymentOnly"'],
])('%s cannot be %j', (name, value, message) => {
  const told = problems((definition) => {
    definition[name] = value;
  });
  expect(told).toEqual([`${name}: ${message}`]);
});

test.each(['givenName', 'familyName', 'taxCode', 'email'])('a form without the applicant’s %s is refused', (key) => {
  const told = problems((definition) => {
    for (const section of sections(definition)) section.fields = section.fields.filter((field) => field.key !== key);
  });
  expect(told).toEqual([`form: the form lacks applicant.${key}, needed for register and mails`]);
});

test('a field that stands twice is refused, also in two sections of the same name', () => {
  const doubled = 'form: vehicle.plate: two questions keep their value at vehicle.plate: rename one key';
  const again = { key: 'plate', label: 'Targa', type: 'plate' };
  expect(problems((definition) => sections(definition)[2]?.fields.push(again))).toEqual([doubled]);
  const other = problems((definition) => {
    sections(definition).push({ key: 'vehicle', title: 'Altro veicolo', fields: [again] } as never);
  });
  expect(other).toEqual([doubled]);
});

test.each([
  ['__proto__', 'must be a camelCase name'],
  ['with.dot', 'must be a camelCase name'],
  ['Upper', 'must be a camelCase name'],
  ['', 'must be a camelCase name'],
])('a field cannot be called "%s"', (key, message) => {
  const told = problems((definition) => sections(definition)[2]?.fields.push({ key, label: 'X', type: 'text' }));
  expect(told).toEqual([`form.sections.2.fields.3.key: ${message}`]);
});

test('what a definition leaves out has the default of the manual', () => {
  const { switches: _switches, integrationDays: _days, registration: _registration, ...rest } = permessoZtl;
  const parsed = serviceDefinitionSchema.parse(rest);
  const { switches, integrationDays, registration, rejectionNotice, folder, access, draftDays, texts } = parsed;
  expect({ switches, integrationDays, registration, rejectionNotice, folder, access, draftDays, texts }).toEqual({
    switches: { withdraw: true, integration: true, partialApproval: false, reopening: false },
    integrationDays: 30,
    registration: 'onSubmission',
    rejectionNotice: 'none',
    folder: { policy: 'perServiceYear' },
    access: { filers: ['citizen', 'professional', 'delegate'], minimumLevel: 1, withoutLogin: false },
    draftDays: undefined,
    texts: permessoZtl.texts,
  });
});

test('stamps cost sixteen euros unless the service says otherwise', () => {
  const { stamps } = serviceDefinitionSchema.parse({ ...permessoZtl, stamps: { atRequest: { count: 2 } } });
  expect(stamps).toEqual({ atRequest: { count: 2, amountCents: 1600 } });
});
