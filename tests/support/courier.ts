import { signCallback } from '../../src/sandbox/deliveries';
import { SANDBOX_SECRET, type System } from './system';

const LOOK_EVERY_MS = 25;

/**
 * In tests the gateway's double does not know our address: its receipts are brought by hand, as soon as they are there,
 * to the API at `apiUrl`. One that the API did not take is brought again, as a gateway does.
 */
export class Courier {
  private readonly delivered = new Set<string>();
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    private readonly system: System,
    private readonly apiUrl: string,
  ) {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const open = await this.system.db.prisma.payment.findMany({ where: { status: 'open' } });
      for (const { requestId } of open) await this.bring(requestId);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  private async bring(requestId: string): Promise<void> {
    const url = `${this.system.sandbox.url}/gateway/positions/${encodeURIComponent(requestId)}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${SANDBOX_SECRET}` } });
    const { receipt } = (await answer.json()) as { readonly receipt?: { readonly receiptId: string } };
    if (!receipt || this.delivered.has(receipt.receiptId)) return;
    if (await this.deliver(JSON.stringify(receipt))) this.delivered.add(receipt.receiptId);
  }

  private async deliver(body: string): Promise<boolean> {
    const timestamp = new Date(this.system.application.clock.now()).toISOString();
    const taken = await fetch(`${this.apiUrl}/api/v1/callbacks/payments/sandbox`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-sandbox-timestamp': timestamp,
        'x-sandbox-signature': signCallback(SANDBOX_SECRET, timestamp, body),
      },
      body,
    }).catch(() => undefined);
    return taken?.status === 202;
  }
}
