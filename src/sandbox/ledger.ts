import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { buildNoticeNumber, type NoticeNumber } from '../domain/payments/notice-number';
import { Journal } from './journal';
import { Problem } from './problem';
import { type JournalRecord, type PositionBody, type PositionView, type Receipt, recordSchema } from './records';

/** Segregation code of the sandbox: in the range left to bodies' intermediaries. */
const SEGREGATION = '01';
/** Name shown as payment provider; no bank is called so. */
const PROVIDER = 'PSP di prova';

interface Entry {
  readonly requestId: string;
  readonly iuv: string;
  readonly noticeNumber: string;
  readonly body: PositionBody;
  invalidated: boolean;
  receipt?: Receipt;
}

/**
 * The double's books: positions, receipts and receipts still to be delivered. Each act is decided and applied in one
 * synchronous step, so that payment and invalidation can't both win, and its promise resolves when it is on disk.
 */
export class Ledger {
  readonly #positions = new Map<string, Entry>();
  readonly #iuvs = new Set<string>();
  readonly #receipts = new Map<string, Receipt>();
  readonly #undelivered = new Map<string, number>();
  #journal: Journal<JournalRecord> | undefined;

  private constructor(private readonly now: () => Date) {}

  /** Opens the books kept in `path`; everything acknowledged before a crash is there. */
  static async open(path: string, now: () => Date): Promise<Ledger> {
    const ledger = new Ledger(now);
    ledger.#journal = await Journal.open(path, recordSchema, (record) => ledger.#apply(record));
    return ledger;
  }

