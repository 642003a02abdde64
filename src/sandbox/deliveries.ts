import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Ledger } from './ledger';
import type { Receipt } from './records';

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;
const ATTEMPT_TIMEOUT_MS = 10_000;
/** Thousands of receipts may wait for a receiver that comes back: they don't all call at once. */
const MAX_PARALLEL = 8;

export interface DeliveriesOptions {
  readonly callbackUrl: string;
  readonly secret: string;
  readonly ledger: Ledger;
  readonly held: () => boolean;
  readonly now: () => Date;
  readonly log: FastifyBaseLogger;
}

/** Posts receipts to the receiver until it answers 2xx: at least once, in no promised order between positions. */
export class Deliveries {
  readonly #running = new Map<string, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  readonly #stop = new AbortController();
  #free = MAX_PARALLEL;
  #state: 'idle' | 'running' | 'stopped' = 'idle';

  constructor(private readonly options: DeliveriesOptions) {
    // Every waiting receipt listens to it: many listeners are no leak here.
    setMaxListeners(0, this.#stop.signal);
  }

  /** Takes up whatever was left undelivered by the process before. */
  start(): void {
    this.#state = 'running';
    this.resume();
  }

  /** Starts every receipt that waits; call it when callbacks are no longer held. */
  resume(): void {
    for (const receipt of this.options.ledger.undelivered()) this.send(receipt);
  }

  /** Begins to deliver a receipt, unless that is going on already. */
  send(receipt: Receipt): void {
    const { receiptId } = receipt;
    if (this.#state !== 'running' || this.#running.has(receiptId)) return;
    const run = this.#deliver(receipt)
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) this.options.log.error({ err: error, receiptId }, 'receipt delivery broke');
      })
      .finally(() => this.#running.delete(receiptId));
    this.#running.set(receiptId, run);
  }

  /** Ends the attempts under way and waits for them; undelivered receipts stay in the books. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#stop.abort();
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all(this.#running.values());
  }

  async #deliver(receipt: Receipt): Promise<void> {
    const { ledger, held } = this.options;
    let delay = FIRST_DELAY_MS;
    while (ledger.isUndelivered(receipt.receiptId) && !held() && !this.#stop.signal.aborted) {
      if (await this.#inSlot(() => this.#attempt(receipt))) {
        await ledger.delivered(receipt.receiptId);
        delay = FIRST_DELAY_MS;
      } else {
        await pause(delay, undefined, { signal: this.#stop.signal });
        delay = Math.min(delay * 2, MAX_DELAY_MS);
      }
    }
  }

  async #inSlot(attempt: () => Promise<boolean>): Promise<boolean> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return this.#stop.signal.aborted || this.options.held() ? false : await attempt();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  async #attempt(receipt: Receipt): Promise<boolean> {
    const { callbackUrl, secret, now, log } = this.options;
    const body = JSON.stringify(receipt);
    const timestamp = now().toISOString();
    try {
      const response = await fetch(callbackUrl, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'x-sandbox-timestamp': timestamp,
          'x-sandbox-signature': signCallback(secret, timestamp, body),
        },
        body,
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      });
      await response.body?.cancel();
      log.info({ receiptId: receipt.receiptId, status: response.status }, 'receipt posted');
      return response.ok;
    } catch (error) {
      if (!this.#stop.signal.aborted) log.info({ receiptId: receipt.receiptId, err: error }, 'receipt not delivered');
      return false;
    }
  }
}

/** Signature of a callback: hexadecimal HMAC-SHA256 over timestamp, a full stop and the body's exact bytes. */
export function signCallback(secret: string, timestamp: string, rawBody: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${rawBody}`).digest('hex');
}
