/** Where a worker of a test can stand still, to be killed there. Used by the worker's own process, `worker-child`. */
import { Context } from '@temporalio/activity';
import type { ActivitiesByQueue } from '../../src/activities';
import type { ActivityDeps } from '../../src/activities/deps';

/**
 * `project:<event type>` is the projection that writes the event; the others are calls to the outside. `notify` sends a
 * mail on which a term depends, `tell` one that only tells.
 */
export type HoldCall = 'register' | 'createPosition' | 'render' | 'notify' | 'tell' | `project:${string}`;

/** A place, and the practice that is to stand there; `*` is whichever comes first. Each holds once. */
export interface HoldPoint {
  readonly call: HoldCall;
  /** `after`: the other side has done its work, and nobody here has heard of it. */
  readonly when: 'before' | 'after';
  readonly practice: string;
}

/** One name for a place. */
export function holdKey({ call, when, practice }: HoldPoint): string {
  return `${call}/${when}/${practice}`;
}

/** The places of one worker; whoever comes to one that was asked for stays there for good. */
export class HoldPoints {
  private readonly wanted = new Set<string>();

  constructor(private readonly held: (key: string) => void) {}

  want(key: string): void {
    this.wanted.add(key);
  }

  private async pass(call: HoldCall, when: HoldPoint['when'], practice: string): Promise<void> {
    for (const whose of [practice, '*']) {
      const key = holdKey({ call, when, practice: whose });
      if (!this.wanted.delete(key)) continue;
      this.held(key);
      await new Promise<never>(() => undefined);
    }
  }

  private async around<T>(call: HoldCall, practice: string, work: () => Promise<T>): Promise<T> {
    await this.pass(call, 'before', practice);
    const result = await work();
    await this.pass(call, 'after', practice);
    return result;
  }

  /** What activities use, with places around each call to the outside. */
  outside(deps: ActivityDeps): ActivityDeps {
    const { protocollo, payments, mail, store, db } = deps;
    return {
      ...deps,
      protocollo: instead(protocollo, {
        register: (request) => this.around('register', practiceNow(), () => protocollo.register(request)),
      }),
      payments: instead(payments, {
        createPosition: (request) =>
          this.around('createPosition', practiceNow(), () => payments.createPosition(request)),
      }),
      store: instead(store, {
        // A document is what the store keeps; a mail kept as evidence passes.
        put: (...given) =>
          activityNow() === 'renderDocument'
            ? this.around('render', practiceNow(), () => store.put(...given))
            : store.put(...given),
      }),
      mail: instead(mail, {
        send: async (message) => {
          const [id] = message.messageId.split('@');
          const row = await db.prisma.message.findUnique({ where: { id: id ?? '' } });
          const call = activityNow() === 'notify' ? 'notify' : 'tell';
          return this.around(call, row?.practiceId ?? '', () => mail.send(message));
        },
      }),
    };
  }

  /** Activities with places around the projections. */
  projections(activities: ActivitiesByQueue): ActivitiesByQueue {
    const { project } = activities.practice;
    return {
      ...activities,
      practice: {
        ...activities.practice,
        project: async (batch) => {
          const calls = batch.events.map((event): HoldCall => `project:${event.type}`);
          for (const call of calls) await this.pass(call, 'before', batch.practice);
          const projected = await project(batch);
          for (const call of calls) await this.pass(call, 'after', batch.practice);
          return projected;
        },
      },
    };
  }
}

/** The same port with some calls replaced, whether it is an object or of a class. */
function instead<T extends object>(port: T, calls: Partial<T>): T {
  return Object.assign(Object.create(port) as T, calls);
}

function practiceNow(): string {
  return Context.current().info.workflowExecution?.workflowId.split('/').at(-1) ?? '';
}

/** The activity that runs; absent in loops of the worker that are no activities. */
function activityNow(): string | undefined {
  try {
    return Context.current().info.activityType;
  } catch {
    return undefined;
  }
}
