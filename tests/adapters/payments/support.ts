import type { PaymentsPort } from '../../../src/activities/ports/payments';
import { createSandboxGateway } from '../../../src/adapters/payments/sandbox/client';
import type { Sandbox } from '../../../src/sandbox/server';
import { SECRET } from '../../sandbox/support';

/** The adapter under test, wired to a running sandbox. */
export function gatewayOf(sandbox: Sandbox): PaymentsPort {
  return createSandboxGateway({ url: sandbox.url, secret: SECRET });
}
