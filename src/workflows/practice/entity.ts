import type { PracticeSnapshot, Projected, ProjectionBatch, WaitingItem } from '../../activities/contract';
import type { Refusal } from '../../domain/errors';
import type { Command, MailRefusal, ReceiptNews } from '../../domain/practice/command';
import { decide } from '../../domain/practice/decide';
import type { EventDraft, PracticeEvent } from '../../domain/practice/events';
import { guard, guardInTurn } from '../../domain/practice/guard';
import { onMailRefused, onReceipt } from '../../domain/practice/happenings';
import { alreadyProcessed, evolve, mayHaveForgotten, type PracticeState } from '../../domain/practice/state';
import type { PracticeClock } from '../../domain/terms/practice-clock';
import type { ActDone } from './messages';
import { Mutex } from './mutex';

/** An act that the state no longer allows once its turn has come. */
export class ActRefused extends Error {
  override readonly name = 'ActRefused';
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/** The practice is parked: nothing is lost, and nothing moves until an administrator lets it go on. */
export class Parked extends Error {
  override readonly name = 'Parked';
}

/** What the entity needs of its surroundings; the workflow gives activities, a test gives functions. */
export interface EntityPorts {
  project(batch: ProjectionBatch): Promise<Projected>;
  /** Whether PostgreSQL knows what became of an act or of news that the practice no longer remembers. */
  hasOutcome(id: string): Promise<boolean>;
  /** Called after each projection with the events that PostgreSQL now shows. */
  projected(events: readonly PracticeEvent[]): void;
}

/**
 * A practice in memory: state, clock, and the one door through which both change. Plain class: no Temporal in it.
 * Every change happens inside the lock, is folded into the state, and leaves the lock only when PostgreSQL shows it.
 */
export class PracticeEntity {
  state: PracticeState;
  clock: PracticeClock;
  code: string | undefined;
  parked: string | null = null;
  /** A new release asks for a fresh run at the next rest. */
  renewWanted = false;
  private readonly lock = new Mutex();
  private unprojected: PracticeEvent[] = [];

  constructor(
    snapshot: PracticeSnapshot,
    private readonly ports: EntityPorts,
  ) {
    this.state = snapshot.state;
    this.clock = snapshot.clock;
    this.code = snapshot.code;
  }

  /** A change is on its way to PostgreSQL: state is ahead of clock and code until it is there. */
  get locked(): boolean {
    return this.lock.busy;
  }

  /** Nothing is on its way and nothing is staged. */
  get settled(): boolean {
    return !this.lock.busy && this.unprojected.length === 0;
  }

  snapshot(): PracticeSnapshot {
    return { state: this.state, clock: this.clock, ...(this.code !== undefined && { code: this.code }) };
  }

  /**
   * The validator: pure and synchronous. An id already processed passes, so that a resend after continue-as-new gets
   * its answer instead of a refusal. A parked practice throws: the command stays in the inbox.
   */
  check(command: Command): Refusal | undefined {
    if (alreadyProcessed(this.state, command.id)) return undefined;
    if (this.parked !== null) throw new Parked(this.parked);
    return guard(this.state, this.clock, command);
  }

  /** Does an act: the guard is asked again inside the lock, because two acts may both have passed the validator. */
  async act(command: Command): Promise<ActDone> {
    return this.lock.run(async () => {
      // The engine forgets ids when a practice continues as new: what was held up for longer than memory lasts is looked up.
      const looksNew = !alreadyProcessed(this.state, command.id);
      if (looksNew && !(mayHaveForgotten(this.state) && (await this.ports.hasOutcome(command.id)))) {
        if (this.parked !== null) throw new Parked(this.parked);
        const why = guardInTurn(this.state, this.clock, command);
        if (why) throw new ActRefused(why);
        this.fold(`act:${command.id}`, decide(this.state, command));
      }
      // Also for a repetition: what it did before may still be on its way to PostgreSQL.
      await this.project([]);
      return { seq: this.state.seq, status: this.state.status };
    });
  }

  /** Takes a payment receipt. */
  async receive(news: ReceiptNews): Promise<void> {
    await this.hear(news.id, () => onReceipt(this.state, this.clock, news));
  }

  /** Takes the news that a mail was refused. */
  async mailRefused(news: MailRefusal): Promise<void> {
    await this.hear(news.id, () => onMailRefused(this.state, news));
  }

  /** Outside news count once; those that have no effect still get their outcome. */
  private async hear(id: string, happens: () => EventDraft[]): Promise<void> {
    await this.lock.run(async () => {
      if (alreadyProcessed(this.state, id)) return;
      if (mayHaveForgotten(this.state) && (await this.ports.hasOutcome(id))) return;
      const drafts = happens();
      this.fold(`signal:${id}`, drafts);
      await this.project(drafts.length === 0 ? [id] : []);
    });
  }

  /** Applies a row of the inbox found waiting at a deadline. A refusal is told by the sender, when it delivers the row. */
  async takeFromInbox(item: WaitingItem): Promise<void> {
    if (item.kind === 'receipt') return this.receive(item.news);
    try {
      await this.act(item.command);
    } catch (error) {
      if (!(error instanceof ActRefused)) throw error;
    }
  }

  /** Records what the engine itself found out, if the state still wants it by then. */
  async record(cause: string, drafts: (state: PracticeState) => EventDraft[]): Promise<void> {
    await this.lock.run(async () => {
      this.fold(cause, drafts(this.state));
      await this.project([]);
    });
  }

  /** Folds events that need not be seen before the next ones: one projection will carry them all. */
  async stage(cause: string, drafts: (state: PracticeState) => EventDraft[]): Promise<void> {
    await this.lock.run(async () => this.fold(cause, drafts(this.state)));
  }

  /** Shows what was staged, if anything. */
  async flush(): Promise<void> {
    await this.lock.run(() => this.project([]));
  }

  private fold(cause: string, drafts: readonly EventDraft[]): void {
    for (const draft of drafts) {
      const event = { ...draft, seq: this.state.seq + 1, cause } as PracticeEvent;
      this.state = evolve(this.state, event);
      this.unprojected.push(event);
    }
  }

  private async project(withoutEffect: readonly string[]): Promise<void> {
    if (this.parked !== null) throw new Parked(this.parked);
    const events = this.unprojected;
    if (events.length === 0 && withoutEffect.length === 0) return;
    const projected = await this.ports.project({ practice: this.state.id, events, withoutEffect });
    // Only now: a failed projection is tried again with the same events when the practice is resumed.
    this.unprojected = this.unprojected.slice(events.length);
    this.clock = projected.clock;
    this.code = projected.code ?? this.code;
    this.ports.projected(events);
  }
}
