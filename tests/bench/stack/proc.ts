import { readdirSync, readFileSync } from 'node:fs';

/** Ticks per second of the times in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

interface Times {
  readonly pid: number;
  readonly parent: number;
  /** Of the process itself, in seconds. */
  readonly own: number;
  /** Of its children that have ended, in seconds. */
  readonly ended: number;
}

/**
 * CPU seconds, user and system, that a process and its descendants have used so far, those that have ended included.
 * @throws Error when there is no such process any more
 */
export function cpuSeconds(pid: number): number {
  const all = allTimes();
  const root = all.find((process) => process.pid === pid);
  if (!root) throw new Error(`there is no process ${pid}`);
  const sum = (process: Times): number =>
    process.own +
    process.ended +
    all.filter(({ parent }) => parent === process.pid).reduce((s, child) => s + sum(child), 0);
  return sum(root);
}

/** Memory that a process holds at this moment (resident set), in megabytes of 2^20 bytes. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

function allTimes(): readonly Times[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => timesOf(Number(name)) ?? []);
}

function timesOf(pid: number): Times | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It has ended since the folder was read.
    return undefined;
  }
  // The name, in brackets, may hold anything; state is the first field after it.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0] = fields;
  const at = (index: number) => (fields[index] ?? 0) / TICKS;
  return { pid, parent, own: at(11) + at(12), ended: at(13) + at(14) };
}
