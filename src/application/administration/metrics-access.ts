import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../platform/digest';

/** Who asks for metrics, as the server sees them. */
export interface MetricsRequest {
  /** Address of the caller; behind a proxy of this machine, the one that the proxy names. */
  readonly address: string | undefined;
  readonly authorization: string | undefined;
}

/**
 * Metrics tell how much a body works and nothing of people; still they are not for everybody. With a token
 * (`ITER_METRICS_TOKEN`) whoever bears it may read them; without one only this machine may.
 */
export function mayReadMetrics(token: string | undefined, { address, authorization }: MetricsRequest): boolean {
  if (token === undefined) return isLoopback(address);
  const given = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
  // Digests have one length, as the comparison in constant time demands.
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(token)));
}

function isLoopback(address = ''): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address);
}
