import { clientWithSession } from '../../api/support';
import { expectStatus } from '../../support/builders';
import type { ApiClient, Body } from '../../support/client';
import { buildSystem, type System } from '../../support/system';
import { randomNumbers } from '../stats';
import { LIST_QUESTIONS, type Question } from './questions';
import { expectedFolders, expectedList } from './reference';
import { type SeededLists, seedPractices } from './seed';

const PRACTICES = 5_000;
const SEED = Number(process.env['ITER_SEED'] ?? 20_261);
const PAGES = 3;
const ASKERS = ['urp.1', 'capo.mobilita', 'capo.cultura-sport', 'revisore'];

let system: System;
let seeded: SeededLists;
const clients = new Map<string, ApiClient>();

beforeAll(async () => {
  process.stdout.write(`seed ${SEED}\n`);
  system = await buildSystem();
  seeded = await seedPractices(system.db.url, PRACTICES, SEED);
  for (const username of [...ASKERS, 'studio.1']) {
    clients.set(username, await clientWithSession(system, username, seeded.tenant));
  }
});
afterAll(() => system.stop());

function get(username: string, address: string): Promise<Body> {
  const client = clients.get(username);
  if (!client) throw new Error(`${username} has no session`);
  return expectStatus(200, client.get(`/api/v1${address}`));
}

/** Ids of the first pages, whether there are more, and the number of all. */
async function pagesOf(username: string, address: string) {
  const ids: string[] = [];
  const mark = address.includes('?') ? '&' : '?';
  let { items, next, total } = await get(username, `${address}${mark}count=exact`);
  ids.push(...items.map(({ id }: Body) => id));
  for (let page = 2; page <= PAGES && next !== null; page += 1) {
    ({ items, next } = await get(username, `${address}${mark}cursor=${next}`));
    ids.push(...items.map(({ id }: Body) => id));
  }
  return { ids, more: next !== null, total };
}

async function expectList(username: string, address: string): Promise<void> {
  const expected = await expectedList(system.db.pool, seeded.tenant, username, address);
  const ids = expected.slice(0, PAGES * 20);
  const whole = { ids, more: expected.length > ids.length, total: expected.length };
  expect({ username, address, ...(await pagesOf(username, address)) }).toEqual({ username, address, ...whole });
}

const QUESTIONS = LIST_QUESTIONS.map((question): [string, Question] => [question.key, question]);
const ofLists = QUESTIONS.filter(([key]) => !/^(counts|folders)/.test(key));

test.each(ofLists)('%s finds what a row by row comparison finds', async (_key, { ask }) => {
  const random = randomNumbers(SEED);
  for (const username of ASKERS) {
    const official = seeded.officials.find((known) => known.username === username);
    if (!official) throw new Error(`no official ${username}`);
    await expectList(username, ask({ seeded, official, random }));
  }
});

test('counters are the lengths of the lists of which they tell', async () => {
  const LISTS = {
    unassigned: 'work=unassigned',
    mine: 'work=mine&progress=open',
    toAccept: 'work=toAccept',
    late: 'late=true&progress=open',
    attention: 'attention=true',
    myOffices: 'work=myOffices&progress=open',
  };
  for (const username of ASKERS) {
    const expected: Record<string, number> = {};
    for (const [name, query] of Object.entries(LISTS)) {
      const found = await expectedList(system.db.pool, seeded.tenant, username, `/practices?${query}`);
      expected[name] = found.length;
    }
    expect([username, await get(username, '/practices/counts')]).toEqual([username, expected]);
  }
});

test.each(['', '?progress=open', '?service=mensa-scolastica', '?office=edilizia'])('folders%s', async (query) => {
  for (const username of ASKERS) {
    const expected = await expectedFolders(system.db.pool, seeded.tenant, username, query);
    const first = await get(username, `/practices/folders${query}`);
    const second = first.next
      ? await get(username, `/practices/folders${query || '?'}&cursor=${first.next}`)
      : { items: [] };
    const found = [...first.items, ...second.items].map(({ id, label, practices }: Body) => ({ id, label, practices }));
    expect(found).toEqual(expected.slice(0, 40));
  }
});

test('any filters and sorts together find what a row by row comparison finds', async () => {
  const random = randomNumbers(SEED + 1);
  const pick = <T>(among: readonly T[]): T => among[Math.floor(random() * among.length)] as T;
  const VALUES: Readonly<Record<string, () => string>> = {
    service: () => pick(['mensa-scolastica', 'cila-edilizia', 'segnalazione-guasto', 'permesso-ztl-residenti']),
    status: () => pick(['registered', 'inCharge', 'approved', 'withdrawn']),
    work: () => pick(['mine', 'myOffices', 'unassigned', 'toAccept']),
    progress: () => pick(['open', 'ended']),
    changedFrom: () => pick(['2024-05-01', '2025-10-26', '2026-03-29']),
    priority: () => pick(['high', 'medium', 'low']),
    identity: () => pick(['verified', 'unverified']),
    author: () => pick(['citizen', 'professional', 'delegate', 'operator']),
    area: () => pick(['centro', 'nord']),
    office: () => pick(['urp', 'mobilita', 'edilizia', 'nowhere']),
    late: () => pick(['true', 'false']),
    attention: () => pick(['true', 'false']),
    dueBefore: () => '2099-01-01',
    assignee: () => pick(seeded.officials.slice(0, 30)).accountId,
    q: () => pick([pick(seeded.samples.commonNames), pick(seeded.samples.practices).code, 'maria', 'mensa']),
    sort: () => pick(['changedAt', 'createdAt', 'receivedAt', 'answerBy', 'priority', 'applicant', 'code', 'status']),
    order: () => pick(['asc', 'desc']),
  };
  for (let round = 0; round < 60; round += 1) {
    const names = Object.keys(VALUES).filter(() => random() < 0.18);
    const query = new URLSearchParams(names.map((name): [string, string] => [name, VALUES[name]?.() ?? '']));
    // With one service only states that it can have may be asked for.
    if (query.has('service')) query.delete('status');
    await expectList(pick(ASKERS), `/practices?${query}`);
  }
});

// More of them than are looked up before rights and filters: the list is gone through. Few folders are called so.
test.each(['q=an', 'q=an&sort=code', 'q=AN+i&order=asc', 'q=an&service=mensa-scolastica&progress=open', 'q=ma'])(
  'what very many have in their names, %s',
  async (query) => {
    for (const username of ASKERS) await expectList(username, `/practices?${query}`);
  },
);

test('who files for others finds what they filed, open or not', async () => {
  for (const query of ['', '?progress=open', '?service=mensa-scolastica', '?sort=receivedAt', '?q=maria']) {
    await expectList('studio.1', `/practices${query}`);
  }
});
