/** First come, first served. Update handlers interleave at every `await`; a change of state and its projection must not. */
export class Mutex {
  private tail: Promise<void> = Promise.resolve();
  private holders = 0;

  get busy(): boolean {
    return this.holders > 0;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    this.holders += 1;
    const before = this.tail;
    let release: () => void = () => undefined;
    this.tail = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    try {
      return await task();
    } finally {
      this.holders -= 1;
      release();
    }
  }
}
