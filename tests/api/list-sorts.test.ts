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
  const at = (day: number) => `2026-03-${String(day).padStart(2, '0')}T08:00:00.000Z`;
  // Each value stands twice, so that ids must break ties, and half of what may lack a value lacks it.
  const rows = Array.from({ length: 24 }, (_, index) => {
    const step = Math.floor(index / 2) % 6;
    const has = index % 4 < 2;
    return {
      status: ['inCharge', 'registered', 'approved'][index % 3] ?? 'inCharge',
      name: ['Anna Verdi', 'Bruno Rossi', 'Carla Neri'][index % 3] ?? '',
      createdAt: at(1 + step),
      changedAt: at(28 - step),
      receivedAt: has ? at(2 + step) : null,
      answerBy: has ? `2026-04-${10 + step}` : null,
      priority: (['high', 'medium', 'low'] as const)[index % 3] ?? 'medium',
      code: has ? `ZTL-2026-${String(900 - index).padStart(6, '0')}` : null,
      registration: has ? `${String(100 + index).padStart(7, '0')}/2026` : null,
      registeredAt: has ? at(3 + step) : null,
    };
  });
  await seedPractices(system, rows);
});
afterAll(() => system.stop());

const SORTS: Record<string, (item: Body) => string | number | null> = {
  changedAt: (item) => item.changedAt,
  createdAt: (item) => item.createdAt,
  receivedAt: (item) => item.receivedAt,
  answerBy: (item) => item.answerBy,
  priority: (item) => ({ high: 1, medium: 2, low: 3 })[item.priority.value as 'high'],
  applicant: (item) => item.applicant.name,
  code: (item) => item.code,
  registration: (item) => item.registeredAt,
  status: (item) => item.status,
};

async function pages(query: string, limit: number): Promise<Body[]> {
  const seen: Body[] = [];
  let cursor: string | null = null;
  do {
    const next = cursor ? `&cursor=${cursor}` : '';
    const page: Body = await expectStatus(200, operator.get(`/api/v1/practices?${query}&limit=${limit}${next}`));
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return seen;
}

describe.each(Object.keys(SORTS))('sorted by %s', (sort) => {
  test.each(['asc', 'desc'])(
    '%s: pages of any size give every row once, in order, what lacks a value last',
    async (order) => {
      const whole = await pages(`sort=${sort}&order=${order}`, 100);
      expect(new Set(whole.map(({ id }) => id)).size).toBe(24);
      const value = SORTS[sort] ?? (() => null);
      const direction = order === 'asc' ? 1 : -1;
      const expected = [...whole].sort((a, b) => {
        const [x, y] = [value(a), value(b)];
        if (x === null || y === null) return x === y ? direction * (a.id < b.id ? -1 : 1) : x === null ? 1 : -1;
        if (x !== y) return direction * (x < y ? -1 : 1);
        return direction * (a.id < b.id ? -1 : 1);
      });
      expect(whole.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      const cuts = await Promise.all([1, 5, 7].map((limit) => pages(`sort=${sort}&order=${order}`, limit)));
      for (const cut of cuts) expect(cut.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    },
  );
});

test('without a sort the last changed comes first; without a direction each sort has its own', async () => {
  const ids = async (query: string) => (await pages(query, 100)).map(({ id }) => id);
  expect(await ids('')).toEqual(await ids('sort=changedAt&order=desc'));
  expect(await ids('sort=createdAt')).toEqual(await ids('sort=createdAt&order=desc'));
  expect(await ids('sort=answerBy')).toEqual(await ids('sort=answerBy&order=asc'));
  expect(await ids('sort=applicant')).toEqual(await ids('sort=applicant&order=asc'));
});

test('the exact number of all pages is told where it is asked, on every page', async () => {
  const first = await expectStatus(200, operator.get('/api/v1/practices?limit=5&count=exact&status=approved'));
  expect([first.items.length, first.total]).toEqual([5, 8]);
  const next = `/api/v1/practices?limit=5&count=exact&status=approved&cursor=${first.next}`;
  const second = await expectStatus(200, operator.get(next));
  expect([second.items.length, second.total, second.next]).toEqual([3, 8, null]);
  expect((await expectStatus(200, operator.get('/api/v1/practices?limit=5'))).total).toBeNull();
});

const OTHER_LIST = {
  path: 'cursor',
  rule: 'otherList',
  message: 'Il valore è di una lista con altri filtri o un altro ordine: ricomincia dalla prima pagina.',
};

test.each(['', 'sort=createdAt', 'sort=applicant&order=desc', 'sort=applicant&late=false', 'sort=applicant&q=anna'])(
  'a cursor of another list is refused where one asks for "%s"',
  async (query) => {
    const { next } = await expectStatus(200, operator.get('/api/v1/practices?sort=applicant&limit=5'));
    expectProblem(await operator.get(`/api/v1/practices?${query}&cursor=${next}`), invalid(OTHER_LIST));
  },
);

test('another page size may go on with the same cursor', async () => {
  const { next } = await expectStatus(200, operator.get('/api/v1/practices?sort=applicant&limit=5'));
  await expectStatus(200, operator.get(`/api/v1/practices?sort=applicant&limit=10&cursor=${next}`));
});

test('whatever is not a cursor of ours is refused, however it is made', async () => {
  const { next } = await expectStatus(200, operator.get('/api/v1/practices?limit=5'));
  const content = JSON.parse(Buffer.from(next, 'base64url').toString());
  const id = content.at[1];
  const made = (change: object) => Buffer.from(JSON.stringify({ ...content, ...change })).toString('base64url');
  const bad = [
    'abc',
    '_',
    Buffer.from('null').toString('base64url'),
    Buffer.from('{"of":1}').toString('base64url'),
    made({ at: [null, id] }),
    made({ at: [5, id] }),
    made({ at: ['2026-11-24', id] }),
    made({ at: ['0001-01-01T00:00:00.000Z', id] }),
    made({ at: ['2026-11-24T00:00:00.000Z', 'x'] }),
    made({ at: [{ gt: 1 }, id] }),
    made({ more: 1 }),
  ];
  const message = 'Usa il valore "next" ricevuto con la pagina precedente.';
  for (const cursor of bad) {
    expectProblem(
      await operator.get(`/api/v1/practices?cursor=${cursor}`),
      invalid({ path: 'cursor', rule: 'cursor', message }),
    );
  }
});

test('applicants do not sort by priority', async () => {
  const citizen = await system.as('giulia.bianchi');
  expectProblem(
    await citizen.get('/api/v1/practices?sort=priority'),
    invalid({ path: 'sort', rule: 'officeOnly', message: 'L\'ordine per "priority" è riservato agli uffici.' }),
  );
});

test('an order that does not exist is refused', async () => {
  expectProblem(
    await operator.get('/api/v1/practices?order=up'),
    invalid({ path: 'order', rule: 'choice', message: '"order" può essere solo: asc, desc.' }),
  );
});

test('names are compared beyond what the index holds of them', async () => {
  const long = 'Società di mutuo soccorso fra gli operai, i contadini e gli artigiani del Comune di Bugliano';
  const names = ['terza', 'prima', 'seconda'].map((section) => `${long}, sezione ${section}`);
  await seedPractices(
    system,
    names.map((name) => ({ name })),
  );
  const found = (await pages('q=mutuo&progress=open&sort=applicant', 2)).map(({ applicant }) => applicant.name);
  expect(found).toEqual([...names].sort());
});
