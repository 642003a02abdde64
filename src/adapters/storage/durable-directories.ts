import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Directories below a root whose names survive a power cut: a new name is safe once its parent has been synced. */
export class DurableDirectories {
  /** Directories known to be safe; asking the disk again for each file would double the cost of a small one. */
  private readonly safe = new Set<string>();

  constructor(private readonly root: string) {}

  /** Makes a directory with its parents, mode 0700; absolute, the root or below it. */
  async ensure(directory: string): Promise<void> {
    // Made again even when known: somebody may have removed it.
    const created = await mkdir(directory, { recursive: true, mode: 0o700 });
    if (created !== undefined) this.safe.clear();
    // What lies above the root belongs to others and may be closed to us: touched only where it was made just now.
    const top = created !== undefined && this.root.startsWith(created) ? dirname(created) : this.root;
    for (let path = directory; path !== top && !this.safe.has(path); path = dirname(path)) {
      await this.sync(dirname(path));
      this.safe.add(path);
    }
  }

  /** Makes durable the names of the files in a directory. */
  async sync(directory: string): Promise<void> {
    // Windows cannot open a directory, and NTFS journals names by itself.
    if (process.platform === 'win32') return;
    const handle = await open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}
