import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EngineError, systemCode } from './engine-error';
import { poll } from './polling';
import { identifyProcess, type ProcessIdentity, stillLives } from './process-identity';

const identity = z.object({ pid: z.number(), startedAt: z.string(), executable: z.string() });
const record = z.object({
  supervisor: identity,
  children: z.array(z.object({ name: z.string(), process: identity })),
});
type RunRecord = z.infer<typeof record>;

/** A process that a supervisor left behind when it was killed itself. */
export interface Survivor {
  readonly name: string;
  readonly process: ProcessIdentity;
}

const OBEDIENCE_MS = 20_000;
const ATTEMPTS = 5;

/**
 * Who supervises a home directory, and which processes it has started: two supervisors on the same data would ruin
 * each other's work, and after a `kill -9` the next one must know what is still running.
 */
export class RunLock {
  private readonly children = new Map<string, ProcessIdentity>();

  private constructor(
    private readonly file: string,
    private readonly self: ProcessIdentity,
    /** Left by the supervisor before, newest first: end them before anything is started. */
    readonly survivors: readonly Survivor[],
  ) {}

  /**
   * Takes the lock of a home directory.
   * @throws EngineError when another supervisor lives there: stop it, or choose another ITER_HOME.
   */
  static acquire(home: string): RunLock {
    const file = join(home, 'start.json');
    mkdirSync(home, { recursive: true });
    const self = identifyProcess(process.pid) ?? { pid: process.pid, startedAt: '', executable: process.execPath };
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = readRecord(file);
      if (before !== undefined && stillLives(before.supervisor)) throw alreadyRunning(home, before.supervisor.pid);
      if (existsSync(file) && !clearAway(file)) continue;
      const survivors = (before?.children ?? []).filter((child) => stillLives(child.process)).reverse();
      // Survivors stay on record until they are gone, in case this supervisor is killed as well.
      if (create(file, { supervisor: self, children: [...survivors].reverse() }))
        return new RunLock(file, self, survivors);
    }
    throw alreadyRunning(home, readRecord(file)?.supervisor.pid);
  }

  /** Notes a process that is to be ended should this supervisor be killed. */
  record(name: string, pid: number): void {
    const found = identifyProcess(pid);
    if (found === undefined) return;
    this.children.set(name, found);
    this.write();
  }

  forget(name: string): void {
    if (this.children.delete(name)) this.write();
  }

  pids(): ReadonlyMap<string, number> {
    return new Map([...this.children].map(([name, process]) => [name, process.pid]));
  }

  release(): void {
    rmSync(this.file, { force: true });
  }

  private write(): void {
    const children = [...this.children].map(([name, process]) => ({ name, process }));
    const fresh = `${this.file}.${process.pid}`;
    writeFileSync(fresh, serialise({ supervisor: this.self, children }), { mode: 0o600 });
    renameSync(fresh, this.file);
  }
}

/** Ends what an earlier supervisor left behind, politely at first, and only what is certainly still the same process. */
export async function endSurvivors(survivors: readonly Survivor[], onProgress: (line: string) => void): Promise<void> {
  for (const { name, process: known } of survivors) {
    onProgress(`ending ${name} (pid ${known.pid}), left behind by a start that was killed`);
    // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for its clients.
    signalIfSame(known, name === 'postgresql' ? 'SIGINT' : 'SIGTERM');
    const gone = () => (stillLives(known) ? undefined : true);
    if ((await poll(gone, { limitMs: OBEDIENCE_MS, everyMs: 50 })) === true) continue;
    signalIfSame(known, name === 'postgresql' ? 'SIGQUIT' : 'SIGKILL');
    await poll(gone, { limitMs: OBEDIENCE_MS, everyMs: 50 });
  }
}

function signalIfSame(known: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!stillLives(known)) return;
  try {
    process.kill(known.pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

/** Removes a lock without an owner; false when another supervisor has taken it over in the same moment. */
function clearAway(file: string): boolean {
  const aside = `${file}.before-${process.pid}`;
  try {
    renameSync(file, aside);
    const moved = readRecord(aside);
    const taken = moved !== undefined && stillLives(moved.supervisor);
    if (taken) linkSync(aside, file);
    return !taken;
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(systemCode(error))) throw error;
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Creates the file whole or not at all; false when another supervisor was faster. */
function create(file: string, content: RunRecord): boolean {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, serialise(content), { mode: 0o600 });
  try {
    linkSync(fresh, file);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(fresh);
  }
}

function readRecord(file: string): RunRecord | undefined {
  try {
    return record.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Absent, or damaged by a power cut: neither names a living process.
    return undefined;
  }
}

function serialise(content: RunRecord): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function alreadyRunning(home: string, pid: number | undefined): EngineError {
  return new EngineError(
    'engine.already_running',
    `Iter already runs on ${home}${pid === undefined ? '' : ` (pid ${pid})`}.`,
    'Stop it with Ctrl-C where it was started, or set ITER_HOME (and the ports) to run a second one beside it.',
  );
}
