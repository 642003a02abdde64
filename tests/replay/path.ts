import type { Clock } from '../../src/activities/ports/clock';
import { commandOf } from '../../src/application/inbox/delivery';
import { instant } from '../../src/domain/ids';
import type { EventType } from '../../src/domain/practice/events';
import type { ApiClient } from '../support/client';
import type { System, SystemOptions } from '../support/system';
import { Barrier, until } from '../support/until';

/** A way through the workflow's code that a recorded history keeps forever. */
export interface Path {
  readonly name: string;
  /** A system of its own; absent: any. */
  readonly options?: SystemOptions;
  /** What the corpus keeps of it; absent: every run. */
  readonly keeps?: 'newestRun';
  /** Lives it and gives the id of the practice. */
  live(system: System): Promise<string>;
}

type Wrap = NonNullable<SystemOptions['wrapActivities']>;

const known = new WeakMap<System, Promise<{ readonly citizen: ApiClient; readonly operator: ApiClient }>>();

/** Who lives a path; logged in once per system, because log-ins are counted. */
export function people(system: System) {
  const both =
    known.get(system) ??
    Promise.all([system.as('giulia.bianchi'), system.as('marco.conti')]).then(([citizen, operator]) => ({
      citizen,
      operator,
    }));
  known.set(system, both);
  return both;
}

/** The practice in the engine. */
export function workflowOf(system: System, id: string) {
  return system.client.workflow.getHandle(`practice/bugliano/${id}`);
}

/** Waits until the position of a payment can be paid. */
export function opened(system: System, id: string, ordinal = 1) {
  return until('the position to be open', async () => {
    const row = await system.db.prisma.payment.findFirst({ where: { practiceId: id, ordinal } });
    return row?.status === 'open';
  });
}

/** Waits until the run has ended. */
export function ended(system: System, id: string) {
  return until('the run to end', async () => {
    // A draft's run begins a moment after the draft.
    const run = await workflowOf(system, id)
      .describe()
      .catch(() => undefined);
    return run?.status.name === 'COMPLETED';
  });
}

/** Waits until an act or a receipt has its outcome, and gives it. */
export function outcome(system: System, inboxId: string) {
  return until('the outcome', async () => {
    const row = await system.db.prisma.inboxRow.findUniqueOrThrow({ where: { id: inboxId } });
    return row.outcome as { readonly result: string } | null;
  });
}

/** Brings an act to the workflow at once, although an older one is still in flight; resolves when it was let in. */
export async function bring(system: System, inboxId: string): Promise<void> {
  const row = await system.db.prisma.inboxRow.findUniqueOrThrow({ where: { id: inboxId } });
  await workflowOf(system, row.practiceId).startUpdate(row.type, {
    updateId: row.id,
    args: [commandOf(row)],
    waitForStage: 'ACCEPTED',
  });
}

/** Parks a practice as an administrator does; resolves when the workflow knows. */
export async function park(system: System, id: string): Promise<void> {
  const handle = workflowOf(system, id);
  await handle.signal('park', 'prova');
  await until('the practice to be parked', async () => {
    const { parked } = await handle.query<{ readonly parked: string | null }>('snapshot');
    return parked !== null;
  });
}

/** Waits until somebody was told that a practice is parked. */
export function reported(system: System, id: string) {
  return until('the task that tells of it', () =>
    system.db.prisma.operatorTask.findFirst({ where: { practiceId: id, reason: 'parked' } }),
  );
}

/** Moves the row of a practice to another sequence number, as a restore of an older backup would. */
export async function moveRow(system: System, id: string, by: number): Promise<void> {
  await system.db.prisma.practice.update({ where: { id }, data: { seq: { increment: by } } });
}

/** Holds the first projection of an event until the gate is released. */
export function holdProjection(type: EventType): { readonly gate: Barrier; readonly wrapActivities: Wrap } {
  const gate = new Barrier();
  const wrapActivities: Wrap = (activities) => {
    const { project } = activities.practice;
    const held: typeof project = async (batch) => {
      if (batch.events.some((event) => event.type === type)) await gate.wait();
      return project(batch);
    };
    return { ...activities, practice: { ...activities.practice, project: held } };
  };
  return { gate, wrapActivities };
}

/** Holds the making of the first document of a kind until the gate is released. */
export function holdDocument(kind: string): { readonly gate: Barrier; readonly wrapActivities: Wrap } {
  const gate = new Barrier();
  const wrapActivities: Wrap = (activities) => {
    const { renderDocument } = activities.documents;
    const held: typeof renderDocument = async (input) => {
      if (input.kind === kind) await gate.wait();
      return renderDocument(input);
    };
    return { ...activities, documents: { renderDocument: held } };
  };
  return { gate, wrapActivities };
}

/** A clock that can be put back: what was received long ago has its deadline soon. */
export function clockThatLags(): { readonly clock: Clock; lagBy(system: System, ms: number): Promise<void> } {
  let lagMs = 0;
  return {
    clock: { now: () => instant(Date.now() - lagMs) },
    lagBy: async (system, ms) => {
      lagMs = ms;
      // People stay logged in, whatever the date.
      await system.db.prisma.session.updateMany({ data: { expiresAt: new Date('2100-01-01') } });
    },
  };
}
