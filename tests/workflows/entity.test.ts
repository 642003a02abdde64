import type { Projected, ProjectionBatch, WaitingItem } from '../../src/activities/contract';
import { asId, type CommandId } from '../../src/domain/ids';
import type { EventDraft, PracticeEvent } from '../../src/domain/practice/events';
import { evolve, PROCESSED_RING, type PracticeState } from '../../src/domain/practice/state';
import { evaluateClock } from '../../src/domain/terms/practice-clock';
import { ActRefused, Parked, PracticeEntity } from '../../src/workflows/practice/entity';
import { applicant, at, command, news, practiceIn } from '../domain/support';

const now = at('2026-11-24T10:00:00.000Z');
const id = (n: number) => asId<CommandId>(`01926f00-0000-7000-8000-00000000c00${n}`);

/** PostgreSQL in a few lines: takes only the next numbers, folds them, and can be stopped or made to fail. */
class Store {
  readonly batches: ProjectionBatch[] = [];
  readonly shown: PracticeEvent[] = [];
  failures: Error[] = [];
  private waiting: (() => void)[] = [];
  private held = false;
  /** Ids whose outcome the inbox keeps, and those for which it was asked. */
  readonly outcomes = new Set<string>();
  readonly askedFor: string[] = [];

  constructor(private state: PracticeState) {}

  /** From now on projections wait until `letGo`. */
  hold(): void {
    this.held = true;
  }

  letGo(): void {
    this.held = false;
    for (const go of this.waiting.splice(0)) go();
  }

  readonly project = async (batch: ProjectionBatch): Promise<Projected> => {
    // As over the wire: what is sent does not change afterwards.
    this.batches.push(structuredClone(batch));
    if (this.held) await new Promise<void>((go) => this.waiting.push(go));
    const failure = this.failures.shift();
    if (failure) throw failure;
    for (const event of batch.events) {
      if (event.seq !== this.state.seq + 1) throw new Error(`event ${event.seq} came after ${this.state.seq}`);
      this.state = evolve(this.state, event);
      this.shown.push(event);
    }
    return { clock: evaluateClock(this.state), ...(this.shown.length > 0 && { code: 'ZTL-2026-000001' }) };
  };

  readonly hasOutcome = async (id: string): Promise<boolean> => {
    this.askedFor.push(id);
    return this.outcomes.has(id);
  };

  get seqs(): number[] {
    return this.shown.map(({ seq }) => seq);
  }
}

function entityOf(state: PracticeState) {
  const store = new Store(state);
  const projected: string[] = [];
  const entity = new PracticeEntity(
    { state, clock: evaluateClock(state) },
    {
      project: store.project,
      hasOutcome: store.hasOutcome,
      projected: (events) => projected.push(...events.map(({ type }) => type)),
    },
  );
  return { entity, store, projected };
}

const inCharge = practiceIn('inCharge');
const waiting = practiceIn('awaitingPayment', {
  submission: 1,
  confirmedAt: now,
  payment: { ordinal: 1, status: 'requested', requestedAt: now },
});
const approve = command('approve', { id: id(1), actVersion: 4 });
const reject = command('reject', { id: id(2), actVersion: 4 });
const raised = (): EventDraft[] => [{ type: 'attentionRaised', at: now, data: { reason: 'deliveryFailed' } }];

