import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** A process beyond its number, which the system gives to somebody else after its end. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Comparable only for equality. */
  readonly startedAt: string;
  readonly executable: string;
}

/** Describes a living process, or `undefined` when there is none (or the platform does not tell). */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (process.platform === 'linux') return identifyByProc(pid);
  if (process.platform === 'win32') return undefined;
  return identifyByPs(pid);
}

/** Whether the process described earlier still lives: same number, same start, same executable. */
export function stillLives(known: ProcessIdentity): boolean {
  const now = identifyProcess(known.pid);
  return now !== undefined && now.startedAt === known.startedAt && now.executable === known.executable;
}

/** The directory in which a process works, where the system tells. */
export function workingDirectoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function identifyByProc(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may itself hold blanks and parentheses: count fields from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // An upgraded executable shows as "… (deleted)" while it runs.
    const executable = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
    return { pid, startedAt: `${bootId}/${fields[19]}`, executable };
  } catch {
    return undefined;
  }
}

function identifyByPs(pid: number): ProcessIdentity | undefined {
  const ps = spawnSync('ps', ['-o', 'stat=,lstart=,comm=', '-p', String(pid)], { encoding: 'utf8' });
  const match = /^(\S+)\s+(\w+ +\w+ +\d+ +[\d:]+ +\d+)\s+(.+)$/.exec(ps.stdout?.trim() ?? '');
  if (!match || match[1]?.startsWith('Z')) return undefined;
  return { pid, startedAt: match[2] ?? '', executable: match[3] ?? '' };
}
