import { REFUSALS, type Refusal } from '../../../src/domain/errors';
import { asId, type CommandId, epochMs, type Instant, instant } from '../../../src/domain/ids';
import type { Act } from '../../../src/domain/practice/acts';
import type { Command, CommandFacts } from '../../../src/domain/practice/command';
import { decide } from '../../../src/domain/practice/decide';
import { hasOpenDocuments } from '../../../src/domain/practice/documents';
import type { EventDraft, PracticeEvent } from '../../../src/domain/practice/events';
import { availableActs, guard } from '../../../src/domain/practice/guard';
import { isWaiting, onDeadline, onReceipt } from '../../../src/domain/practice/happenings';
import type { ProcedureRules } from '../../../src/domain/practice/rules';
import {
  alreadyProcessed,
  hasEnded,
  newborn,
  PROCESSED_RING,
  type PracticeState,
} from '../../../src/domain/practice/state';
import { evaluateClock, nearestDeadline, type PracticeClock } from '../../../src/domain/terms/practice-clock';
import { birth, fold } from '../support';
import { workOf } from './automatic';
import { edgeOf } from './edges';
import { findsAnEnd } from './escape';
import { PEOPLE } from './kinds';

const MAX_STATE_BYTES = 64 * 1024;
/** An ended practice is poked this often before another begins. */
const POKES_AFTER_THE_END = 6;

/** Acts that end a practice early or change little: chosen less often, so that a walk comes far. */
const SELDOM: readonly Act[] = [
  ...(['deleteDraft', 'withdraw', 'archive', 'annul'] as const),
  ...(['setPriority', 'assign', 'takeOver', 'release', 'communicate', 'communicateStart'] as const),
];

/** What a walk did, so that a test can prove that it went everywhere. */
export class Diary {
  steps = 0;
  readonly edges = new Set<string>();
  readonly statuses = new Map<ProcedureRules, Set<string>>();
  readonly refusals = new Set<string>();
  readonly events = new Set<string>();
  /** States from which a way to an end was found. */
  readonly wayOut = new Set<string>();
}

/** One practice after another, moved as the engine moves them, without the engine. Each change is checked at once. */
export class Walk {
  state!: PracticeState;
  clock!: PracticeClock;
  now = epochMs(asId<Instant>('2026-03-02T08:00:00.000Z'));
  private events: PracticeEvent[] = [];
  private commands: Command[] = [];
  private paid = new Map<number, 'counter' | 'gateway'>();
  private serial = 0;
  private lives = 0;
  private pokes = 0;

  constructor(
    private readonly rules: readonly ProcedureRules[],
    private readonly diary: Diary,
  ) {
    this.begin();
  }

  /** Called before each step. */
  tick(ms: number): void {
    this.diary.steps += 1;
    this.now += ms;
    if (hasEnded(this.state)) this.pokes += 1;
    if (this.pokes > POKES_AFTER_THE_END) this.begin();
  }

  act(act: Act, actor: Command['actor'], facts: CommandFacts, version: 'current' | 'stale' | 'missing'): void {
    const given = { current: this.state.actVersion, stale: this.state.actVersion - 1, missing: undefined }[version];
    const id = asId<CommandId>(`command-${this.next()}`);
    const at = instant(this.now);
    this.take({ id, act, actor, receivedAt: at, facts, ...(given !== undefined && { actVersion: given }) });
  }

  /** An act that somebody can do now: without these a walk would rarely come far. */
  possible(choice: number, facts: CommandFacts): void {
    const at = { clock: this.clock, now: instant(this.now) };
    const open = [PEOPLE.applicant, PEOPLE.holder, PEOPLE.manager].flatMap((actor) =>
      availableActs(this.state, actor, at).flatMap(({ act, refusal }) =>
        refusal ? [] : Array.from({ length: SELDOM.includes(act) ? 1 : 5 }, () => ({ act, actor })),
      ),
    );
    const chosen = open[choice % Math.max(open.length, 1)];
    if (chosen) this.act(chosen.act, chosen.actor, facts, 'current');
  }

  /** An old command again: it must have no second effect. */
  resend(index: number): void {
    const again = this.commands.at(index % Math.max(this.commands.length, 1));
    if (again) this.take(again);
  }

  /** Money; 0 cents stand for what is asked for. It is taken once, or flagged, or known already. */
  receipt(cents: number, offset: number, paidAgoMs: number): void {
    const payment = (this.state.payment?.ordinal ?? 0) + offset;
    const amountCents = cents || (this.state.payment?.amountCents ?? 1);
    const id = `receipt-${this.next()}`;
    const paidAt = instant(this.now - paidAgoMs);
    const news = { id, payment, receipt: `RT-${id}`, amountCents, paidAt, receivedAt: instant(this.now) };
    const drafts = onReceipt(this.state, this.clock, news);
    if (drafts.length === 0 && this.paid.get(payment) !== 'gateway') throw new Error('money was lost');
    this.apply(`signal:${id}`, drafts);
  }

  /** The nearest deadline comes. */
  deadline(): void {
    const deadline = nearestDeadline(this.clock);
    if (!deadline) return;
    this.now = Math.max(this.now, epochMs(deadline.expiresAt));
    this.apply(`timer:${deadline.kind}@${deadline.expiresAt}`, onDeadline(this.state, deadline));
  }