describe('two opposite acts at once', () => {
  test('both pass the validator, the first is done and the second is refused inside the lock', async () => {
    const { entity, store } = entityOf(inCharge);
    store.hold();
    expect([entity.check(approve), entity.check(reject)]).toEqual([undefined, undefined]);
    const both = Promise.allSettled([entity.act(approve), entity.act(reject)]);
    store.letGo();
    const refusal = {
      code: 'ACT_NOT_ALLOWED_IN_STATE',
      params: {
        act: 'reject',
        actLabel: 'Rifiuta',
        status: 'deciding',
        statusLabel: 'Elaborata: Accettata',
        allowedIn: 'In carico',
      },
    };
    expect(await both).toEqual([
      { status: 'fulfilled', value: { seq: 8, status: 'deciding' } },
      { status: 'rejected', reason: new ActRefused(refusal as never) },
    ]);
    await expect(entity.act(reject)).rejects.toMatchObject({ name: 'ActRefused', refusal });
    expect(store.shown.map(({ type, cause }) => `${type} ${cause}`)).toEqual([`decided act:${id(1)}`]);
  });

  test('two officers who take charge of the same practice: one holds it, the other decided on an old version', async () => {
    const { assignee: _nobody, ...registered } = practiceIn('inCharge', { status: 'registered' });
    const { entity, store } = entityOf(registered);
    const first = command('takeCharge', { id: id(1), actVersion: 4, actor: { id: 'one', role: 'operator' } });
    const second = command('takeCharge', { id: id(2), actVersion: 4, actor: { id: 'two', role: 'operator' } });
    const [done, refused] = await Promise.allSettled([entity.act(first), entity.act(second)]);
    expect(done).toEqual({ status: 'fulfilled', value: { seq: 8, status: 'inCharge' } });
    expect(refused).toMatchObject({ status: 'rejected', reason: { name: 'ActRefused' } });
    expect(entity.state.assignee).toBe('one');
    expect(store.seqs).toEqual([8]);
  });

  test('they are taken in the order in which they came, and each is shown before the next begins', async () => {
    const { entity, store } = entityOf(inCharge);
    const order: string[] = [];
    const write = (name: string) =>
      entity.record(`step:${name}`, () => {
        order.push(name);
        return raised();
      });
    store.hold();
    const all = Promise.all([write('a'), write('b'), write('c')]);
    await Promise.resolve();
    await Promise.resolve();
    expect(order).toEqual(['a']);
    expect(entity.locked).toBe(true);
    store.letGo();
    await all;
    expect(order).toEqual(['a', 'b', 'c']);
    expect(store.batches.map(({ events }) => events.map(({ seq }) => seq))).toEqual([[8], [9], [10]]);
    expect(entity.settled).toBe(true);
  });
});

describe('a projection that fails', () => {
  const down = new Error('PostgreSQL is down');

  test('is told to whoever waits for it, and its events wait for the next one', async () => {
    const { entity, store, projected } = entityOf(inCharge);
    store.failures = [down];
    await expect(entity.act(approve)).rejects.toThrow(down);
    expect({ settled: entity.settled, locked: entity.locked, seq: entity.state.seq, projected }).toEqual({
      settled: false,
      locked: false,
      seq: 8,
      projected: [],
    });
  });

  test('is sent again as it was: same numbers, same causes, nothing lost', async () => {
    const { entity, store, projected } = entityOf(inCharge);
    store.failures = [down, down];
    await expect(entity.act(approve)).rejects.toThrow(down);
    await expect(entity.flush()).rejects.toThrow(down);
    await entity.flush();
    expect(store.batches).toHaveLength(3);
    expect(store.batches[1]).toEqual(store.batches[0]);
    expect(store.batches[2]).toEqual(store.batches[0]);
    expect({ seqs: store.seqs, projected, settled: entity.settled }).toEqual({
      seqs: [8],
      projected: ['decided'],
      settled: true,
    });
  });

  test('leaves its numbers taken: what comes later goes on after them, in one batch', async () => {
    const { entity, store } = entityOf(inCharge);
    store.failures = [down];
    await expect(entity.act(approve)).rejects.toThrow(down);
    await entity.record('step:notified/8', raised);
    expect(store.batches.at(-1)?.events.map(({ seq, type, cause }) => `${seq} ${type} ${cause}`)).toEqual([
      `8 decided act:${id(1)}`,
      '9 attentionRaised step:notified/8',
    ]);
    expect(store.seqs).toEqual([8, 9]);
  });

  test('lets an opposite act find what was decided, not what is shown', async () => {
    const { entity, store } = entityOf(inCharge);
    store.failures = [down];
    await expect(entity.act(approve)).rejects.toThrow(down);
    await expect(entity.act(reject)).rejects.toMatchObject({ refusal: { code: 'ACT_NOT_ALLOWED_IN_STATE' } });
    await entity.flush();
    expect(store.shown.map(({ type, data }) => [type, data])).toEqual([
      ['decided', { outcome: 'approved', document: 1, command: id(1) }],
    ]);
  });
});

