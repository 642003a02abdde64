import { straightforwardLife } from '../product/life';
import type { Adaptation } from '../stack/product';
import type { Ground, Rung } from './rung';

/** L4: the product, through its API, with its documents as PDF/A or, for comparison, without. */
export function l4(adaptation: Adaptation = {}): (ground: Ground) => Promise<Rung> {
  return async ({ product, world }) => {
    await product.start(['sandbox', 'api', 'worker'], adaptation);
    return { live: () => straightforwardLife(world), stop: () => product.stop() };
  };
}
