import { openDatabase } from '../../../src/platform/database';
import { Helper } from './helper';
import { Projector } from './projections';
import type { Ground, Rung } from './rung';
import { helperOptions, playLife } from './temporal';

/** L3: L2 in which every projection is the product's own transaction, with its own events, for a practice nobody filed. */
export async function l3(ground: Ground): Promise<Rung> {
  const { recorded, copyUrl: databaseUrl } = ground;
  const helper = await Helper.start(helperOptions(ground, 'temporal', { projections: { databaseUrl, recorded } }));
  const db = openDatabase(databaseUrl, 10);
  const projector = await Projector.over(db, recorded);
  return {
    live: async () => {
      const begunAt = performance.now();
      const life = await playLife(ground, helper, await projector.begin());
      return { ...life, begunAt };
    },
    stop: async () => {
      await helper.stop();
      await db.close();
    },
  };
}
