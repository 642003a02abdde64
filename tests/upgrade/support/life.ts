import { signCallback } from '../../../src/sandbox/deliveries';
import { act, aPng, completeDraft, expectStatus, payAtGateway } from '../../support/builders';
import type { ApiClient, Body } from '../../support/client';
import { SANDBOX_SECRET, type System } from '../../support/system';
import { until } from '../../support/until';
import type { Api } from './releases';

/** Longer than anything waits for a worker that has gone: the longest start-to-close is forty seconds. */
export const PATIENCE_MS = 120_000;

/** Where a practice stands, in order. */
export const STAGES = [
  'draft',
  'awaitingPayment',
  'registered',
  'inCharge',
  'awaitingIntegration',
  'answered',
  'approved',
] as const;
export type Stage = (typeof STAGES)[number];

/** Gives the API that is asked next: always the same, or one after the other. */
export type Doors = () => Api;

/** A new practice, brought to a stage. */
export async function begin(system: System, doors: Doors, upTo: Stage): Promise<string> {
  const id = await completeDraft(doors().citizen);
  await liveOn(system, doors, id, 'draft', upTo);
  return id;
}

/** Lives a practice on from the stage where it stands, each step through the next door. */
export async function liveOn(system: System, doors: Doors, id: string, from: Stage, upTo: Stage = 'approved') {
  for (const stage of STAGES.slice(STAGES.indexOf(from) + 1, STAGES.indexOf(upTo) + 1)) {
    await STEPS[stage](system, doors, id);
  }
}

type Step = (system: System, doors: Doors, id: string) => Promise<void>;

const STEPS: Readonly<Record<Stage, Step>> = {
  draft: async () => undefined,
  awaitingPayment: async (_system, doors, id) => {
    const { citizen } = doors();
    await done(citizen, await citizen.post(`/api/v1/practices/${id}/submit`));
    const open = async () => (await citizen.get(`/api/v1/practices/${id}`)).body.payment?.status === 'open';
    await until(`the position of ${id} to be open`, open, PATIENCE_MS);
  },
  registered: async (system, doors, id) => {
    const api = doors();
    await bringReceipt(api.url, await payAtGateway(system, id));
    await reaches(api.citizen, id, 'registered');
  },
  inCharge: async (_system, doors, id) => {
    await decide(doors, id, 'take-charge');
    await reaches(doors().officer, id, 'inCharge');
  },
  awaitingIntegration: async (_system, doors, id) => {
    const documents = [{ key: 'photo', label: 'Foto' }];
    await decide(doors, id, 'integration-requests', { message: 'Serve una foto del veicolo.', documents });
    await reaches(doors().citizen, id, 'awaitingIntegration');
  },
  answered: async (_system, doors, id) => {
    const { citizen } = doors();
    const photo = await expectStatus(201, citizen.upload(id, 'integration.1.photo', 'foto.png', aPng));
    const documents = { photo: [photo.id] };
    await done(citizen, await citizen.post(`/api/v1/practices/${id}/integration-answers`, { documents }));
    await reaches(citizen, id, 'inCharge');
  },
  approved: async (_system, doors, id) => {
    await decide(doors, id, 'approve');
    await reaches(doors().citizen, id, 'approved');
  },
};

/** An officer's act: whoever is told that the practice has changed meanwhile looks again and repeats it. */
async function decide(doors: Doors, id: string, path: string, body: object = {}): Promise<void> {
  const { officer } = doors();
  for (;;) {
    const answer = await act(officer, id, path, body);
    if (answer.body.code === 'STALE_VERSION') continue;
    return done(officer, answer);
  }
}

/** The effect can be seen: at once, or, while the engine looks for a worker, where the receipt says to look. */
async function done(client: ApiClient, answer: { readonly status: number; readonly body: Body }): Promise<void> {
  if (answer.status !== 202) {
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    return;
  }
  const { href } = answer.body;
  const outcome = await until(`the outcome of ${href}`, async () => (await client.get(href)).body.outcome, PATIENCE_MS);
  expect(outcome).toMatchObject({ result: 'done' });
}

async function reaches(client: ApiClient, id: string, status: string): Promise<void> {
  const shown = async () => (await client.get(`/api/v1/practices/${id}`)).body.status === status;
  await until(`practice ${id} to be ${status}`, shown, PATIENCE_MS);
}

/** The gateway tells an API of a payment, signed as it signs. */
async function bringReceipt(apiUrl: string, receipt: object): Promise<void> {
  const body = JSON.stringify(receipt);
  const timestamp = new Date().toISOString();
  const headers = {
    'content-type': 'application/json',
    'x-sandbox-timestamp': timestamp,
    'x-sandbox-signature': signCallback(SANDBOX_SECRET, timestamp, body),
  };
  const answer = await fetch(`${apiUrl}/api/v1/callbacks/payments/sandbox`, { method: 'POST', headers, body });
  expect([answer.status, await answer.text()]).toEqual([202, expect.anything()]);
}
