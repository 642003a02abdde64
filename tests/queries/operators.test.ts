import { anId } from '../api/support';
import { expectStatus } from '../support/builders';
import type { Body } from '../support/client';
import { buildSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await buildSystem();
  await system.db.prisma.account.updateMany({ where: { username: 'sara.ferri' }, data: { enabled: false } });
});
afterAll(() => system.stop());

async function operators(username: string, query = '', tenant = 'bugliano'): Promise<Body[]> {
  const client = await system.as(username, tenant);
  return (await expectStatus(200, client.get(`/api/v1/operators?${query}`))).items;
}

const names = (items: Body[]) => items.map(({ name }) => name);

test('operators and managers by family name, whoever is disabled said so', async () => {
  const items = await operators('marco.conti');
  expect(names(items)).toEqual([
    'Marco Conti',
    'Nadia Fabbri',
    'Sara Ferri',
    'Pietro Leoni',
    'Olga Marini',
    'Luca Neri',
    'Elena Riva',
    'Ivo Serra',
  ]);
  expect(items[2]).toEqual({
    id: anId,
    name: 'Sara Ferri',
    role: 'operator',
    offices: [{ code: 'mobilita', name: 'Mobilità e permessi' }],
    enabled: false,
    username: null,
    email: null,
  });
  expect(items[6].offices.map(({ code }: Body) => code)).toEqual(['mobilita', 'tributi']);
});

test('managers and administrators also see user names and addresses, operators and auditors do not', async () => {
  for (const username of ['elena.riva', 'admin']) {
    expect((await operators(username))[0]).toMatchObject({
      username: 'marco.conti',
      email: 'marco.conti@posta.example',
    });
  }
  for (const username of ['marco.conti', 'revisore']) {
    expect((await operators(username))[0]).toMatchObject({ username: null, email: null });
  }
});

test('of an office, of a service, enabled or not', async () => {
  expect(names(await operators('admin', 'office=tributi'))).toEqual(['Luca Neri', 'Elena Riva']);
  expect(names(await operators('admin', 'office=unknown'))).toEqual([]);
  expect(names(await operators('admin', 'service=permesso-ztl'))).toEqual(['Marco Conti', 'Sara Ferri', 'Elena Riva']);
  expect(names(await operators('admin', 'service=permesso-ztl&enabled=true'))).toEqual(['Marco Conti', 'Elena Riva']);
  expect(names(await operators('admin', 'enabled=false'))).toEqual(['Sara Ferri']);
  expect(names(await operators('admin', 'service=segnalazione&office=urp'))).toEqual(['Nadia Fabbri', 'Olga Marini']);
});

test('a service that does not exist', async () => {
  const { status, body } = await (await system.as('admin')).get('/api/v1/operators?service=volo');
  expect([status, body.code, body.params]).toEqual([404, 'SERVICE_NOT_FOUND', { service: 'volo' }]);
});

test('each municipality has its own', async () => {
  const [here, there] = [await operators('admin'), await operators('admin', '', 'vicinato')];
  expect(names(there)).toEqual(names(here));
  expect(here.filter(({ id }) => there.some((other) => other.id === id))).toEqual([]);
});

test('applicants do not see who works here', async () => {
  for (const username of ['giulia.bianchi', 'anna.galli', 'davide.greco']) {
    const { status, body } = await (await system.as(username)).get('/api/v1/operators');
    expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
  }
});
