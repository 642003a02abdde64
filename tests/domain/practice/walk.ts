import { REFUSALS, type Refusal } from '../../../src/domain/errors';
import {
  asId,
  type CommandId,
  epochMs,
  type Instant,
  instant,
  type LegalDate,
  type Sha256,
} from '../../../src/domain/ids';
import type { Act } from '../../../src/domain/practice/acts';
import type { Command } from '../../../src/domain/practice/command';
import { decide } from '../../../src/domain/practice/decide';
import type { EventDraft, EventType, PracticeEvent } from '../../../src/domain/practice/events';
import { availableActs, guard, needsRegistrationRetry } from '../../../src/domain/practice/guard';
import { onDeadline, onReceipt } from '../../../src/domain/practice/happenings';
import type { ProcedureRules } from '../../../src/domain/practice/rules';
import { alreadyProcessed, newborn, PROCESSED_RING, type PracticeState } from '../../../src/domain/practice/state';
import { isFinal } from '../../../src/domain/practice/states';
import { isEdge, TRANSITIONS, type Transition, type Trigger } from '../../../src/domain/practice/transitions';
import { evaluateClock, nearestDeadline, type PracticeClock } from '../../../src/domain/terms/practice-clock';
import { APPLICANT, birth, fold, OFFICER } from '../support';

/** Which rows of the table an event may follow. */
const TRIGGERS_OF: Readonly<Record<EventType, readonly Trigger[]>> = {
  draftCreated: [],
  paymentRequested: ['submit', 'provideStamps'],
  paymentReceived: [],
  paymentExpired: ['paymentExpired'],
  submitted: ['submit', 'provideStamps', 'paymentReceived'],
  documentReady: ['documentReady'],
  registrationStarted: ['documentReady'],
  requestRegistered: ['registrationDone'],
  chargeTaken: ['takeCharge'],
  integrationRequested: ['requestIntegration'],
  integrationRequestRegistered: ['registrationDone'],
  integrationAnswered: ['answerIntegration'],
  integrationAnswerRegistered: ['registrationDone'],
  integrationLapsed: ['integrationLapsed'],
  decided: ['approve', 'approvePartially', 'reject'],
  outcomeRegistered: ['registrationDone'],
  delivered: [],
  termPassed: [],
  attentionRaised: [],
  attentionCleared: [],
};

const MAX_STATE_BYTES = 64 * 1024;
/** An ended practice is poked this often before another begins. */
const POKES_AFTER_THE_END = 8;

/** What a walk did, so that a test can prove that it went everywhere. */
export class Diary {
  steps = 0;
  readonly statuses = new Set<string>();
  readonly refusals = new Set<string>();
  readonly events = new Set<string>();
}

