import { pause } from '../load';

const EVERY_MS = 500;
/** A share of one core: what idle servers use, polling each other. */
const IDLE = 0.25;
const LIMIT_MS = 180_000;

/** Waits until a system has nothing to do: twice in a row it used hardly any CPU. `cpuSeconds` says how much it has used. */
export async function settled(cpuSeconds: () => number): Promise<void> {
  const until = performance.now() + LIMIT_MS;
  for (let quiet = 0; quiet < 2 && performance.now() < until; ) {
    const [before, from] = [cpuSeconds(), performance.now()];
    await pause(EVERY_MS);
    const used = ((cpuSeconds() - before) * 1000) / (performance.now() - from);
    quiet = used < IDLE ? quiet + 1 : 0;
  }
}
