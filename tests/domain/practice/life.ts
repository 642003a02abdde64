import { REFUSALS, type Refusal } from '../../../src/domain/errors';
import { asId, type CommandId, epochMs, type Instant, instant } from '../../../src/domain/ids';
import type { Act } from '../../../src/domain/practice/acts';
import type { Command, CommandFacts, ReceiptNews } from '../../../src/domain/practice/command';
import { decide } from '../../../src/domain/practice/decide';
import type { AttentionReason, EventDraft, EventType, PracticeEvent } from '../../../src/domain/practice/events';
import { guard } from '../../../src/domain/practice/guard';
import { onDeadline, onReceipt } from '../../../src/domain/practice/happenings';
import type { ProcedureRules } from '../../../src/domain/practice/rules';
import { newborn, type PracticeState } from '../../../src/domain/practice/state';
import { evaluateClock, nearestDeadline, type PracticeClock } from '../../../src/domain/terms/practice-clock';
import { birth, fold } from '../support';
import { workOf } from './automatic';
import { PEOPLE, type Person } from './kinds';

/** A refusal as the engine gives it, and as people read it. */
export interface Told extends Refusal {
  readonly status: number;
  readonly detail: string;
  readonly remedy: string;
}

const MINUTE = 60_000;

/**
 * One practice lived as the engine lives it, without the engine: acts pass the guard, deadlines come when time passes,
 * and documents are made when somebody says so. It begins as a draft on a Tuesday at nine in Rome.
 */
export class Life {
  readonly events: PracticeEvent[] = [];
  state: PracticeState;
  private time = Date.UTC(2026, 2, 3, 8);
  private serial = 0;

  constructor(rules: ProcedureRules, author?: string) {
    this.state = newborn({ ...birth(rules), ...(author && { author }) });
    const actor = author ? PEOPLE.author : PEOPLE.applicant;
    this.take('act:draft', [{ type: 'draftCreated', at: this.now, actor, data: {} }]);
  }

  get now(): Instant {
    return instant(this.time);
  }

  get clock(): PracticeClock {
    return evaluateClock(this.state);
  }

  /** Types of the events since the given sequence number. */
  since(seq: number): EventType[] {
    return this.events.filter((event) => event.seq > seq).map(({ type }) => type);
  }

  command(act: Act, who: Person, facts?: CommandFacts): Command {
    this.serial += 1;
    const id = asId<CommandId>(`command-${this.serial}`);
    const { actVersion } = this.state;
    return { id, act, actor: PEOPLE[who], receivedAt: this.now, actVersion, ...(facts && { facts }) };
  }

  /** The act is allowed, and done. */
  does(who: Person, act: Act, facts?: CommandFacts): this {
    const command = this.command(act, who, facts);
    const refusal = guard(this.state, this.clock, command);
    if (refusal) throw new Error(`${act} by ${who} in ${this.state.status} was refused: ${refusal.code}`);
    return this.take(`act:${command.id}`, decide(this.state, command));
  }

  /** The act is refused: the whole refusal. */
  refuses(who: Person, act: Act, facts?: CommandFacts): Told {
    const told = guard(this.state, this.clock, this.command(act, who, facts));
    if (!told) throw new Error(`${act} by ${who} in ${this.state.status} was allowed`);
    const { sentence, remedy, status } = REFUSALS[told.code];
    return { ...told, status, detail: sentence(told.params), remedy: remedy(told.params) };
  }

  /** One automatic step. */
  step(): this {
    const work = workOf(this.state, this.now);
    if (!work) throw new Error(`nothing is to be done by itself in ${this.state.status}`);
    return this.take(work.cause, work.events);
  }

  /** All automatic steps, until none is left. */
  works(): this {
    for (let work = workOf(this.state, this.now); work; work = workOf(this.state, this.now)) {
      this.take(work.cause, work.events);
    }
    return this;
  }

  /** Minutes pass, and every deadline that falls in them. */
  waits(minutes: number): this {
    const until = this.time + minutes * MINUTE;
    for (let due = this.due(until); due; due = this.due(until)) {
      this.time = Math.max(this.time, epochMs(due.expiresAt));
      this.take(`timer:${due.kind}@${due.expiresAt}`, onDeadline(this.state, due));
    }
    this.time = until;
    return this;
  }

  waitsDays(days: number): this {
    return this.waits(days * 24 * 60);
  }

  /** Money for the payment that is asked for, unless something else is said. */
  receives(changes: Partial<ReceiptNews> = {}): this {
    this.serial += 1;
    const id = `receipt-${this.serial}`;
    const { ordinal = 1, amountCents = 0 } = this.state.payment ?? {};
    const given = { payment: ordinal, amountCents, receipt: `RT-${this.serial}`, paidAt: this.now };
    const news: ReceiptNews = { id, ...given, receivedAt: this.now, ...changes };
    return this.take(`signal:${id}`, onReceipt(this.state, this.clock, news));
  }

  raises(reason: AttentionReason): this {
    return this.take(`step:${reason}@${this.state.seq}`, [{ type: 'attentionRaised', at: this.now, data: { reason } }]);
  }

  take(cause: string, drafts: readonly EventDraft[]): this {
    const { state, events } = fold(this.state, cause, drafts);
    this.state = state;
    this.events.push(...events);
    return this;
  }

  private due(until: number) {
    const next = nearestDeadline(this.clock);
    return next && epochMs(next.expiresAt) <= until ? next : undefined;
  }
}
