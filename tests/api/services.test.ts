import { publishService } from '../../src/application/seed';
import { serviceDefinitionSchema } from '../../src/application/services/definition';
import { DEMO_SERVICES } from '../../src/application/services/demo-services';
import { permessoZtl } from '../../src/application/services/permesso-ztl';
import { formOf } from '../../src/forms/sections-form';
import { expectStatus } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { buildSystem, type System } from '../support/system';
import { expectProblem, invalid } from './support';

let system: System;
let citizen: ApiClient;
beforeAll(async () => {
  system = await buildSystem({ waitMs: 0 });
  citizen = await system.as('giulia.bianchi');
});
afterAll(() => system.stop());

const shown = {
  code: 'permesso-ztl',
  version: permessoZtl.version,
  name: 'Permesso di accesso alla ZTL',
  summary: 'Chiedi il permesso per entrare con il tuo veicolo nella zona a traffico limitato.',
  category: permessoZtl.category ?? null,
  offices: ['mobilita'],
  access: { filers: ['citizen', 'professional', 'delegate'], minimumLevel: 1, withoutLogin: false },
  workflow: 'approval',
  registration: 'onSubmission',
  payment: {
    kind: 'fixed',
    amountCents: 1600,
    exemptions: [],
    windowMinutes: 4320,
    reason: 'Permesso ZTL: diritti di segreteria',
    onExpiry: 'expired',
  },
  releasePayment: null,
  stamps: { atRequest: null, atRelease: null },
  phases: [],
  rejectionNotice: permessoZtl.rejectionNotice,
  termDays: 30,
  integrationDays: 30,
  draftDays: null,
  folder: 'perServiceYear',
  switches: { ...permessoZtl.switches },
  statuses: expect.arrayContaining([{ status: 'awaitingPayment', label: 'In attesa di pagamento' }]),
  languages: expect.arrayContaining(['it']),
  attachments: { accept: ['pdf', 'p7m', 'jpg', 'png'], maxMegabytes: 30 },
  form: JSON.parse(JSON.stringify(formOf(permessoZtl.form))),
};

const listed = async (client: ApiClient) => (await expectStatus(200, client.get('/api/v1/services'))).items;

test('a service is shown with its form, and nothing of its inner workings', async () => {
  expect(await expectStatus(200, citizen.get('/api/v1/services/permesso-ztl'))).toEqual(shown);
  expect(await listed(citizen)).toContainEqual(shown);
});

test('services are listed by name', async () => {
  const names = (await listed(citizen)).map(({ name }: Body) => name);
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'it')));
  expect(names).toHaveLength(DEMO_SERVICES.length);
});

test('what a service asks for at request and at release is shown: amounts, exemptions, stamps, phases', async () => {
  const ground = await expectStatus(200, citizen.get('/api/v1/services/occupazione-suolo'));
  expect(ground.payment).toMatchObject({
    kind: 'formula',
    amountCents: null,
    exemptions: [expect.stringMatching(/associazion/i)],
  });
  expect(JSON.stringify(ground)).not.toMatch(/"var"/);
  const driveway = await expectStatus(200, citizen.get('/api/v1/services/passo-carrabile'));
  expect(driveway).toMatchObject({
    releasePayment: { kind: 'formula', amountCents: null, on: ['approved', 'partiallyApproved'], onExpiry: 'renewed' },
    stamps: { atRequest: { count: 1, amountCents: 1600 }, atRelease: { count: 1, amountCents: 1600 } },
  });
  expect(driveway.phases.map(({ key }: Body) => key)).toContain('istruttoria');
  expect(driveway.statuses.map(({ status }: Body) => status)).toEqual(
    expect.arrayContaining(['awaitingStamps', 'awaitingFinalStamps', 'awaitingFinalPayment', 'partiallyApproved']),
  );
  const report = await expectStatus(200, citizen.get('/api/v1/services/segnalazione'));
  expect(report).toMatchObject({ access: { minimumLevel: 0, withoutLogin: true }, payment: null });
});

test('languages are those in which the service has texts of its own, Italian always', async () => {
  const texts = { approved: { de: { body: 'Angenommen.' } } };
  const version = permessoZtl.version + 1;
  const bilingual = serviceDefinitionSchema.parse({
    ...permessoZtl,
    code: 'permesso-ztl-de',
    codePrefix: 'ZTD',
    version,
    texts,
  });
  await publishService(system.db, system.application.clock, 'vicinato', bilingual);
  const neighbour = await system.as('giulia.bianchi', 'vicinato');
  const { languages } = await expectStatus(200, neighbour.get('/api/v1/services/permesso-ztl-de'));
  expect(languages).toEqual(['it', 'de']);
});

test('the newest version is shown, in its own municipality only; drafts begun before keep theirs', async () => {
  const draft = await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  const version = permessoZtl.version + 1;
  const next = serviceDefinitionSchema.parse({ ...permessoZtl, version, name: 'Permesso ZTL', payment: undefined });
  await publishService(system.db, system.application.clock, 'bugliano', next);
  const newest = { ...shown, version, name: 'Permesso ZTL', payment: null, statuses: expect.anything() };
  const now = await expectStatus(200, citizen.get('/api/v1/services/permesso-ztl'));
  expect(now).toEqual(newest);
  expect(now.statuses.map(({ status }: Body) => status)).not.toContain('awaitingPayment');
  const items = await listed(citizen);
  expect(items).toContainEqual(newest);
  expect(items).toHaveLength(DEMO_SERVICES.length);
  const neighbour = await system.as('giulia.bianchi', 'vicinato');
  expect(await expectStatus(200, neighbour.get('/api/v1/services/permesso-ztl'))).toEqual(shown);
  expect((await citizen.get(`/api/v1/practices/${draft.id}`)).body.service.version).toBe(permessoZtl.version);
});

test.each(['permesso-volo', 'constructor', 'PERMESSO-ZTL'])('the service %p does not exist', async (code) => {
  expectProblem(await citizen.get(`/api/v1/services/${encodeURIComponent(code)}`), {
    code: 'SERVICE_NOT_FOUND',
    status: 404,
    title: 'Servizio non trovato',
    detail: `Il servizio "${code}" non esiste o non è pubblicato.`,
    remedy: 'Scegli uno dei servizi elencati in /api/v1/services.',
    params: { service: code },
  });
});

test('a code that can not be one is refused', async () => {
  const refused = (rule: string, message: string) => invalid({ path: 'code', rule, message });
  expectProblem(
    await citizen.get(`/api/v1/services/${'s'.repeat(61)}`),
    refused('tooBig', '"code" può avere al massimo 60 caratteri.'),
  );
  expectProblem(
    await citizen.get('/api/v1/services/a%00b'),
    refused('characters', 'Il testo contiene caratteri che non si possono conservare: riscrivilo.'),
  );
});
