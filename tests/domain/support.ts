import { asId, type CommandId, type Instant, type PracticeId, type TenantCode } from '../../src/domain/ids';
import type { Act, Actor, Role } from '../../src/domain/practice/acts';
import type { Command, ReceiptNews } from '../../src/domain/practice/command';
import type { EventDraft, PracticeEvent } from '../../src/domain/practice/events';
import type { ProcedureRules } from '../../src/domain/practice/rules';
import { evolve, newborn, type PracticeState } from '../../src/domain/practice/state';

/** The seed of a random test, printed so that a failure can be seen again: `ITER_SEED=<seed>`. */
export function printedSeed(): number {
  const given = process.env['ITER_SEED'];
  const seed = given === undefined ? Date.now() % 2 ** 31 : Number(given);
  process.stdout.write(`seed ${seed} (${expect.getState().currentTestName}); ITER_SEED=${seed} repeats it\n`);
  return seed;
}

export const at = (text: string): Instant => asId<Instant>(text);

export const APPLICANT = 'person-applicant';
export const OFFICER = 'person-officer';
export const applicant: Actor = { id: APPLICANT, role: 'citizen' };
export const officer: Actor = { id: OFFICER, role: 'operator' };

/** The rules of the ZTL permit: paid on submission, registered, thirty days. */
export const ztlRules: ProcedureRules = {
  service: 'permesso-ztl',
  version: 1,
  codePrefix: 'ZTL',
  workflow: 'approval',
  registration: 'onSubmission',
  payment: { amountCents: 1600, windowMinutes: 4320, onExpiry: 'expired' },
  termDays: 30,
  integrationDays: 30,
  switches: { withdraw: true, integration: true, partialApproval: false, reopening: false, rejectionNotice: false },
};

/** The same procedure with nothing to pay. */
export function freeRules(changes: Partial<ProcedureRules> = {}): ProcedureRules {
  const { payment: _payment, ...rest } = ztlRules;
  return { ...rest, ...changes };
}

export function birth(rules: ProcedureRules = ztlRules) {
  return {
    id: asId<PracticeId>('01926f00-0000-7000-8000-000000000001'),
    tenant: asId<TenantCode>('bugliano'),
    applicant: APPLICANT,
    rules,
  };
}

/** A practice in any state, as guard and clock see it; what else it must carry is given. */
export function practiceIn(status: PracticeState['status'], changes: Partial<PracticeState> = {}): PracticeState {
  return { ...newborn(birth()), status, seq: 7, actVersion: 4, assignee: OFFICER, ...changes };
}

export function command(act: Act, changes: Partial<Command> = {}): Command {
  return {
    id: asId<CommandId>('01926f00-0000-7000-8000-00000000c001'),
    act,
    actor: officer,
    receivedAt: at('2026-11-24T10:00:00.000Z'),
    ...changes,
  };
}

export function actor(role: Role, id = 'person-other'): Actor {
  return { id, role };
}

export function news(changes: Partial<ReceiptNews> = {}): ReceiptNews {
  return {
    id: 'receipt-row-1',
    payment: 1,
    receipt: 'RT-1',
    amountCents: 1600,
    paidAt: at('2026-11-24T10:05:00.000Z'),
    receivedAt: at('2026-11-24T10:05:30.000Z'),
    ...changes,
  };
}

/** Folds drafts as one cause, and gives the state with the events. */
export function fold(state: PracticeState, cause: string, drafts: readonly EventDraft[]) {
  const events: PracticeEvent[] = [];
  let next = state;
  for (const draft of drafts) {
    const event = { ...draft, seq: next.seq + 1, cause } as PracticeEvent;
    events.push(event);
    next = evolve(next, event);
  }
  return { state: next, events };
}