  /** The next automatic step ends; the register may say no, or nothing. */
  work(answer: 'done' | 'registrationRejected' | 'registrationUncertain'): void {
    const work = workOf(this.state, instant(this.now));
    if (!work) return;
    const registers = work.cause.startsWith('step:registered');
    if (answer === 'done' || !registers) this.apply(work.cause, work.events);
    else this.raise(answer);
  }

  /** The gateway does not open the position. */
  positionRefused(): void {
    if (isWaiting(this.state)) this.raise('positionRefused');
  }

  /** The state is what its events say, from the first. */
  checkReplay(): void {
    let replayed = newborn({ ...birth(this.state.rules), author: PEOPLE.author.id });
    for (const event of this.events) replayed = fold(replayed, event.cause, [event]).state;
    expect(replayed).toEqual(this.state);
    expect(this.events.map(({ seq }) => seq)).toEqual(this.events.map((_event, index) => index + 1));
  }

  private raise(reason: 'registrationRejected' | 'registrationUncertain' | 'positionRefused'): void {
    const at = instant(this.now);
    this.apply(`step:${reason}@${this.state.seq}`, [{ type: 'attentionRaised', at, data: { reason } }]);
  }

  private next(): number {
    this.serial += 1;
    return this.serial;
  }

  private begin(): void {
    if (this.lives > 0) this.checkReplay();
    const rules = this.rules[this.lives % this.rules.length];
    if (!rules) throw new Error('a walk needs rules');
    this.lives += 1;
    this.pokes = 0;
    this.events = [];
    this.commands = [];
    this.paid = new Map();
    this.state = newborn({ ...birth(rules), author: PEOPLE.author.id });
    this.clock = evaluateClock(this.state);
    const draft: EventDraft = { type: 'draftCreated', at: instant(this.now), actor: PEOPLE.author, data: {} };
    this.apply(`act:draft-${this.lives}`, [draft]);
  }

  private take(command: Command): void {
    if (alreadyProcessed(this.state, command.id)) return;
    const refusal = guard(this.state, this.clock, command);
    if (refusal) {
      this.refused(refusal);
      return;
    }
    this.commands.push(command);
    const drafts = decide(this.state, command);
    if (drafts.length === 0) throw new Error(`${command.act} was allowed and made nothing happen`);
    this.apply(`act:${command.id}`, drafts);
    if (!alreadyProcessed(this.state, command.id)) throw new Error(`${command.act} is not remembered`);
  }

  private refused(refusal: Refusal): void {
    this.diary.refusals.add(refusal.code);
    const entry = REFUSALS[refusal.code];
    const text = `${entry.title} ${entry.sentence(refusal.params)} ${entry.remedy(refusal.params)}`;
    if (/\b(undefined|null|NaN)\b|\[object/.test(text)) throw new Error(`${refusal.code} reads: ${text}`);
  }

  private apply(cause: string, drafts: readonly EventDraft[]): void {
    const before = this.state;
    let moved = 0;
    for (const draft of drafts) {
      const from = this.state;
      const { state, events } = fold(from, cause, [draft]);
      const event = events[0] as PracticeEvent;
      this.state = state;
      this.events.push(event);
      this.diary.events.add(event.type);
      if (state.status !== from.status) this.diary.edges.add(edgeOf(from, event, state));
      if (event.type === 'paymentReceived') this.takeMoney(event.data.payment, event.data.means ?? 'gateway');
      if (state.status !== from.status || state.assignee !== from.assignee || state.office !== from.office) moved += 1;
    }
    const raised = cause.startsWith('act:') ? Math.min(drafts.length, 1) : moved;
    if (this.state.actVersion !== before.actVersion + raised) {
      throw new Error(`${cause} raised actVersion by ${this.state.actVersion - before.actVersion}, not by ${raised}`);
    }
    this.clock = evaluateClock(this.state);
    this.check();
  }

  private takeMoney(payment: number, means: 'counter' | 'gateway'): void {
    if (this.paid.has(payment)) throw new Error(`payment ${payment} was taken twice`);
    this.paid.set(payment, means);
  }

  private check(): void {
    const { state, clock } = this;
    const seen = this.diary.statuses.get(state.rules) ?? new Set();
    this.diary.statuses.set(state.rules, seen.add(state.status));
    if (state.documents.some(({ ordinal }, index) => ordinal !== index + 1)) throw new Error('documents have a gap');
    if (hasEnded(state) && clock.deadlines.length > 0) throw new Error(`${state.status} still waits for a deadline`);
    if (state.processed.length > PROCESSED_RING) throw new Error(`${state.processed.length} processed ids are kept`);
    const bytes = Buffer.byteLength(JSON.stringify(state));
    if (bytes > MAX_STATE_BYTES) throw new Error(`the state has ${bytes} bytes`);
    const atRest = hasEnded(state) && !hasOpenDocuments(state);
    if (!atRest && !findsAnEnd(state, this.now, this.diary.wayOut)) {
      throw new Error(`no way leads to an end: ${JSON.stringify(state)}`);
    }
  }
}
