import { publishService } from '../../src/application/seed';
import { serviceDefinitionSchema } from '../../src/application/services/definition';
import { passoCarrabile } from '../../src/application/services/passo-carrabile';
import { expectProblem, invalid, malformed } from '../api/support';
import { expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';

let system: System;
let citizen: ApiClient;
beforeAll(async () => {
  system = await buildSystem();
  citizen = await system.as('giulia.bianchi');
});
afterAll(() => system.stop());

const quote = (service: string, data: object) => citizen.post(`/api/v1/services/${service}/quotes`, { data });
const ground = (occupation: object) => quote('occupazione-suolo', { occupation });

test('a fixed fee needs no answer', async () => {
  expect(await expectStatus(200, quote('permesso-ztl', {}))).toEqual({ feeCents: 1600, exemption: null, stamps: 0 });
});

test('a formula gives the fee of what was answered, whatever else is missing', async () => {
  expect(await expectStatus(200, ground({ squareMetres: 12.5, days: 3, purpose: 'trade' }))).toEqual({
    feeCents: 5625,
    exemption: null,
    stamps: 0,
  });
});

test('who is exempt pays nothing and is told why', async () => {
  const answers = { squareMetres: 12.5, days: 3, purpose: 'nonProfit', association: 'Amici del parco' };
  expect(await expectStatus(200, ground(answers))).toEqual({
    feeCents: 0,
    exemption: expect.stringMatching(/associazion/i),
    stamps: 0,
  });
});

test('stamps are counted', async () => {
  expect(await expectStatus(200, quote('passo-carrabile', {}))).toEqual({ feeCents: 0, exemption: null, stamps: 1 });
});

test('answers on which the fee depends must be there and right', async () => {
  expectProblem(
    await ground({ squareMetres: 'molti', purpose: 'trade' }),
    invalid(
      {
        path: 'data.occupation.squareMetres',
        rule: 'number',
        message: '"Metri quadrati" deve essere un numero, scritto con le cifre.',
      },
      { path: 'data.occupation.days', rule: 'required', message: 'Compila "Numero di giorni".' },
    ),
  );
  expectProblem(
    await ground({ squareMetres: 12.55, days: 1, purpose: 'trade' }),
    invalid({
      path: 'data.occupation.squareMetres',
      rule: 'decimals',
      message: '"Metri quadrati" può avere al massimo 1 decimali.',
    }),
  );
});

test('the newest version of the service is quoted', async () => {
  const stamps = { atRequest: { count: 3 } };
  const version = passoCarrabile.version + 1;
  const next = serviceDefinitionSchema.parse({ ...passoCarrabile, version, stamps });
  await publishService(system.db, system.application.clock, 'bugliano', next);
  expect((await expectStatus(200, quote('passo-carrabile', {}))).stamps).toBe(3);
});

test('a service that does not exist, a body that is none', async () => {
  const { status, body } = await quote('volo', {});
  expect([status, body.code]).toEqual([404, 'SERVICE_NOT_FOUND']);
  const path = '/api/v1/services/permesso-ztl/quotes';
  expectProblem(await citizen.post(path), malformed('il corpo è vuoto'));
  expectProblem(
    await citizen.post(path, { data: [] }),
    invalid({ path: 'data', rule: 'type', message: '"data" deve essere un oggetto.' }),
  );
});
