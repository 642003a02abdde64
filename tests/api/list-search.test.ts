import { seedPractices } from '../queries/seed';
import { expectStatus } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { buildSystem, type System } from '../support/system';

let system: System;
let operator: ApiClient;
const names = new Map<string, string>();
const ROWS = {
  old: {
    name: 'Paolo Esposito',
    taxCode: 'SPSPLA78H22F839Z',
    code: 'ZTL-2026-000001',
    registration: '0000012/2026',
    changedAt: '2026-01-10T08:00:00.000Z',
  },
  young: { name: 'Paola Neri', taxCode: null, code: 'ZTL-2026-000002', changedAt: '2026-06-10T08:00:00.000Z' },
  /** The name of a firm that holds the number of another's practice. */
  namesake: { name: 'Cantiere 0000012/2026 ZTL-2026-000001', changedAt: '2026-07-10T08:00:00.000Z' },
  foldered: { name: 'Ugo Blu', folder: 'Centro storico_2026', changedAt: '2026-05-10T08:00:00.000Z' },
};
beforeAll(async () => {
  system = await buildSystem();
  operator = await system.as('marco.conti');
  const ids = await seedPractices(system, Object.values(ROWS));
  for (const [index, name] of Object.keys(ROWS).entries()) names.set(ids[index] ?? '', name);
});
afterAll(() => system.stop());

async function search(q: string, more = ''): Promise<string[]> {
  const { items } = await expectStatus(200, operator.get(`/api/v1/practices?q=${encodeURIComponent(q)}${more}`));
  return items.map(({ id }: Body) => names.get(id));
}

test('by name in any order and by parts of it, by tax code whole or in part', async () => {
  for (const q of ['esposito', 'Paolo Esposito', 'ESPOSITO  PAOLO', 'spspla78h22f839z', 'SPSPLA', 'espo']) {
    expect([q, await search(q)]).toEqual([q, ['old']]);
  }
  expect(await search('paol')).toEqual(['young', 'old']);
  expect(await search('paola esposito')).toEqual([]);
});

test('by the label of the folder', async () => {
  expect(await search('centro storico')).toEqual(['foldered']);
  expect(await search('storico_')).toEqual(['foldered']);
});

test('by practice id, in any case', async () => {
  const [id = ''] = [...names].find(([, name]) => name === 'young') ?? [];
  expect(await search(id)).toEqual(['young']);
  expect(await search(id.toUpperCase())).toEqual(['young']);
});

test('who searches for a number that exists gets that practice first, whatever the sort', async () => {
  for (const q of ['ZTL-2026-000001', 'ztl-2026-000001', '0000012/2026']) {
    expect(await search(q)).toEqual(['old', 'namesake']);
    expect(await search(q, '&sort=changedAt&order=desc')).toEqual(['old', 'namesake']);
    expect(await search(q, '&sort=applicant')).toEqual(['old', 'namesake']);
  }
});

test('pages of such a search show the exact hit once', async () => {
  const q = encodeURIComponent('0000012/2026');
  const first = await expectStatus(200, operator.get(`/api/v1/practices?q=${q}&limit=1&count=exact`));
  expect([names.get(first.items[0].id), first.total]).toEqual(['old', 2]);
  const second = await expectStatus(200, operator.get(`/api/v1/practices?q=${q}&limit=1&cursor=${first.next}`));
  expect(second.items.map(({ id }: Body) => names.get(id))).toEqual(['namesake']);
  expect(second.next).toBeNull();
});

test('a search stays within the other filters', async () => {
  expect(await search('ZTL-2026-000001', '&changedFrom=2026-07-01')).toEqual(['namesake']);
});

test('characters that mean something to the database mean only themselves', async () => {
  for (const q of ['__', '%%', 'p%', 'storico-', '\\\\', "' OR 1=1 --"]) expect([q, await search(q)]).toEqual([q, []]);
});
