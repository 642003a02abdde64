import { rulesOf, serviceDefinitionSchema } from '../../src/application/services/definition';
import { permessoZtl } from '../../src/application/services/permesso-ztl';

type Json = Record<string, unknown>;

/** What is wrong with the ZTL permit after a change, as path and whole message. */
function problems(change: (definition: Json) => void): string[] {
  const definition = structuredClone(permessoZtl) as unknown as Json;
  change(definition);
  const parsed = serviceDefinitionSchema.safeParse(definition);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function sections(definition: Json): { key: string; fields: { key: string; [more: string]: unknown }[] }[] {
  return (definition['form'] as { sections: ReturnType<typeof sections> }).sections;
}

test('the definition of the demo is in normal form', () => {
  expect(problems(() => undefined)).toEqual([]);
  expect(serviceDefinitionSchema.parse(permessoZtl)).toEqual(permessoZtl);
});

test('what a practice carries of it holds no text', () => {
  expect(rulesOf(permessoZtl)).toEqual({
    service: 'permesso-ztl',
    version: 1,
    codePrefix: 'ZTL',
    workflow: 'approval',
    registration: 'onSubmission',
    payment: { amountCents: 1600, windowMinutes: 4320, onExpiry: 'expired' },
    termDays: 30,
    integrationDays: 30,
    switches: { withdraw: true, integration: true, partialApproval: false, reopening: false, rejectionNotice: false },
  });
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
  const doubled = 'form: vehicle.plate stands twice in the form';
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

test('a payment-only service says what is paid', () => {
  const told = problems((definition) => {
    definition['workflow'] = 'paymentOnly';
    definition['payment'] = undefined;
  });
  expect(told).toEqual([
    'workflow: this release carries out "approval" only',
    'payment: a payment-only service must say what is paid',
  ]);
});

test('what a definition leaves out has the cautious value', () => {
  const { switches: _switches, integrationDays: _days, ...rest } = permessoZtl;
  const parsed = serviceDefinitionSchema.parse(rest);
  expect({ switches: parsed.switches, integrationDays: parsed.integrationDays }).toEqual({
    switches: { withdraw: true, integration: true, partialApproval: false, reopening: false, rejectionNotice: false },
    integrationDays: 30,
  });
});
