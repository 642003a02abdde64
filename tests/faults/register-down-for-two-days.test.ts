import type { ProtocolloPort } from '../../src/activities/ports/protocollo';
import { epochMs, type Instant, instant } from '../../src/domain/ids';
import { awaitingPayment, pay, reach } from '../support/builders';
import { historyOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { startTimeSkippingSystem, type TimeSkippingSystem } from '../support/time-skipping';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { type People, peopleOf, rowOf } from './support/life';
import { times } from './support/rounds';

const PRACTICES = times(2, 10);
const TWO_DAYS_MS = 2 * 86_400_000;

let registerIsDown = true;
let failures = 0;

/** A register that answers 500 to everything while it is down. */
function down(register: ProtocolloPort): ProtocolloPort {
  const orFail = <T>(work: () => Promise<T>): Promise<T> => {
    if (!registerIsDown) return work();
    failures += 1;
    return Promise.reject(new Error('HTTP 500: internal server error'));
  };
  return {
    ...register,
    register: (request) => orFail(() => register.register(request)),
    findByOwnRef: (tenant, ownRef) => orFail(() => register.findByOwnRef(tenant, ownRef)),
  };
}

let system: TimeSkippingSystem;
let people: People;
beforeAll(async () => {
  system = await startTimeSkippingSystem({ replaceDeps: (deps) => ({ protocollo: down(deps.protocollo) }) });
  people = await peopleOf(system);
}, 120_000);
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

async function lengthOf(id: string): Promise<number> {
  return ((await historyOf(system, id)).events ?? []).length;
}

test('a register that answers 500 for two days is asked again and again without filling the history, and gives its number in the end', async () => {
  const ids = await Promise.all(Array.from({ length: PRACTICES }, () => awaitingPayment(people.citizen)));
  await Promise.all(ids.map((id) => pay(system, id)));
  await until('each to have been refused', () => failures >= 2 * PRACTICES, 60_000);
  const before = await Promise.all(ids.map(lengthOf));
  const begun = epochMs(system.clock.now());
  await system.passUntil(instant(begun + TWO_DAYS_MS));
  const perPractice = failures / PRACTICES;
  // At most a quarter of an hour between two attempts.
  expect(perPractice).toBeGreaterThan(150);
  expect(await Promise.all(ids.map(lengthOf))).toEqual(before);
  for (const id of ids) expect(await rowOf(system, id)).toMatchObject({ status: 'registering' });

  registerIsDown = false;
  await system.passUntil(instant(epochMs(system.clock.now() as Instant) + 16 * 60_000));
  for (const id of ids) await reach(people.citizen, id, 'registered');
  await conclude(system, {
    fault: 'F10',
    title: 'a register that answers 500 for two days is asked again and again, and gives its number in the end',
    seed: undefined,
    runs: PRACTICES,
    injected: failures,
    worstRecoveryMs: undefined,
    note: `${Math.round(perPractice)} failed attempts for each practice, not one event more in its history`,
  });
}, 300_000);