/** One practice after another, moved as the engine moves them, without the engine. Each change is checked at once. */
export class Walk {
  state!: PracticeState;
  clock!: PracticeClock;
  now = epochMs(asId<Instant>('2026-03-02T08:00:00.000Z'));
  private events: PracticeEvent[] = [];
  private commands: Command[] = [];
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
    if (isFinal(this.state.status)) this.pokes += 1;
    if (this.pokes > POKES_AFTER_THE_END) this.begin();
  }

  act(act: Act, actor: Command['actor'], version: 'current' | 'stale' | 'missing'): void {
    const given = { current: this.state.actVersion, stale: this.state.actVersion - 1, missing: undefined }[version];
    const id = asId<CommandId>(`command-${this.next()}`);
    this.take({ id, act, actor, receivedAt: instant(this.now), ...(given !== undefined && { actVersion: given }) });
  }

  /** An act that somebody can do now: without these a walk would rarely come far. */
  possible(choice: number, version: 'current' | 'stale' | 'missing'): void {
    const people = [
      { id: APPLICANT, role: 'citizen' },
      { id: OFFICER, role: 'operator' },
    ] as const;
    const open = people.flatMap((actor) =>
      availableActs(this.state, actor).flatMap(({ act, refusal }) => (refusal ? [] : [{ act, actor }])),
    );
    const chosen = open[choice % Math.max(open.length, 1)];
    if (chosen) this.act(chosen.act, chosen.actor, version);
  }

  /** An old command again: it must have no second effect. */
  resend(index: number): void {
    const again = this.commands.at(index % Math.max(this.commands.length, 1));
    if (again) this.take(again);
  }

  receipt(amountCents: number, offset: number, paidAgoMs: number): void {
    const payment = (this.state.payment?.ordinal ?? 0) + offset;
    const id = `receipt-${this.next()}`;
    const paidAt = instant(this.now - paidAgoMs);
    const news = { id, payment, receipt: `RT-${id}`, amountCents, paidAt, receivedAt: instant(this.now) };
    this.apply(`signal:${id}`, onReceipt(this.state, this.clock, news));
  }

  /** The nearest deadline comes. */
  deadline(): void {
    const deadline = nearestDeadline(this.clock);
    if (!deadline) return;
    this.now = Math.max(this.now, epochMs(deadline.expiresAt));
    this.apply(`timer:${deadline.kind}@${deadline.expiresAt}`, onDeadline(this.state, deadline));
  }

  /** The next automatic step ends: a document is made, or the register answers. */
  step(answer: 'registered' | 'registrationRejected' | 'registrationUncertain'): void {
    const document = this.documentInHand();
    if (!document) return;
    const at = instant(this.now);
    const { ordinal, kind } = document;
    if (!document.sha256) {
      const ready: EventDraft = {
        type: 'documentReady',
        at,
        data: { document: ordinal, sha256: asId<Sha256>('0'.repeat(64)) },
      };
      const started: EventDraft = { type: 'registrationStarted', at, data: { document: ordinal } };
      const registers = kind === 'request' && this.state.rules.registration === 'onSubmission';
      this.apply(`step:ready/${ordinal}`, registers ? [ready, started] : [ready]);
    } else if (!document.registration && this.state.status !== 'received' && !needsRegistrationRetry(this.state)) {
      if (answer === 'registered') this.apply(`step:registered/${ordinal}`, [this.registered(ordinal, kind, at)]);
      else {
        const data = { reason: answer, document: ordinal };
        this.apply(`step:${answer}/${ordinal}@${this.state.seq}`, [{ type: 'attentionRaised', at, data }]);
      }
    }
  }

  /** The state is what its events say, from the first. */
  checkReplay(): void {
    const { rules } = this.state;
    let replayed = newborn(birth(rules));
    for (const event of this.events) replayed = fold(replayed, event.cause, [event]).state;
    expect(replayed).toEqual(this.state);
    expect(this.events.map(({ seq }) => seq)).toEqual(this.events.map((_event, index) => index + 1));
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
    this.state = newborn(birth(rules));
    this.clock = evaluateClock(this.state);
    const actor = { id: APPLICANT, role: 'citizen' } as const;
    this.apply(`act:draft-${this.lives}`, [{ type: 'draftCreated', at: instant(this.now), actor, data: {} }]);
  }

  private take(command: Command): void {
    if (alreadyProcessed(this.state, command.id)) return;
    const refusal = guard(this.state, this.clock, command);
    if (refusal) {
      this.refused(refusal);
      return;
    }
    this.commands.push(command);
    this.apply(`act:${command.id}`, decide(this.state, command));
    expect(alreadyProcessed(this.state, command.id)).toBe(true);
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
      if (state.status !== from.status) checkEdge(from, event, state);
      if (state.status !== from.status || state.assignee !== from.assignee) moved += 1;
    }
    const { actVersion, processed, status } = this.state;
    const raised = cause.startsWith('act:') ? Math.min(drafts.length, 1) : moved;
    if (actVersion !== before.actVersion + raised) {
      throw new Error(`${cause} took actVersion from ${before.actVersion} to ${actVersion}: expected +${raised}`);
    }
    if (processed.length > PROCESSED_RING) throw new Error(`${processed.length} processed ids are kept`);
    const bytes = Buffer.byteLength(JSON.stringify(this.state));
    if (bytes > MAX_STATE_BYTES) throw new Error(`the state has ${bytes} bytes`);
    this.diary.statuses.add(status);
    this.clock = evaluateClock(this.state);
  }

  private documentInHand() {
    const { status, documents } = this.state;
    if (['submitted', 'received', 'registering'].includes(status))
      return documents.find(({ kind }) => kind === 'request');
    const waiting = ['integrationRequested', 'integrationReceived', 'deciding', 'registeringOutcome'];
    return waiting.includes(status) ? documents.at(-1) : undefined;
  }

  private registered(document: number, kind: string, at: Instant): EventDraft {
    const number = String(document).padStart(7, '0');
    const fact = { document, register: 'main', year: 2026, number, date: asId<LegalDate>('2026-03-02') };
    const round = this.state.rounds.length;
    if (kind === 'request') return { type: 'requestRegistered', at, data: fact };
    if (kind === 'integrationRequest') return { type: 'integrationRequestRegistered', at, data: { ...fact, round } };
    if (kind === 'integrationAnswer') return { type: 'integrationAnswerRegistered', at, data: { ...fact, round } };
    const outcome = this.state.decision?.outcome ?? 'rejected';
    return { type: 'outcomeRegistered', at, data: { ...fact, outcome } };
  }
}

function checkEdge(from: PracticeState, event: PracticeEvent, to: PracticeState): void {
  const rows: readonly Transition[] = TRANSITIONS;
  const fits = rows.some(
    (row) => TRIGGERS_OF[event.type].includes(row.on) && row.from.includes(from.status) && row.to.includes(to.status),
  );
  if (!fits || !isEdge(from.status, to.status)) {
    throw new Error(`${event.type} led from ${from.status} to ${to.status}, which the table does not say`);
  }
}
