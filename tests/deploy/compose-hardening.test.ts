import { TEMPORAL_SERVER_VERSION } from '../../src/platform/engine/cluster/binaries';
import { S3_SERVER_VERSION } from '../support/s3-server';
import { composeFile, composeServices, inOrder, variables } from './compose';

const needed = [...variables()].filter(([, kind]) => kind === 'needed').map(([name]) => name);
const services = composeServices(Object.fromEntries(needed.map((name) => [name, 'x'])));
const steps = ['temporal-schema', 'temporal-namespace', 'storage-bucket', 'migrate', 'provision', 'seed'];
const demo = ['seed', 'sandbox'];

test('there are the services that production needs, and those that a trial adds', () => {
  const named = [...services].filter(([, { profiles }]) => profiles.length === 0).map(([name]) => name);
  expect(named.sort()).toEqual([
    ...['api', 'mailpit', 'migrate', 'postgres', 'provision', 'storage', 'storage-bucket', 'temporal'],
    ...['temporal-namespace', 'temporal-schema', 'temporal-ui', 'worker'],
  ]);
  const trial = [...services].filter(([, { profiles }]) => profiles.length > 0);
  expect(trial.map(([name, { profiles }]) => [name, profiles])).toEqual(demo.map((name) => [name, ['demo']]));
});

test.each([...services])('%s runs with no more rights than it needs', (name, service) => {
  expect(service).toMatchObject({
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    read_only: true,
    mem_limit: expect.stringMatching(/^\d+[mg]$/),
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } },
    restart: steps.includes(name) ? 'on-failure:5' : 'unless-stopped',
  });
  expect(service['cap_add']).toEqual(name === 'storage-bucket' ? ['CHOWN'] : undefined);
  expect([service['privileged'], service['network_mode'], service['pid']]).toEqual([undefined, undefined, undefined]);
});

test('only API, the UI of Temporal, Mailpit and the gateway of a trial are published, and on this machine alone', () => {
  const published = [...services].flatMap(([name, { ports }]) => ports.map((port) => [name, port]));
  expect(published).toEqual([
    ['temporal-ui', '127.0.0.1:8080:8080'],
    ['mailpit', '127.0.0.1:8025:8025'],
    ['api', '127.0.0.1:3000:3000'],
    ['sandbox', '127.0.0.1:3100:3100'],
  ]);
  expect(composeFile()).toMatchObject({ networks: { inside: { internal: true }, outside: {} } });
  const outside = [...services].filter(([, { networks }]) => networks.includes('outside')).map(([name]) => name);
  expect(outside).toEqual(['temporal-ui', 'mailpit', 'worker', 'api', 'sandbox']);
});

test('every image is pinned, Temporal and storage to the versions that are tested', () => {
  const images = [...services.values()].map(({ image }) => image);
  for (const image of images) expect(image).toMatch(/^iter:local$|:v?\d+\.\d+(\.\d+)?(-\w+)?$/);
  const version = TEMPORAL_SERVER_VERSION.slice(1);
  expect(services.get('temporal')?.image).toBe(`temporalio/server:${version}`);
  expect(services.get('temporal-schema')?.image).toBe(`temporalio/admin-tools:${version}`);
  expect(services.get('temporal-namespace')?.image).toBe(`temporalio/admin-tools:${version}`);
  expect(services.get('storage')?.image).toBe(`ghcr.io/versity/versitygw:${S3_SERVER_VERSION}`);
});

test('each waits for what it needs: steps for their end, servers until they are well', () => {
  expect(inOrder(services)).toHaveLength(services.size);
  for (const [name, { depends_on }] of services) {
    for (const [before, { condition }] of Object.entries(depends_on)) {
      const server = services.get(before);
      expect([name, before, server?.profiles]).toEqual([name, before, []]);
      const right = steps.includes(before) ? 'service_completed_successfully' : 'service_healthy';
      expect([name, before, condition]).toEqual([name, before, right]);
      if (condition === 'service_healthy') expect(server?.healthcheck?.test[0]).toBe('CMD');
    }
  }
});

test('the UI of Temporal can look and not touch, and what the worker has begun has the time to end', () => {
  expect(services.get('temporal-ui')?.environment).toMatchObject({ TEMPORAL_DISABLE_WRITE_ACTIONS: 'true' });
  expect(services.get('worker')?.['stop_grace_period']).toBe('75s');
  expect(services.get('temporal')?.environment).toMatchObject({ NUM_HISTORY_SHARDS: '512' });
});
