import type { Bench } from '../bench';
import { inParallel } from '../load';
import { straightforwardLife } from '../product/life';
import type { Product } from '../stack/product';

const AT_ONCE = 8;
/** The processes that were warmed last, by their generation. */
const warm = new WeakMap<Product, number>();

/**
 * Lives that count nowhere. A process that has just started compiles while it works and needs half as much again; in
 * production it has run for days. Every rung gets the same.
 */
export function warmUp(lives: number, live: () => Promise<unknown>): Promise<void> {
  return inParallel(Array.from({ length: lives }), AT_ONCE, async () => {
    await live();
  });
}

/** Starts what of the product does not run, and warms it up unless these very processes are warm. */
export async function warmProduct({
  product,
  world,
  sizes,
  say,
}: Pick<Bench, 'product' | 'world' | 'sizes' | 'say'>): Promise<void> {
  await product.start();
  if (warm.get(product) === product.generation) return;
  await warmUp(sizes.warmUpLives, () => straightforwardLife(world));
  warm.set(product, product.generation);
  say(`warm after ${sizes.warmUpLives} lives`);
}
