/** Asks again until the answer is there. For what another process or a server does in its own time; never a plain wait. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  limitMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  // Quick at first, then less and less often: asking costs what is being waited for.
  for (let pauseMs = 25; ; pauseMs = Math.min(2 * pauseMs, 200)) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** A gate that holds whoever arrives until it is opened, and tells when somebody has arrived. */
export class Barrier {
  private open: () => void = () => undefined;
  private arrive: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
  readonly reached = new Promise<void>((resolve) => {
    this.arrive = resolve;
  });

  async wait(): Promise<void> {
    this.arrive();
    await this.opened;
  }

  release(): void {
    this.open();
  }
}
