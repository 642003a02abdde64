import type { Bench } from '../bench';
import { closedLoop } from '../load';
import { copyPractice } from '../product/copies';
import { draftReport } from '../product/nuisance';
import { percentile } from '../stats';

const CLIENTS = 16;

/** Applicants who save what they have written so far: how many per second, and whether all of it is there afterwards. */
export async function saves(bench: Bench): Promise<void> {
  const { world, databaseUrl, figures, sizes, product, say } = bench;
  await product.start();
  const citizen = world.people.citizen();
  const first = await draftReport(world, citizen);
  const drafts = await copyPractice(databaseUrl, first, sizes.saves.drafts);
  // Each client has drafts of its own: two who save the same one wait for each other.
  const ofClient = Array.from({ length: CLIENTS }, (_, client) =>
    drafts.filter((_, index) => index % CLIENTS === client),
  );
  const acknowledged = new Map<string, { saves: number; text: string }>();
  const turns = new Map<number, number>();
  const sizesOfLoop = { warmUpMs: 1_000, windows: 1, windowMs: sizes.saves.seconds * 1000 };
  const { rates, lives } = await closedLoop({ concurrency: CLIENTS, ...sizesOfLoop }, async (client) => {
    const turn = turns.get(client) ?? 0;
    turns.set(client, turn + 1);
    const mine = ofClient[client] ?? [];
    const id = mine[turn % mine.length] ?? '';
    const text = `${client}/${turn}: ${'una descrizione che cresce. '.repeat(20)}`;
    const begunAt = performance.now();
    await world.api.expect('saveDraft', [200], {
      method: 'PUT',
      path: `/api/v1/practices/${id}/draft`,
      token: citizen.token,
      body: { data: { report: { kind: 'road', description: text } } },
    });
    acknowledged.set(id, { saves: (acknowledged.get(id)?.saves ?? 0) + 1, text });
    const endedAt = performance.now();
    return { begunAt, endedAt, submitMs: endedAt - begunAt };
  });
  const times = lives.map(({ submitMs }) => submitMs);
  figures.set('saves.rate', rates[0]);
  figures.set('saves.p50', percentile(times, 0.5));
  figures.set('saves.p95', percentile(times, 0.95));
  figures.set('saves.lost', await lostOf(bench, acknowledged));
  say(`${rates[0]?.toFixed(0)} saves of drafts per second`);
}

/** Reads every draft back: its last text must be there, and as many versions as saves were acknowledged. */
async function lostOf(
  { world }: Bench,
  acknowledged: ReadonlyMap<string, { readonly saves: number; readonly text: string }>,
): Promise<number> {
  const rows = await world.watcher.query<{ id: string; text: string; version: number }>(
    `SELECT practice_id AS id, content #>> '{report,description}' AS text, version FROM draft
     WHERE practice_id = ANY ($1::uuid[])`,
    [[...acknowledged.keys()]],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return [...acknowledged].reduce((lost, [id, { saves: count, text }]) => {
    const row = found.get(id);
    const missing = Math.max(0, count - ((row?.version ?? 1) - 1));
    return lost + (missing === 0 && row?.text !== text ? 1 : missing);
  }, 0);
}
