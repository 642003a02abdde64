import { seedPractices } from '../queries/seed';
import { expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await buildSystem();
  const ended = '2026-02-01T08:00:00.000Z';
  await seedPractices(system, [
    { status: 'draft' },
    { status: 'draft' },
    { status: 'awaitingPayment', receivedAt: null },
    { status: 'registered', attention: ['deliveryFailed'] },
    { status: 'inCharge', assignee: 'marco.conti', late: true },
    { status: 'inCharge', assignee: 'sara.ferri' },
    { status: 'awaitingIntegration', assignee: 'marco.conti' },
    { status: 'approved', assignee: 'marco.conti', endedAt: ended, late: true },
    { status: 'partiallyApproved', assignee: 'sara.ferri', endedAt: ended },
    { status: 'rejected', endedAt: ended, attention: ['paymentUnmatched'] },
    { status: 'withdrawn', endedAt: ended },
    { status: 'expired', receivedAt: null, endedAt: ended, discardedAt: ended },
    { status: 'toAccept', service: 'cila' },
  ]);
});
afterAll(() => system.stop());

const counts = async (client: ApiClient, query = '') =>
  expectStatus(200, client.get(`/api/v1/practices/counts${query}`));

async function total(client: ApiClient, query: string): Promise<number> {
  return (await expectStatus(200, client.get(`/api/v1/practices?count=exact&${query}`))).total;
}

test('a citizen’s tabs say how many practices stand under each, and the list of a tab has as many', async () => {
  const citizen = await system.as('giulia.bianchi');
  const told = await counts(citizen);
  expect(told).toEqual({ drafts: 2, sent: 5, approved: 2, rejected: 1, toIntegrate: 1, withdrawn: 1 });
  for (const [tab, number] of Object.entries(told)) {
    expect([tab, await total(citizen, `tab=${tab}`)]).toEqual([tab, number]);
  }
});

test('an officer’s counters are those of lists, of what is still to be done', async () => {
  const operator = await system.as('marco.conti');
  const told = await counts(operator);
  expect(told).toEqual({ unassigned: 1, mine: 2, toAccept: 0, late: 1, attention: 2, myOffices: 5 });
  const lists = {
    unassigned: 'work=unassigned',
    mine: 'work=mine&progress=open',
    toAccept: 'work=toAccept',
    late: 'late=true&progress=open',
    attention: 'attention=true',
    myOffices: 'work=myOffices&progress=open',
  };
  for (const [name, query] of Object.entries(lists)) {
    expect([name, await total(operator, query)]).toEqual([name, told[name]]);
  }
});

test('the planning desk sees what waits to be accepted', async () => {
  expect(await counts(await system.as('pietro.leoni'))).toEqual({
    unassigned: 0,
    mine: 0,
    toAccept: 1,
    late: 0,
    attention: 0,
    myOffices: 1,
  });
});

test('counters can be those of some services', async () => {
  const manager = await system.as('olga.marini');
  expect((await counts(manager, '?service=cila')).toAccept).toBe(1);
  expect((await counts(manager, '?service=segnalazione')).toAccept).toBe(0);
  expect((await counts(manager, '?service=segnalazione&service=cila')).toAccept).toBe(1);
});

test('those who oversee see the numbers of all', async () => {
  expect(await counts(await system.as('revisore'))).toEqual({
    unassigned: 1,
    mine: 0,
    toAccept: 1,
    late: 1,
    attention: 2,
    myOffices: 0,
  });
});