describe('staged events', () => {
  test('ride with the next projection, before its own events', async () => {
    const { entity, store } = entityOf(practiceIn('submitted', { documents: [{ ordinal: 1, kind: 'request' }] }));
    await entity.stage('step:ready/1', () => [
      { type: 'documentReady', at: now, data: { document: 1, sha256: 'a' as never } },
      { type: 'registrationStarted', at: now, data: { document: 1 } },
    ]);
    expect({ batches: store.batches.length, settled: entity.settled, status: entity.state.status }).toEqual({
      batches: 0,
      settled: false,
      status: 'registering',
    });
    const fact = { document: 1, register: 'main', year: 2026, number: '0000001', date: '2026-11-24' as never };
    await entity.record('step:registered/1', () => [{ type: 'requestRegistered', at: now, data: fact }]);
    expect(store.batches.map(({ events }) => events.map(({ seq, cause }) => `${seq} ${cause}`))).toEqual([
      ['8 step:ready/1', '9 step:ready/1', '10 step:registered/1'],
    ]);
  });

  test('are shown by a flush, and a flush with nothing staged asks for nothing', async () => {
    const { entity, store } = entityOf(inCharge);
    await entity.flush();
    expect(store.batches).toEqual([]);
    await entity.stage('step:x', raised);
    await entity.flush();
    await entity.flush();
    expect(store.seqs).toEqual([8]);
  });

  test('that the state no longer wants are none', async () => {
    const { entity, store } = entityOf(inCharge);
    await entity.record('timer:term@2026-11-24T10:00:00.000Z', () => []);
    expect({ batches: store.batches, seq: entity.state.seq }).toEqual({ batches: [], seq: 7 });
  });
});

describe('an act that comes again', () => {
  test('passes the validator although the state would refuse it, and has no second effect', async () => {
    const { entity, store } = entityOf(inCharge);
    const first = await entity.act(approve);
    expect(entity.check(approve)).toBeUndefined();
    expect(await entity.act(approve)).toEqual(first);
    expect(store.seqs).toEqual([8]);
  });

  test('is recognised by the next run, which has only the snapshot', async () => {
    const { entity } = entityOf(inCharge);
    await entity.act(approve);
    const snapshot = JSON.parse(JSON.stringify(entity.snapshot()));
    const next = entityOf(snapshot.state);
    expect(next.entity.check(approve)).toBeUndefined();
    expect(await next.entity.act(approve)).toEqual({ seq: 8, status: 'deciding' });
    expect(next.store.batches).toEqual([]);
  });
});

describe('a message that was held up for longer than the practice remembers', () => {
  const processed = Array.from({ length: PROCESSED_RING }, (_none, n) => `id-${n}`);
  const long = practiceIn('inCharge', { processed });

  test('has no second effect when the inbox knows what became of it', async () => {
    const { entity, store } = entityOf(long);
    store.outcomes.add(id(1)).add('signal-1');
    expect(await entity.act(approve)).toEqual({ seq: 7, status: 'inCharge' });
    await entity.receive(news({ id: 'signal-1' }));
    expect({ asked: store.askedFor, batches: store.batches }).toEqual({ asked: [id(1), 'signal-1'], batches: [] });
  });

  test('has its effect when the inbox still waits for it', async () => {
    const { entity, store } = entityOf(long);
    expect(await entity.act(approve)).toEqual({ seq: 8, status: 'deciding' });
    expect({ asked: store.askedFor, seqs: store.seqs }).toEqual({ asked: [id(1)], seqs: [8] });
  });

  test('is looked up only by a practice that may have forgotten anything', async () => {
    const { entity, store } = entityOf({ ...long, processed: processed.slice(1) });
    await entity.act(approve);
    expect({ asked: store.askedFor, seqs: store.seqs }).toEqual({ asked: [], seqs: [8] });
  });
});

