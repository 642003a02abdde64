import { seedPractices } from '../queries/seed';
import { expectStatus } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { buildSystem, type System } from '../support/system';
import { anId, expectProblem, invalid } from './support';

let system: System;
let operator: ApiClient;
beforeAll(async () => {
  system = await buildSystem();
  operator = await system.as('marco.conti');
  const rows = Array.from({ length: 9 }, (_, index) => ({
    folder: `Fascicolo ${1 + (index % 4)}`,
    status: index < 6 ? 'inCharge' : 'registered',
    changedAt: `2026-02-0${1 + index}T08:00:00.000Z`,
  }));
  await seedPractices(system, [
    ...rows,
    { status: 'inCharge' },
    { tenant: 'vicinato', folder: 'Altrove' },
    { service: 'cila', status: 'inCharge', folder: 'Edilizia' },
  ]);
});
afterAll(() => system.stop());

const folders = async (query = '') => expectStatus(200, operator.get(`/api/v1/practices/folders?${query}`));
const short = ({ items }: Body) =>
  items.map(({ label, practices, changedAt }: Body) => [label, practices, changedAt.slice(0, 10)]);

test('the list grouped by folder: how many practices, last changed first; what has no folder is left out', async () => {
  const answer = await folders();
  expect(short(answer)).toEqual([
    ['Fascicolo 1', 3, '2026-02-09'],
    ['Fascicolo 4', 2, '2026-02-08'],
    ['Fascicolo 3', 2, '2026-02-07'],
    ['Fascicolo 2', 2, '2026-02-06'],
  ]);
  expect(answer.next).toBeNull();
  const [first] = answer.items;
  expect(first).toEqual({
    id: anId,
    label: 'Fascicolo 1',
    practices: 3,
    changedAt: '2026-02-09T08:00:00.000Z',
    href: `/api/v1/practices?folder=${first.id}`,
  });
  const { items } = await expectStatus(200, operator.get(first.href));
  expect(items.map(({ folder }: Body) => folder)).toEqual(Array(3).fill({ id: first.id, label: 'Fascicolo 1' }));
});

test('filters count only what they let through', async () => {
  expect(short(await folders('status=registered'))).toEqual([
    ['Fascicolo 1', 1, '2026-02-09'],
    ['Fascicolo 4', 1, '2026-02-08'],
    ['Fascicolo 3', 1, '2026-02-07'],
  ]);
  expect(short(await folders('q=fascicolo%202'))).toEqual([['Fascicolo 2', 2, '2026-02-06']]);
});

test('pages are cut by key, ties included', async () => {
  await system.db.prisma.practice.updateMany({
    where: { folderId: { not: null } },
    data: { changedAt: '2026-02-09T08:00:00.000Z' },
  });
  const whole = (await folders()).items.map(({ id }: Body) => id);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Body = await folders(`limit=1${cursor ? `&cursor=${cursor}` : ''}`);
    seen.push(...page.items.map(({ id }: Body) => id));
    cursor = page.next;
  } while (cursor);
  expect(seen).toEqual(whole);
});

test('a cursor of another list is refused', async () => {
  const { next } = await folders('limit=1');
  const message = 'Il valore è di una lista con altri filtri o un altro ordine: ricomincia dalla prima pagina.';
  expectProblem(
    await operator.get(`/api/v1/practices/folders?limit=1&late=false&cursor=${next}`),
    invalid({ path: 'cursor', rule: 'otherList', message }),
  );
  const list = await expectStatus(200, operator.get('/api/v1/practices?limit=1'));
  expectProblem(
    await operator.get(`/api/v1/practices/folders?cursor=${list.next}`),
    invalid({ path: 'cursor', rule: 'otherList', message }),
  );
});

test('citizens see the folders of their own practices', async () => {
  const paolo = await system.as('paolo.esposito');
  expect(await expectStatus(200, paolo.get('/api/v1/practices/folders'))).toEqual({ items: [], next: null });
});
