import { publishService } from '../../src/application/seed';
import { serviceDefinitionSchema } from '../../src/application/services/definition';
import { permessoZtl } from '../../src/application/services/permesso-ztl';
import { expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
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
  version: 1,
  name: 'Permesso di accesso alla ZTL',
  summary: 'Chiedi il permesso per entrare con il tuo veicolo nella zona a traffico limitato.',
  termDays: 30,
  payment: { amountCents: 1600 },
  attachments: { accept: ['pdf', 'p7m', 'jpg', 'png'], maxMegabytes: 30 },
  form: JSON.parse(JSON.stringify(permessoZtl.form)),
};

test('a service is shown with its form, and nothing of its inner workings', async () => {
  expect(await expectStatus(200, citizen.get('/api/v1/services/permesso-ztl'))).toEqual(shown);
  expect(await expectStatus(200, citizen.get('/api/v1/services'))).toEqual({ items: [shown] });
});

test('the newest version is shown, in its own municipality only; drafts begun before keep theirs', async () => {
  const draft = await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  const next = serviceDefinitionSchema.parse({ ...permessoZtl, version: 2, name: 'Permesso ZTL', payment: undefined });
  await publishService(system.db, system.application.clock, 'bugliano', next);
  const newest = { ...shown, version: 2, name: 'Permesso ZTL', payment: null };
  expect(await expectStatus(200, citizen.get('/api/v1/services/permesso-ztl'))).toEqual(newest);
  expect(await expectStatus(200, citizen.get('/api/v1/services'))).toEqual({ items: [newest] });
  const neighbour = await system.as('giulia.bianchi', 'vicinato');
  expect(await expectStatus(200, neighbour.get('/api/v1/services/permesso-ztl'))).toEqual(shown);
  expect((await citizen.get(`/api/v1/practices/${draft.id}`)).body.service.version).toBe(1);
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
