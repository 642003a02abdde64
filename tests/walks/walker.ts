import { randomBytes } from 'node:crypto';
import type { PracticeSnapshot } from '../../src/activities/contract';
import { hasOutcome } from '../../src/application/inbox/waiting';
import { project } from '../../src/application/projection/project';
import type { ServiceDefinition } from '../../src/application/services/definition';
import { rulesOf } from '../../src/application/services/rules-of';
import { readSnapshot } from '../../src/application/snapshot';
import {
  asId,
  type CommandId,
  epochMs,
  type Instant,
  instant,
  type PracticeId,
  type TenantCode,
} from '../../src/domain/ids';
import { ACTS, type Act, type Actor } from '../../src/domain/practice/acts';
import type { Command, ReceiptNews } from '../../src/domain/practice/command';
import { hasOpenDocuments } from '../../src/domain/practice/documents';
import { availableActs } from '../../src/domain/practice/guard';
import { onDeadline } from '../../src/domain/practice/happenings';
import { hasEnded, newborn } from '../../src/domain/practice/state';
import { evaluateClock, nearestDeadline } from '../../src/domain/terms/practice-clock';
import type { Prisma } from '../../src/generated/prisma/client';
import type { Database } from '../../src/platform/database';
import { uuidv7 } from '../../src/platform/digest';
import { ActRefused, PracticeEntity } from '../../src/workflows/practice/entity';
import type { Proxies } from '../../src/workflows/practice/proxies';
import { carryOut } from '../../src/workflows/practice/steps';
import { type DoneSteps, nextStep } from '../../src/workflows/practice/steps/next-step';

/** Numbers from a seed, so that a walk can be walked again. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** On a starved machine a transaction may not begin in time; the engine tries an activity again, and so do we. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20 || !String(error).includes('Unable to start a transaction')) throw error;
    }
  }
}

export interface Walked {
  readonly id: string;
  readonly acts: number;
  readonly refused: number;
  readonly events: number;
  readonly status: string;
}

const ENDINGS: readonly Act[] = ['deleteDraft', 'withdraw', 'archive', 'annul'];

const PEOPLE = { citizen: 'c', marco: 'm', sara: 's', elena: 'e' };

/**
 * One practice on a random way: acts of everybody, receipts, deadlines, the workflow's own steps with a register that
 * refuses now and then, a worker that dies and comes back from the snapshot. Entity, steps and PostgreSQL are the real ones.
 */
export class Walk {
  private at: number;
  private readonly next: () => number;
  private readonly people: Readonly<Record<keyof typeof PEOPLE, Actor>>;
  private entity!: PracticeEntity;
  private done: DoneSteps = new Set();
  private acts = 0;
  private refused = 0;
  private number = 0;

  constructor(
    private readonly db: Database,
    private readonly tenantId: string,
    private readonly definition: ServiceDefinition,
    seed: number,
    private readonly setNow: (at: number) => void,
  ) {
    this.next = random(seed);
    this.at = Date.UTC(2026, 0, 1) + Math.floor(this.next() * 300) * 86_400_000;
    const person = (role: Actor['role']): Actor => ({ id: uuidv7(this.at), role });
    this.people = {
      citizen: person('citizen'),
      marco: person('operator'),
      sara: person('operator'),
      elena: person('manager'),
    };
  }

  async run(length: number): Promise<Walked> {
    const id = await this.begin();
    for (let step = 0; step < length && !this.over(); step += 1) {
      this.pass(Math.floor(this.next() ** 3 * 15 * 86_400_000));
      if (this.next() < 0.08) this.entity = await this.reborn();
      await this.happen();
      await this.goOn();
    }
    const { state } = this.entity;
    return { id, acts: this.acts, refused: this.refused, events: state.seq, status: state.status };
  }

  private over(): boolean {
    const { state } = this.entity;
    return hasEnded(state) && !hasOpenDocuments(state) && this.next() < 0.6;
  }

  /** The draft, as the API leaves it. */
  private async begin(): Promise<string> {
    this.setNow(this.at);
    const id = uuidv7(this.at);
    const rules = rulesOf(this.definition);
    const tenant = asId<TenantCode>('bugliano');
    const state = newborn({ id: asId<PracticeId>(id), tenant, applicant: this.people.citizen.id, rules });
    await this.db.prisma.practice.create({
      data: {
        id,
        tenantId: this.tenantId,
        serviceCode: rules.service,
        serviceVersion: rules.version,
        applicantId: this.people.citizen.id,
        status: 'draft',
        createdAt: instant(this.at),
        changedAt: instant(this.at),
        snapshot: { state, clock: evaluateClock(state) } as unknown as Prisma.InputJsonObject,
        salt: randomBytes(8).toString('hex'),
      },
    });
    this.entity = this.revive({ state, clock: evaluateClock(state) });
    const actor = this.people.citizen;
    const at = this.now();
    await this.entity.record(`act:${uuidv7(this.at)}`, () => [{ type: 'draftCreated', at, actor, data: {} }]);
    return id;
  }

