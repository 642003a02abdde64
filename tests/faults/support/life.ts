import { act, aPng, completeDraft, expectStatus, pay } from '../../support/builders';
import type { ApiClient } from '../../support/client';
import type { System } from '../../support/system';
import { until } from '../../support/until';

/** Longer than anything waits for a worker that died: the longest start-to-close is forty seconds. */
export const PATIENCE_MS = 120_000;

export interface People {
  readonly citizen: ApiClient;
  readonly operator: ApiClient;
}

export async function peopleOf(system: System): Promise<People> {
  return { citizen: await system.as('giulia.bianchi'), operator: await system.as('marco.conti') };
}

/** What the life of a practice passes through, in order. */
export const STAGES = [
  'awaitingPayment',
  'registered',
  'inCharge',
  'awaitingIntegration',
  'answered',
  'ended',
] as const;
export type Stage = (typeof STAGES)[number];

/**
 * Lives a practice from its draft to its approval, with an integration on the way, or up to a stage, however long an act
 * takes. `born` is called before anything but the draft has happened.
 */
export async function wholeLife(
  system: System,
  people: People,
  born: (id: string) => Promise<void> = async () => undefined,
  upTo: Stage = 'ended',
): Promise<string> {
  const id = await completeDraft(people.citizen);
  await until('the draft to be in the engine', async () => (await rowOf(system, id)).seq > 0, PATIENCE_MS);
  await born(id);
  return liveOn(system, people, id, undefined, upTo);
}

/** Lives a practice from one stage on (absent: from its draft) to another. */
export async function liveOn(
  system: System,
  people: People,
  id: string,
  from: Stage | undefined,
  upTo: Stage = 'ended',
): Promise<string> {
  const first = from === undefined ? 0 : STAGES.indexOf(from) + 1;
  for (const stage of STAGES.slice(first, STAGES.indexOf(upTo) + 1)) await STEPS[stage](system, people, id);
  return id;
}

const STEPS: Readonly<Record<Stage, (system: System, people: People, id: string) => Promise<void>>> = {
  awaitingPayment: async (system, { citizen }, id) => {
    await done(system, citizen.post(`/api/v1/practices/${id}/submit`));
    const where = { practiceId: id, status: 'open' };
    await until('the position to be open', () => system.db.prisma.payment.findFirst({ where }), PATIENCE_MS);
  },
  registered: async (system, _people, id) => {
    await pay(system, id);
    await toBe(system, id, 'registered');
  },
  inCharge: async (system, { operator }, id) => {
    await decide(system, operator, id, 'take-charge');
    await toBe(system, id, 'inCharge');
  },
  awaitingIntegration: async (system, { operator }, id) => {
    const request = { message: 'Serve una foto del veicolo.', documents: [{ key: 'photo', label: 'Foto' }] };
    await decide(system, operator, id, 'integration-requests', request);
    await toBe(system, id, 'awaitingIntegration');
  },
  answered: async (system, { citizen }, id) => {
    const photo = await expectStatus(201, citizen.upload(id, 'integration.1.photo', 'foto.png', aPng));
    const answer = { documents: { photo: [photo.id] } };
    await done(system, citizen.post(`/api/v1/practices/${id}/integration-answers`, answer));
    await toBe(system, id, 'inCharge');
  },
  ended: async (system, { operator }, id) => {
    await decide(system, operator, id, 'approve');
    await toBe(system, id, 'approved');
    await until('the workflow to end', () => hasCompleted(system, id), PATIENCE_MS);
  },
};

/** An officer's act: whoever is told that the practice has changed meanwhile looks again and repeats it. */
async function decide(system: System, operator: ApiClient, id: string, path: string, body: object = {}): Promise<void> {
  for (;;) {
    const answer = await act(operator, id, path, body);
    const { outcome } =
      answer.status === 202 ? { outcome: await outcomeOf(system, answer.body.commandId) } : answer.body;
    if ((answer.body.code ?? outcome?.code) === 'STALE_VERSION') continue;
    return done(system, Promise.resolve(answer));
  }
}

/** An act that was taken, and carried out sooner or later. */
export async function done(
  system: System,
  answer: Promise<{ readonly status: number; readonly body: { readonly commandId?: string } }>,
): Promise<void> {
  const { status, body } = await answer;
  if (status !== 200 && status !== 202) throw new Error(`expected 200 or 202, got ${status}: ${JSON.stringify(body)}`);
  if (status === 202) await outcomeOf(system, body.commandId ?? '');
}

/** What became of an act, once it became something. */
export function outcomeOf(system: System, commandId: string) {
  const read = async () => (await system.db.prisma.inboxRow.findUnique({ where: { id: commandId } }))?.outcome;
  return until(`the outcome of ${commandId}`, read, PATIENCE_MS);
}

export function toBe(system: System, id: string, status: string): Promise<unknown> {
  return until(`practice ${id} to be ${status}`, async () => (await rowOf(system, id)).status === status, PATIENCE_MS);
}

export function rowOf(system: System, id: string) {
  return system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
}

export async function hasCompleted(system: System, id: string): Promise<boolean> {
  const { status } = await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
  return status.name === 'COMPLETED';
}

/** Types of the events of a practice, in order. */
export async function storyOf(system: System, id: string): Promise<string[]> {
  const rows = await system.db.prisma.practiceEventRow.findMany({ where: { practiceId: id }, orderBy: { seq: 'asc' } });
  return rows.map((row) => row.type);
}
