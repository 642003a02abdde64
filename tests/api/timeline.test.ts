import { act, expectStatus, practiceInCharge, reach } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { aDigest, anInstant, expectProblem, PRACTICE_NOT_FOUND } from './support';

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
/** Approved by an officer; its decision can not be registered yet. */
let undecided: string;
let officer: string;
beforeAll(async () => {
  let hold = true;
  system = await startSystem({
    replaceDeps: ({ protocollo }) => ({
      protocollo: {
        ...protocollo,
        register: (request) => {
          if (hold && request.direction === 'out') throw new Error('the register is down');
          return protocollo.register(request);
        },
      },
    }),
  });
  citizen = await system.as('giulia.bianchi');
  operator = await system.as('marco.conti');
  officer = (await system.db.prisma.account.findFirstOrThrow({ where: { username: 'marco.conti' } })).id;
  undecided = await practiceInCharge(system, citizen, operator);
  await expectStatus(200, act(operator, undecided, 'approve', { message: 'Requisiti verificati.' }));
  await reach(operator, undecided, 'registeringOutcome');
  release = () => {
    hold = false;
  };
});
let release: () => void;
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

const timeline = async (client: ApiClient, id = undecided): Promise<Body[]> =>
  (await expectStatus(200, client.get(`/api/v1/practices/${id}/timeline`))).items;

test('events come in order, numbered without gaps, each with its label', async () => {
  const items = await timeline(citizen);
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_item, index) => index + 1));
  expect(items[0]).toEqual({
    seq: 1,
    type: 'draftCreated',
    label: 'Bozza creata',
    at: anInstant,
    status: 'draft',
    statusLabel: 'Bozza',
    actorRole: 'citizen',
    data: {},
    hash: aDigest,
  });
  expect(items.find(({ type }) => type === 'chargeTaken')).toMatchObject({ label: 'Presa in carico', data: {} });
});

test('before its decision is registered the applicant reads nothing of the outcome, in no answer', async () => {
  const decided = (await timeline(citizen)).find(({ type }) => type === 'decided');
  expect(decided).toMatchObject({ label: 'Elaborata', statusLabel: 'Elaborata' });
  expect(decided?.data).toEqual({ document: expect.any(Number) });
  const paths = ['', '/timeline', '/documents', '/messages'].map((path) => `/api/v1/practices/${undecided}${path}`);
  for (const path of [...paths, '/api/v1/practices']) {
    const text = JSON.stringify(await expectStatus(200, citizen.get(path)));
    // The list of what can be done names no act of the office either.
    expect(text).not.toMatch(/approve|reject|accolt|accoglimento|Accettata|Rifiutata|Requisiti verificati/i);
  }
});

test('the office reads what it decided', async () => {
  const decided = (await timeline(operator)).find(({ type }) => type === 'decided');
  expect(decided?.data).toEqual({ outcome: 'approved', document: expect.any(Number), command: expect.any(String) });
  const taken = (await timeline(operator)).find(({ type }) => type === 'chargeTaken');
  expect(taken?.data).toEqual({ operator: officer });
});

test('the applicant never reads the id of an officer, in no answer', async () => {
  for (const path of ['', '/timeline', '/documents', '/messages']) {
    const body = await expectStatus(200, citizen.get(`/api/v1/practices/${undecided}${path}`));
    expect(JSON.stringify(body)).not.toContain(officer);
  }
  expect(JSON.stringify((await citizen.get('/api/v1/practices')).body)).not.toContain(officer);
});

test('another citizen and another office find no practice', async () => {
  for (const username of ['paolo.esposito', 'luca.neri']) {
    const client = await system.as(username);
    expectProblem(await client.get(`/api/v1/practices/${undecided}/timeline`), PRACTICE_NOT_FOUND);
  }
});

test('once the decision is registered the applicant reads the outcome', async () => {
  release();
  await until(
    'the decision to be registered',
    async () => (await citizen.get(`/api/v1/practices/${undecided}`)).body.status === 'approved',
    50_000,
  );
  const items = await timeline(citizen);
  expect(items.find(({ type }) => type === 'decided')?.data.outcome).toBe('approved');
  expect(items.find(({ type }) => type === 'outcomeRegistered')?.data).toMatchObject({ outcome: 'approved' });
});
