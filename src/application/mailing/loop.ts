/**
 * Does the same work again and again, one round at a time: at once while a round says that there is more, otherwise
 * after a pause. A round that fails is reported and comes again.
 */
export class Loop {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;

  constructor(
    /** True when more is waiting. */
    private readonly round: () => Promise<boolean>,
    private readonly everyMs: number,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(): void {
    this.stopped = false;
    this.running = this.run();
  }

  /** Begins no other round and waits for the one that runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    let more = true;
    while (more && !this.stopped) {
      more = await this.round().catch((error: unknown) => {
        this.failed(error);
        return false;
      });
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.run();
    }, this.everyMs);
  }
}
