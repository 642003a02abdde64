import pino from 'pino';
import { buildApp } from '../../src/api/app';
import { ApiClient, type Body } from '../support/client';
import { buildSystem, type System } from '../support/system';

let system: System;
let stranger: ApiClient;
let document: Body;
beforeAll(async () => {
  system = await buildSystem();
  stranger = ApiClient.stranger(system);
  const { status, headers, body } = await stranger.get('/api/v1/openapi.json');
  expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  document = body;
});
afterAll(() => system.stop());

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: Body;
}

function operations(): Operation[] {
  return Object.entries<Body>(document.paths).flatMap(([path, methods]) =>
    Object.entries<Body>(methods).map(([method, operation]) => ({ path, method, operation })),
  );
}

/** Every object in the document, with its place. */
function* everything(value: Body, place = '#'): Generator<[string, Body]> {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) yield [place, value];
  for (const [key, member] of Object.entries(value)) yield* everything(member, `${place}/${key}`);
}

test('it is OpenAPI 3.1 with contact, summaries and a semantic version', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.swagger).toBeUndefined();
  expect(document.info).toMatchObject({
    title: 'Iter',
    version: expect.stringMatching(/^\d+\.\d+\.\d+(-[a-z0-9+.-]+)?$/),
    summary: expect.stringMatching(/\S/),
    'x-summary': expect.stringMatching(/\S/),
    contact: { name: 'Iter', url: expect.stringMatching(/^https?:/) },
  });
});

test('every server says what it is and uses https, unless it is for trying', async () => {
  expect(document.servers).toEqual([
    { url: 'http://127.0.0.1:3000/api/v1', description: 'This installation', 'x-sandbox': true },
  ]);
  const application = { ...system.application, publicUrl: 'https://iter.example' };
  const app = await buildApp({ application, log: pino({ level: 'silent' }) });
  await app.ready();
  const { body, headers } = await ApiClient.stranger({ app }).get('/api/v1/openapi.json');
  await app.close();
  expect(body.servers).toEqual([{ url: 'https://iter.example/api/v1', description: 'This installation' }]);
  expect(headers['content-security-policy']).toMatch(/upgrade-insecure-requests/);
});

test('/status answers JSON when it is well and a problem when it is not', () => {
  const { responses } = document.paths['/status'].get;
  expect(Object.keys(responses['200'].content)).toEqual(['application/json']);
  expect(Object.keys(responses['5XX'].content)).toEqual(['application/problem+json']);
});

test('every route documents its errors, and every error is a problem document', () => {
  for (const { path, method, operation } of operations()) {
    const errors = Object.entries<Body>(operation.responses).filter(([status]) => /^[45]/.test(status));
    expect([method, path, errors.map(([status]) => status)]).toEqual([method, path, ['4XX', '5XX']]);
    for (const [, response] of errors) {
      expect(response.content).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      });
    }
  }
  expect(Object.keys(document.components.schemas.Problem.properties)).toEqual(
    expect.arrayContaining(['type', 'title', 'status', 'detail', 'instance', 'code', 'remedy', 'retryable', 'errors']),
  );
});

test('every number says how wide it is', () => {
  const numbers = [...everything(document)].filter(([, { type }]) =>
    [type].flat().some((name) => name === 'integer' || name === 'number'),
  );
  expect(numbers.length).toBeGreaterThan(10);
  expect(numbers.filter(([, { format }]) => !['int32', 'double'].includes(format)).map(([place]) => place)).toEqual([]);
});

test('no credential stands in a parameter, and each route says whether it takes a token', () => {
  const known = new Set(['Idempotency-Key']);
  for (const { path, method, operation } of operations()) {
    for (const { name, in: where } of operation.parameters ?? []) {
      if (where === 'header') expect(known).toContain(name);
      else expect(name).not.toMatch(/key|password|secret|token/i);
    }
    const open =
      ['/status', '/callbacks/payments/{gateway}'].includes(path) ||
      (['/tokens', '/tokens/guest'].includes(path) && method === 'post');
    expect([method, path, operation.security]).toEqual([method, path, open ? [] : undefined]);
  }
  expect(document.security).toEqual([{ bearer: [] }]);
  expect(document.components.securitySchemes).toEqual({ bearer: { type: 'http', scheme: 'bearer' } });
});

test('GET and DELETE have no body, 204 no content, every other answer a type', () => {
  for (const { path, method, operation } of operations()) {
    if (['get', 'delete', 'head'].includes(method)) expect(operation.requestBody).toBeUndefined();
    for (const [status, response] of Object.entries<Body>(operation.responses)) {
      expect(response.description).toMatch(/\S/);
      expect(response.description).not.toBe('Default Response');
      expect([path, status, response.content !== undefined]).toEqual([path, status, status !== '204']);
    }
  }
});

test('acts say that they need their key, uploads what they carry, downloads what they are', () => {
  const { parameters } = document.paths['/practices/{id}/approve'].post;
  expect(parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }));
  const upload = document.paths['/practices/{id}/attachments'].post.requestBody;
  expect(Object.keys(upload.content)).toEqual(['multipart/form-data']);
  const { get } = document.paths['/practices/{id}/documents/{ordinal}'];
  expect(Object.keys(get.responses['200'].content)).toEqual(['application/pdf', 'application/octet-stream']);
});

test('every reference leads somewhere, and no schema is there for nobody', () => {
  const used = [...everything(document)].flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));
  const names = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect([...new Set(used)].sort()).toEqual(names.sort());
});

test('every route has a summary, a tag and kebab-case words', () => {
  for (const { path, operation } of operations()) {
    expect(path).toMatch(/^(\/[a-z0-9-]+(\.[a-z]+)?|\/{[a-zA-Z0-9]+})+$/);
    expect(operation.summary).toMatch(/\S/);
    expect(operation.tags).toHaveLength(1);
  }
});

test('the page to read it serves, from here alone', async () => {
  const page = await stranger.get('/docs/');
  expect(page.status).toBe(200);
  expect(page.headers['content-type']).toMatch(/^text\/html/);
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self'/);
  expect(page.headers['content-security-policy']).not.toMatch(/upgrade-insecure-requests/);
  const text = page.body.toString();
  const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => String(file));
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    expect(file).not.toMatch(/^https?:/);
    expect((await stranger.get(new URL(file, 'http://x/docs/').pathname)).status).toBe(200);
  }
  const start = (await stranger.get('/docs/static/swagger-initializer.js')).body.toString();
  // No badge of a stranger's validator, which would be sent our description.
  expect(start).toContain('"validatorUrl":null');
  expect((await stranger.get('/docs/json')).body).toEqual(document);
});