  /**
   * Creates the position of `requestId`, or gives the one that exists for the same body.
   * @throws Problem 409 `request-id-reused` for another body; 422 `already-expired` for a new position in the past.
   */
  async create(requestId: string, body: PositionBody): Promise<{ position: PositionView; created: boolean }> {
    const existing = this.#positions.get(requestId);
    if (existing !== undefined && !isDeepStrictEqual(existing.body, body)) {
      throw new Problem(409, 'request-id-reused', `the position "${requestId}" exists with other data`);
    }
    if (existing === undefined) {
      if (this.now().toISOString() >= body.expiresAt) {
        throw new Problem(422, 'already-expired', `the position would expire at ${body.expiresAt}, which is past`);
      }
      this.#record({ type: 'created', requestId, ...this.#numberFor(requestId), body });
    }
    await this.#flushed();
    return { position: this.#view(this.#entry(requestId)), created: existing === undefined };
  }

  /** @throws Problem 404 `position-unknown`. */
  async find(requestId: string): Promise<PositionView> {
    const entry = this.#entry(requestId);
    await this.#flushed();
    return this.#view(entry);
  }

  /** Closes an unpaid position; one that is paid stays paid. The answer says which. @throws Problem 404. */
  async invalidate(requestId: string): Promise<PositionView> {
    const entry = this.#entry(requestId);
    if (entry.receipt === undefined && !entry.invalidated) this.#record({ type: 'invalidated', requestId });
    await this.#flushed();
    return this.#view(entry);
  }

  /**
   * Takes the money, once. The position is payable before `expiresAt`, not at that very instant.
   * @throws Problem 404 `position-unknown`; 409 `position-paid`, `position-invalidated` or `position-expired`.
   */
  async pay(requestId: string, paidAt: string = this.now().toISOString()): Promise<Receipt> {
    const entry = this.#entry(requestId);
    if (entry.receipt !== undefined) throw new Problem(409, 'position-paid', `"${requestId}" is already paid`);
    if (entry.invalidated) throw new Problem(409, 'position-invalidated', `"${requestId}" was closed by the creditor`);
    if (paidAt >= entry.body.expiresAt) {
      throw new Problem(409, 'position-expired', `"${requestId}" expired at ${entry.body.expiresAt}`);
    }
    const receipt: Receipt = {
      receiptId: `sandbox-${randomUUID()}`,
      requestId,
      iuv: entry.iuv,
      amountCents: entry.body.amountCents,
      paidAt,
      provider: PROVIDER,
    };
    this.#record({ type: 'paid', receipt });
    await this.#flushed();
    return receipt;
  }

  /** Asks for `times` further deliveries of a receipt, as gateways that repeat themselves do. @throws Problem 404. */
  async requeue(receiptId: string, times: number): Promise<Receipt> {
    const receipt = this.#receipts.get(receiptId);
    if (receipt === undefined) throw new Problem(404, 'receipt-unknown', `no receipt "${receiptId}"`);
    this.#record({ type: 'queued', receiptId, times });
    await this.#flushed();
    return receipt;
  }

  /** Notes that the receiver accepted one delivery. */
  async delivered(receiptId: string): Promise<void> {
    this.#record({ type: 'delivered', receiptId });
    await this.#flushed();
  }

  /** Receipts that still have to reach the receiver. */
  undelivered(): readonly Receipt[] {
    return [...this.#undelivered.keys()].map((id) => this.#receipts.get(id)).filter((receipt) => receipt !== undefined);
  }

  isUndelivered(receiptId: string): boolean {
    return this.#undelivered.has(receiptId);
  }

  /** The newest positions first, for the index page. */
  latest(limit: number): readonly PositionView[] {
    return [...this.#positions.values()]
      .slice(-limit)
      .reverse()
      .map((entry) => this.#view(entry));
  }

  async close(): Promise<void> {
    await this.#journal?.close();
  }

  #entry(requestId: string): Entry {
    const entry = this.#positions.get(requestId);
    if (entry === undefined) throw new Problem(404, 'position-unknown', `no position "${requestId}"`);
    return entry;
  }

  /** Derived from the request, so that an emptied data folder gives the same request the same IUV. */
  #numberFor(requestId: string): NoticeNumber {
    for (let attempt = 0; ; attempt += 1) {
      const digest = createHash('sha256').update(`${attempt}:${requestId}`).digest();
      const base = String(digest.readBigUInt64BE() % 10_000_000_000_000n).padStart(13, '0');
      const number = buildNoticeNumber(SEGREGATION, base);
      if (!this.#iuvs.has(number.iuv)) return number;
    }
  }

  #record(record: JournalRecord): void {
    this.#apply(record);
    // Its failure reaches the caller through the flush that every act awaits.
    this.#journal?.append(record).catch(() => undefined);
  }

  async #flushed(): Promise<void> {
    await this.#journal?.flushed();
  }

  #apply(record: JournalRecord): void {
    switch (record.type) {
      case 'created': {
        const { type: _type, ...created } = record;
        this.#positions.set(record.requestId, { ...created, invalidated: false });
        this.#iuvs.add(record.iuv);
        return;
      }
      case 'paid':
        this.#entry(record.receipt.requestId).receipt = record.receipt;
        this.#receipts.set(record.receipt.receiptId, record.receipt);
        this.#addDeliveries(record.receipt.receiptId, 1);
        return;
      case 'invalidated':
        this.#entry(record.requestId).invalidated = true;
        return;
      case 'queued':
        this.#addDeliveries(record.receiptId, record.times);
        return;
      case 'delivered':
        this.#addDeliveries(record.receiptId, -1);
    }
  }

  #addDeliveries(receiptId: string, count: number): void {
    const left = (this.#undelivered.get(receiptId) ?? 0) + count;
    if (left > 0) this.#undelivered.set(receiptId, left);
    else this.#undelivered.delete(receiptId);
  }

  #view(entry: Entry): PositionView {
    const { amountCents, reason, expiresAt } = entry.body;
    const shown = { requestId: entry.requestId, iuv: entry.iuv, noticeNumber: entry.noticeNumber };
    const data = { ...shown, amountCents, reason, expiresAt };
    if (entry.receipt !== undefined) return { ...data, status: 'paid', receipt: entry.receipt };
    if (entry.invalidated) return { ...data, status: 'invalidated' };
    return { ...data, status: this.now().toISOString() >= expiresAt ? 'expired' : 'open' };
  }
}
