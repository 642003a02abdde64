import { expectStatus } from '../support/builders';
import { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';
import { expectProblem, type WholeProblem } from './support';

let system: System;
let citizen: ApiClient;
beforeAll(async () => {
  system = await buildSystem({ waitMs: 0 });
  citizen = await system.as('giulia.bianchi');
});
afterAll(() => system.stop());

function nothingAt(method: string, path: string): WholeProblem {
  return {
    code: 'ROUTE_NOT_FOUND',
    status: 404,
    title: 'Indirizzo inesistente',
    detail: `Qui non risponde nulla: ${method} ${path}.`,
    remedy: 'La descrizione delle interfacce è in /api/v1/openapi.json e in /docs.',
    params: { method, path },
  };
}

test.each([
  '/',
  '/api',
  '/api/v1',
  '/api/v1/pratiche',

  '/api/v2/practices',
  '/%zz',
  '/api/v1/practices/%',
])('nothing is at %s, with or without a token', async (path) => {
  for (const client of [citizen, ApiClient.stranger(system)]) {
    expectProblem(await client.get(`${path}?secret=1`), nothingAt('GET', path));
  }
});

test('a part of an address that is far too long is no address', async () => {
  const path = `/api/v1/practices/${'a'.repeat(300)}`;
  expectProblem(await citizen.get(path), nothingAt('GET', path));
});

test.each(['PATCH', 'DELETE', 'OPTIONS'] as const)(
  '%s on a route that has other methods is no route',
  async (method) => {
    expectProblem(await citizen.send(method, '/api/v1/practices'), nothingAt(method, '/api/v1/practices'));
  },
);

test('HEAD answers as GET, without a body and only to whom GET answers', async () => {
  const { id } = await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  for (const path of ['/health', '/ready', '/api/v1/status', '/api/v1/practices', `/api/v1/practices/${id}`]) {
    const [got, head] = [await citizen.get(path), await citizen.send('HEAD', path)];
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(head.headers['content-type']).toBe(got.headers['content-type']);
    expect(head.headers['etag']).toBe(got.headers['etag']);
  }
  expect((await ApiClient.stranger(system).send('HEAD', `/api/v1/practices/${id}`)).status).toBe(401);
});

test('every answer tells browsers to run nothing and to guess no type', async () => {
  for (const path of ['/health', '/api/v1/practices', '/nothing']) {
    const { headers } = await citizen.get(path);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
    // The installation of the tests has no https: told to use it, a browser would find nothing.
    expect(headers['content-security-policy']).not.toMatch(/upgrade-insecure-requests/);
  }
});