describe('a parked practice', () => {
  test('refuses nobody: a new act throws, so that its row stays in the inbox', async () => {
    const { entity, store } = entityOf(inCharge);
    entity.parked = 'project: ProjectionDiverged';
    expect(() => entity.check(approve)).toThrow(new Parked('project: ProjectionDiverged'));
    await expect(entity.act(approve)).rejects.toThrow(new Parked('project: ProjectionDiverged'));
    expect({ seq: entity.state.seq, batches: store.batches }).toEqual({ seq: 7, batches: [] });
  });

  test('lets through an act that it has done already', async () => {
    const { entity } = entityOf(inCharge);
    await entity.act(approve);
    entity.parked = 'project: ProjectionDiverged';
    expect(entity.check(approve)).toBeUndefined();
  });

  test('loses no money that arrives meanwhile: it is shown when the practice goes on', async () => {
    const { entity, store } = entityOf(waiting);
    entity.parked = 'project: ProjectionDiverged';
    await expect(entity.receive(news())).rejects.toThrow(new Parked('project: ProjectionDiverged'));
    entity.parked = null;
    await entity.flush();
    await entity.receive(news());
    expect(store.shown.map(({ seq, type }) => `${seq} ${type}`)).toEqual(['8 paymentReceived', '9 submitted']);
  });

  test('frees its lock, so that whoever comes later is answered', async () => {
    const { entity } = entityOf(inCharge);
    entity.parked = 'x';
    await expect(entity.record('step:x', raised)).rejects.toThrow(Parked);
    expect(entity.locked).toBe(false);
    entity.parked = null;
    await expect(entity.act(approve)).resolves.toEqual({ seq: 9, status: 'deciding' });
  });
});

describe('a receipt', () => {
  test('that pays for the application submits it, in one projection', async () => {
    const { entity, store } = entityOf(waiting);
    await entity.receive(news());
    expect(store.batches.map(({ events, withoutEffect }) => [events.map(({ type }) => type), withoutEffect])).toEqual([
      [['paymentReceived', 'submitted'], []],
    ]);
    expect({ status: entity.state.status, code: entity.code }).toEqual({
      status: 'submitted',
      code: 'ZTL-2026-000001',
    });
  });

  test('without effect still gets its outcome', async () => {
    const { entity, store } = entityOf(waiting);
    await entity.receive(news());
    await entity.receive(news({ id: 'receipt-row-2', receipt: 'RT-2' }));
    expect(store.batches.at(-1)).toEqual({ practice: waiting.id, events: [], withoutEffect: ['receipt-row-2'] });
    expect(entity.settled).toBe(true);
  });

  test('delivered twice is projected once', async () => {
    const { entity, store } = entityOf(waiting);
    await Promise.all([entity.receive(news()), entity.receive(news())]);
    expect(store.batches).toHaveLength(1);
  });
});

describe('a row found in the inbox at a deadline', () => {
  test('is done like any other', async () => {
    const { entity } = entityOf(practiceIn('awaitingIntegration', { rounds: [{ round: 1, requestedAt: now }] }));
    const answer = command('answerIntegration', { id: id(3), actor: applicant, receivedAt: now });
    await entity.takeFromInbox({ kind: 'act', command: answer });
    expect(entity.state.status).toBe('integrationReceived');
    await entity.takeFromInbox({ kind: 'receipt', news: news({ payment: 9 }) });
    expect(entity.state.attention).toEqual(['paymentUnmatched']);
  });

  test('that must be refused is left to the sender, who tells why', async () => {
    const { entity, store } = entityOf(practiceIn('deciding'));
    const item: WaitingItem = { kind: 'act', command: approve };
    await expect(entity.takeFromInbox(item)).resolves.toBeUndefined();
    expect(store.batches).toEqual([]);
  });

  test('that meets a parked practice or a failure is not swallowed', async () => {
    const { entity, store } = entityOf(inCharge);
    store.failures = [new Error('PostgreSQL is down')];
    await expect(entity.takeFromInbox({ kind: 'act', command: approve })).rejects.toThrow('PostgreSQL is down');
    entity.parked = 'x';
    await expect(entity.takeFromInbox({ kind: 'act', command: reject })).rejects.toThrow(new Parked('x'));
  });
});

test('a snapshot is what continue-as-new carries, and the code only once there is one', async () => {
  const { entity } = entityOf(inCharge);
  expect(entity.snapshot()).toEqual({ state: inCharge, clock: evaluateClock(inCharge) });
  await entity.act(approve);
  expect(entity.snapshot()).toEqual({ state: entity.state, clock: entity.clock, code: 'ZTL-2026-000001' });
  expect(entity.clock).toEqual(evaluateClock(entity.state));
});
