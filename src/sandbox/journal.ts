import { type FileHandle, open } from 'node:fs/promises';
import type { z } from 'zod';

/**
 * Append-only file of JSON lines. `append` resolves when the line is on disk (`fdatasync`); lines that arrive while the
 * disk is busy share the next flush. After a failed write nothing more is accepted: memory and disk would differ.
 */
export class Journal<T> {
  #lines: string[] = [];
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(private readonly file: FileHandle) {}

  /**
   * Opens or creates the file and gives every complete line to `replay`, oldest first. A last line without its end was
   * never acknowledged: it is cut off.
   * @throws Error naming the line that can't be read; restore the file or move it away.
   */
  static async open<T>(path: string, schema: z.ZodType<T>, replay: (entry: T) => void): Promise<Journal<T>> {
    const file = await open(path, 'a+', 0o600);
    try {
      const text = await file.readFile('utf8');
      const complete = text.slice(0, text.lastIndexOf('\n') + 1);
      if (complete.length < text.length) await file.truncate(Buffer.byteLength(complete));
      for (const [index, line] of complete.split('\n').slice(0, -1).entries()) {
        replay(readLine(schema, line, `${path}:${index + 1}`));
      }
      return new Journal<T>(file);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Writes one entry; resolves when it is on disk, rejects when the file can't be written (restart the process). */
  append(entry: T): Promise<void> {
    this.#lines.push(`${JSON.stringify(entry)}\n`);
    return this.flushed();
  }

  /** Resolves when everything appended so far is on disk: answers that show state wait for it. */
  flushed(): Promise<void> {
    if (this.#lines.length === 0) return this.#current;
    this.#next ??= this.#current.then(() => this.#write());
    return this.#next;
  }

  async close(): Promise<void> {
    await this.flushed().finally(() => this.file.close());
  }

  async #write(): Promise<void> {
    const batch = this.#lines.join('');
    this.#lines = [];
    this.#current = this.#next ?? this.#current;
    this.#next = undefined;
    await this.file.appendFile(batch);
    await this.file.datasync();
  }
}

function readLine<T>(schema: z.ZodType<T>, line: string, place: string): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`${place} is not a line of the sandbox's journal`, { cause: error });
  }
}