  private revive(snapshot: PracticeSnapshot): PracticeEntity {
    return new PracticeEntity(snapshot, {
      project: async (batch) => {
        const first = await patiently(() => project(this.db, batch));
        // The answer was lost: the same projection comes again and must change nothing.
        return this.next() < 0.05 ? patiently(() => project(this.db, batch)) : first;
      },
      hasOutcome: (id) => patiently(() => hasOutcome(this.db, this.entity.state.id, id)),
      projected: () => undefined,
    });
  }

  /** The worker died; another takes the practice up from what PostgreSQL holds. */
  private async reborn(): Promise<PracticeEntity> {
    const row = await this.db.prisma.practice.findUniqueOrThrow({ where: { id: this.entity.state.id } });
    this.done = new Set();
    return this.revive(readSnapshot(row.snapshot));
  }

  private now(): Instant {
    return instant(this.at);
  }

  private pass(ms: number): void {
    this.at += 1_000 + ms;
    this.setNow(this.at);
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)] as T;
  }

  /** A deadline that has passed comes first, then somebody does something. */
  private async happen(): Promise<void> {
    const due = nearestDeadline(this.entity.clock);
    if (due && epochMs(due.expiresAt) + 5_000 <= this.at) {
      const still = () =>
        this.entity.clock.deadlines.some((row) => row.kind === due.kind && row.expiresAt === due.expiresAt);
      await this.entity.record(`timer:${due.kind}@${due.expiresAt}`, (state) =>
        still() ? onDeadline(state, due) : [],
      );
      return;
    }
    if (this.next() < 0.25) return this.receipt();
    await this.act();
  }

  private async receipt(): Promise<void> {
    const { payment } = this.entity.state;
    const news: ReceiptNews = {
      id: uuidv7(this.at),
      payment: payment?.ordinal ?? 1,
      receipt: `r-${Math.floor(this.next() * 1e9)}`,
      amountCents: this.next() < 0.9 ? (payment?.amountCents ?? 100) : 1,
      paidAt: this.now(),
      receivedAt: this.now(),
    };
    if (payment) await this.entity.receive(news);
  }

  private async act(): Promise<void> {
    const { state } = this.entity;
    const actor = this.people[this.pick(Object.keys(PEOPLE) as (keyof typeof PEOPLE)[])];
    const possible = availableActs(state, actor).filter(({ refusal }) => !refusal);
    // Mostly what may be done, because whoever only meets refusals gets nowhere; sometimes anything.
    const act = possible.length > 0 && this.next() < 0.85 ? this.likely(possible) : this.pick(ACTS.slice(1));
    if (!act) return;
    const command: Command = {
      id: asId<CommandId>(uuidv7(this.at)),
      act,
      actor,
      receivedAt: this.now(),
      actVersion: this.next() < 0.95 ? state.actVersion : state.actVersion + 1,
      facts: {
        // As intake gives them: only what the service is set up for.
        feeCents: (act === 'submit' ? this.definition.payment : this.definition.releasePayment)
          ? this.pick([0, 100, 2500])
          : 0,
        stamps: this.definition.stamps && act !== 'reject' ? this.pick([0, 1]) : 0,
        assignTo: this.next() < 0.5 ? { operator: this.people.sara.id } : { office: uuidv7(this.at) },
        priority: this.pick(['high', 'medium', 'low'] as const),
        phase: this.pick(['precheck', 'review']),
        to: this.pick(['applicant', 'office'] as const),
        ...(this.next() < 0.3 && { noticeWaived: 'otherLaw' }),
      },
    };
    this.acts += 1;
    try {
      await this.entity.act(command);
      // The same again, as a resend does.
      if (this.next() < 0.1) await this.entity.act(command);
    } catch (error) {
      if (!(error instanceof ActRefused)) throw error;
      this.refused += 1;
    }
  }

  /** Endings are rarer than the rest, or no life would be long. */
  private likely(possible: readonly { readonly act: Act }[]): Act | undefined {
    const { act } = this.pick(possible);
    return ENDINGS.includes(act) && this.next() < 0.9 ? undefined : act;
  }

  /** The workflow's steps, up to where one needs a person. */
  private async goOn(): Promise<void> {
    const proxies = this.proxies();
    for (let count = 0; count < 10; count += 1) {
      const step = nextStep(this.entity.state, this.done);
      if (!step || this.next() < 0.1) return;
      this.pass(0);
      await carryOut(step, this.entity, proxies, this.done);
    }
  }

  private proxies(): Proxies {
    const answering = (answer: () => unknown) => ({ executeWithOptions: async () => answer() });
    const proxies = {
      renderDocument: answering(() => ({ sha256: randomBytes(32).toString('hex') })),
      registerDocument: {
        executeWithOptions: async (_options: unknown, [input]: [{ document: number }]) => {
          if (this.next() < 0.1) return { kind: 'rejected', code: 'REFUSED' };
          this.number += 1;
          const number = String(this.number).padStart(7, '0');
          const fact = { document: input.document, register: 'PG', year: 2026, number, date: '2026-01-01' };
          return { kind: 'registered', fact };
        },
      },
      openPosition: answering(() => undefined),
      askPosition: answering(() => ({ kind: 'unpaid' })),
      closePosition: answering(() => ({ kind: 'closed' })),
    };
    return proxies as unknown as Proxies;
  }
}
