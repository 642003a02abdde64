import { expectStatus } from '../support/builders';
import type { Body } from '../support/client';
import { buildSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await buildSystem();
});
afterAll(() => system.stop());

async function offices(username: string): Promise<Body[]> {
  return (await expectStatus(200, (await system.as(username)).get('/api/v1/offices'))).items;
}

test('offices by name, with the services that they handle', async () => {
  const items = await offices('marco.conti');
  expect(items.map(({ name }) => name)).toEqual([
    'Mobilità e permessi',
    'Polizia locale',
    'Sportello edilizia',
    'Tributi',
    'Ufficio relazioni con il pubblico',
  ]);
  expect(items[1]).toEqual({
    code: 'polizia-locale',
    name: 'Polizia locale',
    email: 'polizia.locale@comune.bugliano.example',
    services: [{ code: 'segnalazione', name: 'Segnalazione di un disservizio' }],
  });
});

test('applicants see offices without their inner address', async () => {
  const items = await offices('giulia.bianchi');
  expect(items.map(({ code }) => code)).toContain('mobilita');
  expect(items.map(({ email }) => email)).toEqual(items.map(() => null));
});
