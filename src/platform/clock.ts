import type { Clock } from '../activities/ports/clock';
import { instant } from '../domain/ids';

/** The machine's clock, kept by NTP. */
export const systemClock: Clock = { now: () => instant(Date.now()) };
