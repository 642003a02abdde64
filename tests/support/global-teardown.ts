import type { Engine } from './global-setup';

export default async function globalTeardown(): Promise<void> {
  const { iterEngine } = globalThis as { iterEngine?: Engine };
  await Promise.all([iterEngine?.temporal.stop(), iterEngine?.postgres.stop()]);
}
