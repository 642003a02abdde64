import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/platform/engine/child-process';
import { systemCode } from '../../src/platform/engine/engine-error';

const MEGABYTE = 1024 * 1024;

/** A file system of its own that can be filled to the last byte. */
export interface SmallDisk {
  readonly dir: string;
  /** Takes all space but so many bytes. */
  fill(leaveBytes?: number): Promise<void>;
  /** Gives back what `fill` took. */
  free(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Mounts a small disk in memory, which the system allows to root; where it does not, ITER_TEST_SMALL_DISK may name an
 * empty folder on a file system that is small enough to be filled. Rejects with what to do when there is neither.
 */
export async function smallDisk(megabytes: number): Promise<SmallDisk> {
  const named = process.env['ITER_TEST_SMALL_DISK'];
  const dir = mkdtempSync(join(named ?? tmpdir(), 'iter-disk-'));
  if (named === undefined) await mount(dir, megabytes);
  // Beside what the test keeps, on the same disk.
  const [content, ballast] = [join(dir, 'content'), join(dir, 'ballast')];
  mkdirSync(content);
  return {
    dir: content,
    fill: (leaveBytes = 0) => fill(ballast, leaveBytes),
    free: () => rm(ballast, { force: true }),
    remove: async () => {
      // Lazily: a process that was told to end may still hold a file.
      if (named === undefined) await run('umount', ['--lazy', dir]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function mount(dir: string, megabytes: number): Promise<void> {
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', dir]);
  if (mounted.code === 0) return;
  rmSync(dir, { recursive: true, force: true });
  throw new Error(
    `This test fills a disk, and no small one could be mounted (${mounted.output}). Run it as root on Linux, or name ` +
      `an empty folder on a file system of at least ${megabytes} MB, all of which may be filled, in ITER_TEST_SMALL_DISK`,
  );
}

async function fill(ballast: string, leaveBytes: number): Promise<void> {
  const handle = await open(ballast, 'a');
  try {
    // Smaller and smaller pieces, until not one byte more is taken.
    for (let piece = MEGABYTE; piece >= 1; ) {
      const taken = await handle.write(Buffer.alloc(piece)).then(
        ({ bytesWritten }) => bytesWritten,
        (error: unknown) => {
          if (systemCode(error) !== 'ENOSPC') throw error;
          return 0;
        },
      );
      if (taken < piece) piece = Math.floor(piece / 2);
    }
    const { size } = await handle.stat();
    if (leaveBytes > 0) await handle.truncate(Math.max(0, size - leaveBytes));
  } finally {
    await handle.close();
  }
}
