import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../../src/platform/database';
import type { Life } from '../load';
import { Helper } from './helper';
import { Projector } from './projections';
import type { Ground, Rung } from './rung';
import { helperOptions } from './temporal';

/**
 * The same life on a library that keeps its state in PostgreSQL: Q1 pg-boss, Q2 DBOS Transact. With nothing in its steps,
 * as L2, or with the product's projections, as L3.
 */
export function onLibrary(
  engine: 'pgBoss' | 'dbos',
  steps: 'nothing' | 'projections' = 'nothing',
): (ground: Ground) => Promise<Rung> {
  return async (ground) => {
    const { recorded, copyUrl: databaseUrl } = ground;
    const stateUrl = await ground.createDatabase(`bench_${engine}_${steps}`.toLowerCase());
    const db = steps === 'projections' ? openDatabase(databaseUrl, 10) : undefined;
    const projector = db && (await Projector.over(db, recorded));
    const options = helperOptions(ground, engine, {
      stateUrl,
      ...(projector && { projections: { databaseUrl, recorded } }),
    });
    const answering = firstAnswer(ground);
    const helper = await Helper.start({ ...options, told: [...options.told, answering] });
    return {
      live: async () => {
        const begunAt = performance.now();
        const practice = (await projector?.begin()) ?? randomUUID();
        return { ...(await liveOn(helper, ground, practice, answering)), begunAt };
      },
      stop: async () => {
        await helper.stop();
        await db?.close();
      },
    };
  };
}

/** A submission has its answer when the activity after it is done, as an update has. */
async function liveOn(helper: Helper, { score, ending }: Ground, practice: string, answering: number): Promise<Life> {
  const begunAt = performance.now();
  await helper.bring({ practice, number: -1 });
  let submitMs = Number.NaN;
  for (const [number, { after }] of score.messages.entries()) {
    await helper.done(practice, after);
    const sentAt = performance.now();
    await helper.bring({ practice, number });
    if (number > 0) continue;
    await helper.done(practice, answering);
    submitMs = performance.now() - sentAt;
  }
  await helper.done(practice, ending);
  helper.forget(practice);
  return { begunAt, endedAt: performance.now(), submitMs };
}

function firstAnswer({ score: { notes } }: Ground): number {
  const first = notes.findIndex((note) => note.do === 'receive');
  const begun = notes.slice(first).find((note) => note.do === 'begin');
  if (begun?.do !== 'begin') throw new Error('nothing follows the submission');
  return begun.activity;
}
