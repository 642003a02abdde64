import type { Client } from '@temporalio/client';
import type { Life } from '../load';
import type { World } from '../product/life';
import type { Product } from '../stack/product';
import type { Recorded } from './projections';
import type { Score } from './score';

/** What rungs are built on. */
export interface Ground {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly client: Client;
  /** The life that the product has lived in this run. */
  readonly score: Score;
  readonly recorded: Recorded;
  /** The number of the activity with which the decision can be seen: there a practice has ended, on every rung. */
  readonly ending: number;
  /** A copy of the product's database, for projections that are not the product's. */
  readonly copyUrl: string;
  /** An empty database. */
  createDatabase(name: string): Promise<string>;
  readonly product: Product;
  readonly world: World;
}

/** A rung that stands: what one practice is, and what to do when it has been measured. */
export interface Rung {
  live(): Promise<Life>;
  stop(): Promise<void>;
}
