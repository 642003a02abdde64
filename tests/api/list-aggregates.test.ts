import { seedPractices } from '../queries/seed';
import { expectStatus } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { buildSystem, type System } from '../support/system';
import { expectProblem, invalid } from './support';

let system: System;
let operator: ApiClient;
beforeAll(async () => {
  system = await buildSystem();
  operator = await system.as('marco.conti');
  const site = (squareMetres: unknown, purpose?: string, status = 'inCharge') => ({
    service: 'occupazione-suolo',
    status,
    content: { occupation: { squareMetres, days: 2, ...(purpose && { purpose }) } },
  });
  await seedPractices(system, [
    site(0.1, 'nonProfit'),
    site(0.2, 'nonProfit'),
    site(12.35, 'trade', 'approved'),
    site(undefined, 'unheard'),
    site('many'),
    { service: 'occupazione-suolo', status: 'inCharge' },
    { ...site(1000), status: 'draft' },
    { ...site(5000), tenant: 'vicinato' },
    { service: 'permesso-ztl' },
  ]);
});
afterAll(() => system.stop());

const office = async () => system.as('revisore');

async function fields(query = '', client?: ApiClient): Promise<{ practices: number; of: (name: string) => Body }> {
  const asked = `/api/v1/practices/aggregates?service=occupazione-suolo&${query}`;
  const body = await expectStatus(200, (client ?? (await office())).get(asked));
  return {
    practices: body.practices,
    of: (name) => body.fields.find(({ field }: Body) => field === `data.occupation.${name}`),
  };
}

test('sum, mean and count of numbers, exact to the last decimal; answers that are no numbers count as none', async () => {
  const { practices, of } = await fields();
  expect(practices).toBe(6);
  expect(of('squareMetres')).toEqual({
    field: 'data.occupation.squareMetres',
    label: expect.any(String),
    type: 'number',
    count: 3,
    sum: 12.65,
    mean: 12.65 / 3,
    values: [],
  });
  expect(of('days')).toMatchObject({ count: 5, sum: 10, mean: 2 });
});

test('how often each choice was made, those never made included', async () => {
  const { of } = await fields();
  const purpose = of('purpose');
  expect(purpose).toMatchObject({ type: 'radio', count: 4, sum: null, mean: null });
  const counts = purpose.values.map(({ value, count }: Body) => [value, count]);
  expect(counts).toContainEqual(['nonProfit', 2]);
  expect(counts.filter(([, count]: [string, number]) => count === 0).length).toBeGreaterThan(0);
  expect(purpose.values.every(({ label }: Body) => label.length > 0)).toBe(true);
});

test('the filters of the list apply', async () => {
  const { practices, of } = await fields('status=approved');
  expect([practices, of('squareMetres').sum]).toEqual([1, 12.35]);
});

test('each counts what they see', async () => {
  expect((await fields('', await system.as('luca.neri'))).practices).toBe(6);
  expect((await fields('', operator)).practices).toBe(0);
  expect((await fields('', await system.as('paolo.esposito'))).practices).toBe(0);
  const neighbour = await fields('', await system.as('admin', 'vicinato'));
  expect([neighbour.practices, neighbour.of('squareMetres').sum]).toEqual([1, 5000]);
  // A citizen's own draft counts for them alone.
  expect((await fields('', await system.as('giulia.bianchi'))).of('squareMetres').sum).toBe(1012.65);
});

test('without a practice nothing has a mean', async () => {
  const { practices, of } = await fields('late=true');
  expect(practices).toBe(0);
  expect(of('squareMetres')).toMatchObject({ count: 0, sum: 0, mean: null });
});

test.each(['', 'service=permesso-ztl&service=cila'])('%p names not one service: refused', async (query) => {
  const message = 'Somme e medie si fanno di un servizio per volta: indica "service", una volta sola.';
  expectProblem(
    await operator.get(`/api/v1/practices/aggregates?${query}`),
    invalid({ path: 'service', rule: 'oneService', message }),
  );
});

test('a service that does not exist', async () => {
  const { status, body } = await operator.get('/api/v1/practices/aggregates?service=volo');
  expect([status, body.code, body.params]).toEqual([404, 'SERVICE_NOT_FOUND', { service: 'volo' }]);
});
