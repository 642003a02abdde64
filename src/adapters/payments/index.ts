import type { PaymentsPort } from '../../activities/ports/payments';
import { createSandboxGateway } from './sandbox/client';

/** What the chooser needs to know; the configuration's `payments` part fits. */
export interface PaymentsSettings {
  /** Name of the gateway. */
  readonly gateway: string;
  /** Address of its interface. */
  readonly url: string;
  /** Shared with the gateway; never printed. */
  readonly secret: string;
}

/** The configuration names a gateway that nobody wrote: correct the name and start again. */
export class UnknownGateway extends Error {
  override readonly name = 'UnknownGateway';
}

const gateways: ReadonlyMap<string, (settings: PaymentsSettings) => PaymentsPort> = new Map([
  ['sandbox', createSandboxGateway],
]);

/**
 * The payment gateway that the configuration names. Call it at the start of a process.
 * @throws UnknownGateway listing the names that exist.
 */
export function createPayments(settings: PaymentsSettings): PaymentsPort {
  const create = gateways.get(settings.gateway);
  if (create !== undefined) return create(settings);
  const names = [...gateways.keys()].join(', ');
  throw new UnknownGateway(`no payment gateway is called "${settings.gateway}"; there are: ${names}`);
}
