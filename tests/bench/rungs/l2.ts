import { randomUUID } from 'node:crypto';
import { Helper } from './helper';
import type { Ground, Rung } from './rung';
import { helperOptions, playLife } from './temporal';

/** L2: the notes of the product's life on the engine, with activities that do nothing. What our process could do at most. */
export async function l2(ground: Ground): Promise<Rung> {
  const helper = await Helper.start(helperOptions(ground, 'temporal'));
  return { live: () => playLife(ground, helper, randomUUID()), stop: () => helper.stop() };
}
