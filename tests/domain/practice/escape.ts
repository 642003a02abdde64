import { asId, type CommandId, epochMs, instant } from '../../../src/domain/ids';
import type { Act, Actor } from '../../../src/domain/practice/acts';
import { currentPhase } from '../../../src/domain/practice/conditions';
import { decide } from '../../../src/domain/practice/decide';
import { hasOpenDocuments } from '../../../src/domain/practice/documents';
import { availableActs } from '../../../src/domain/practice/guard';
import { onDeadline } from '../../../src/domain/practice/happenings';
import type { ProcedureRules } from '../../../src/domain/practice/rules';
import { hasEnded, type PracticeState } from '../../../src/domain/practice/state';
import { evaluateClock, nearestDeadline } from '../../../src/domain/terms/practice-clock';
import { fold, OFFICER } from '../support';
import { workOf } from './automatic';

const MOST_STATES = 2_000;
/** Annulment would end everything at once: the way must be an ordinary one. The others lead nowhere by themselves. */
const NO_WAY: readonly Act[] = ['annul', 'createDraft', 'setPriority', 'communicate', 'communicateStart', 'release'];

interface Place {
  readonly state: PracticeState;
  readonly now: number;
  readonly from?: Place;
}

/**
 * Looks for a way by which a practice comes to an end with all its documents complete: automatic steps, deadlines, and
 * acts that somebody may do. `known` remembers from where a way was found before.
 */
export function findsAnEnd(state: PracticeState, now: number, known: Set<string>): boolean {
  const seen = new Set<string>();
  const queue: Place[] = [{ state, now }];
  for (const place of queue) {
    if (known.has(keyOf(place.state)) || (hasEnded(place.state) && !hasOpenDocuments(place.state))) {
      for (let step: Place | undefined = place; step; step = step.from) known.add(keyOf(step.state));
      return true;
    }
    if (seen.size > MOST_STATES) throw new Error('too many states to look through');
    for (const next of nextPlaces(place)) {
      const key = keyOf(next.state);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return false;
}

/** What decides how a practice can go on; counters, instants and what is finished do not. */
function keyOf({ rules, status, ...s }: PracticeState): string {
  const open = s.documents
    .filter(({ registration, kind }) => !registration || kind === 'request')
    .map(({ kind, sha256, registration }) => [kind, Boolean(sha256), Boolean(registration)]);
  const money = [s.payment?.status, s.payment?.phase, s.payment?.means, s.payment?.closed, s.feeCents, s.stamps];
  const notice = [Boolean(s.notice), Boolean(s.notice?.openedAt), Boolean(s.notice?.closedAt)];
  const answer = [s.decision?.outcome, s.decision?.stamps, s.decision?.feeCents];
  const people = [s.assignee === undefined ? 'nobody' : 'somebody', s.accepted, s.phase, s.assignTo !== undefined];
  return JSON.stringify([nameOf(rules), status, open, money, notice, answer, people, s.late, [...s.attention].sort()]);
}

/** Rules are always the same objects: a number stands for them. */
const names = new Map<ProcedureRules, number>();
function nameOf(rules: ProcedureRules): number {
  const name = names.get(rules) ?? names.size;
  names.set(rules, name);
  return name;
}

function nextPlaces(place: Place): Place[] {
  const { state, now } = place;
  const at = instant(now);
  const clock = evaluateClock(state);
  const places: Place[] = [];
  const go = (cause: string, drafts: Parameters<typeof fold>[2], when = now) =>
    places.push({ state: fold(state, cause, drafts).state, now: when, from: place });

  const work = workOf(state, at);
  if (work) {
    // It happens whatever people do.
    go(work.cause, work.events);
    return places;
  }
  const due = nearestDeadline(clock);
  if (due) go(`timer:${due.kind}`, onDeadline(state, due), Math.max(now, epochMs(due.expiresAt)));
  const people: readonly Actor[] = [
    { id: state.applicant, role: 'citizen' },
    { id: state.assignee ?? OFFICER, role: 'operator' },
  ];
  for (const actor of people) {
    for (const { act, refusal } of availableActs(state, actor, { clock, now: at })) {
      if (refusal || NO_WAY.includes(act)) continue;
      const phase = currentPhase(state)?.next[0];
      if (act === 'changePhase' && phase === undefined) continue;
      const facts = { noticeWaived: 'otherLaw', assignTo: { operator: OFFICER }, ...(phase && { phase }) };
      const id = asId<CommandId>(`way-${state.seq}-${act}`);
      go(`act:${id}`, decide(state, { id, act, actor, receivedAt: at, actVersion: state.actVersion, facts }));
    }
  }
  return places;
}
