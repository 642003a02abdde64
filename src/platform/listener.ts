import pg from 'pg';
import type { Channel } from './bell';

/**
 * A connection that listens to PostgreSQL notifications and comes back by itself after it was cut. Notifications are
 * only hints: whoever listens must also look by itself now and then, because those sent meanwhile are lost.
 */
export class PgListener {
  private client: pg.Client | undefined;
  private closed = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly channel: Channel,
    private readonly heard: (payload: string) => void,
  ) {}

  /** Connects in the background; never rejects. */
  start(): void {
    void this.connect();
  }

  async stop(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    if (this.closed) return;
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 5_000, keepAlive: true });
    this.client = client;
    const again = () => {
      if (this.closed || this.client !== client) return;
      this.client = undefined;
      client.end().catch(() => undefined);
      this.retry = setTimeout(() => void this.connect(), 500);
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', (message) => this.heard(message.payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${this.channel}`);
      // What was said while nobody listened.
      this.heard('');
    } catch {
      again();
    }
  }
}
