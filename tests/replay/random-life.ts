import { ACT_PATHS } from '../../src/application/acts/catalogue';
import { readSnapshot } from '../../src/application/snapshot';
import { ACT_RULES, type Act, type Actor } from '../../src/domain/practice/acts';
import { availableActs } from '../../src/domain/practice/guard';
import { hasEnded, type PracticeState } from '../../src/domain/practice/state';
import { pay } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { as, draftOf, offer } from '../support/services';
import type { System } from '../support/system';
import { until } from '../support/until';
import { workflowOf } from './path';

type Random = () => number;
type Service = Parameters<typeof offer>[1];

const PEOPLE = ['giulia.bianchi', 'marco.conti', 'sara.ferri', 'elena.riva'] as const;
/** What would end most lives soon is done rarely. */
const ENDINGS: readonly Act[] = ['deleteDraft', 'withdraw', 'archive', 'annul'];
const TEXT = 'Mancano i requisiti richiesti dal regolamento.';
const fee = { amountCents: 2500, windowMinutes: 600, reason: 'Diritti' } as const;
const phases = [
  { key: 'precheck', label: 'Preistruttoria', next: ['review'] },
  { key: 'review', label: 'Istruttoria', next: ['precheck'], decisions: ['approved' as const, 'rejected' as const] },
];

/** One service of each kind. */
const SERVICES: readonly Service[] = [
  { switches: { reopening: true, partialApproval: true } },
  { registration: 'none', rejectionNotice: 'optional', switches: { reopening: true } },
  { registration: 'onAcceptance', rejectionNotice: 'required', draftDays: 20 },
  { payment: { ...fee, onExpiry: 'draft' }, stamps: { atRequest: { count: 1 }, atRelease: { count: 1 } } },
  { payment: { ...fee, onExpiry: 'expired' }, releasePayment: fee },
  { phases },
  { workflow: 'forward' },
  { workflow: 'paymentOnly', registration: 'none', payment: { ...fee, onExpiry: 'draft' } },
];

let stamp = 30_000_000_000_000;

/** Bodies of acts that need one. */
function bodyOf(
  act: Act,
  state: PracticeState,
  random: Random,
  colleague: string,
  message: string | undefined,
): object {
  switch (act) {
    case 'provideStamps':
      return { stamps: Array.from({ length: state.stamps ?? 1 }, () => ({ number: String(++stamp) })) };
    case 'recordCounterPayment':
      return { reason: 'Pagato in contanti.' };
    case 'assign':
      return random() < 0.5 ? { operator: colleague } : { office: 'mobilita' };
    case 'setPriority':
      return { priority: random() < 0.5 ? 'high' : 'low' };
    case 'changePhase':
      return { phase: state.phase === 'review' ? 'precheck' : 'review' };
    case 'requestIntegration':
      return { message: 'Serve il tipo.', fields: ['request.kind'] };
    case 'answerIntegration':
      return { values: { 'request.kind': random() < 0.5 ? 'small' : 'large' } };
    case 'acceptMessages':
      return { messages: message === undefined ? [] : [message] };
    case 'communicate':
      return { to: 'applicant', subject: 'Sopralluogo', message: 'Il sopralluogo è lunedì.' };
    case 'reject':
      return { message: TEXT, ...(random() < 0.5 && { noticeWaiver: { reason: 'otherLaw', text: TEXT } }) };
    case 'noticeRejection':
    case 'submitObservations':
    case 'approvePartially':
    case 'archive':
    case 'annul':
    case 'reopen':
      return { message: TEXT };
    default:
      return {};
  }
}

/**
 * Lives a practice through the API on a way that the numbers choose: acts of everybody, mostly possible and sometimes not,
 * money, repetitions, parking, renewals. Gives its id once it is at rest.
 */
export async function randomLife(system: System, random: Random, length: number): Promise<string> {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const clients = await Promise.all(PEOPLE.map((name) => as(system, name)));
  const citizen = clients[0] as ApiClient;
  const id = await draftOf(citizen, await offer(system, pick(SERVICES)));
  await until('the draft to be in the engine', async () => (await rowOf(system, id)).seq > 0);
  const colleague = await accountOf(system, 'sara.ferri');
  for (let step = 0; step < length; step += 1) {
    const { state } = readSnapshot((await rowOf(system, id)).snapshot);
    if (hasEnded(state) && random() < 0.5) break;
    const kind = random();
    if (kind < 0.08) await disturb(system, id, random);
    else if (kind < 0.25 && state.payment?.status === 'requested') await payIfOpen(system, id, state.payment.ordinal);
    else {
      const at = Math.floor(random() * PEOPLE.length);
      const actor = await actorOf(system, PEOPLE[at] ?? 'giulia.bianchi');
      const possible = availableActs(state, actor).flatMap(({ act, refusal }) => (refusal ? [] : [act]));
      const act = random() < 0.85 ? pick(possible) : pick(Object.keys(ACT_PATHS) as Act[]);
      if (!act || (ENDINGS.includes(act) && random() < 0.85)) continue;
      const message = act === 'acceptMessages' ? await written(citizen, id) : undefined;
      const body = bodyOf(act, state, random, colleague, message);
      await attempt(clients[at] as ApiClient, id, act, body, state.actVersion, random);
    }
  }
  await atRest(system, id);
  return id;
}

async function attempt(person: ApiClient, id: string, act: Act, body: object, actVersion: number, random: Random) {
  const versioned = ACT_RULES[act].versioned ? { ...body, actVersion } : body;
  const key = `life-${Math.floor(random() * 1e12)}`;
  const path = `/api/v1/practices/${id}/${ACT_PATHS[act]}`;
  const { status, body: answer } = await person.post(path, versioned, key);
  if (status >= 500 && status !== 503) throw new Error(`${act} answered ${status}: ${JSON.stringify(answer)}`);
  // Now and then the answer is lost on the way, and the same is asked again.
  if (random() < 0.1) await person.post(path, versioned, key);
}

async function disturb(system: System, id: string, random: Random): Promise<void> {
  const handle = workflowOf(system, id);
  if ((await handle.describe()).status.name !== 'RUNNING') return;
  if (random() < 0.5) return handle.signal('renew');
  await handle.signal('park', 'prova');
  await handle.signal('resume');
}

async function payIfOpen(system: System, id: string, ordinal: number): Promise<void> {
  const row = await system.db.prisma.payment.findFirst({ where: { practiceId: id, ordinal, status: 'open' } });
  if (row) await pay(system, id, ordinal);
}

async function written(citizen: ApiClient, id: string): Promise<string | undefined> {
  const answer: { status: number; body: Body } = await citizen.post(`/api/v1/practices/${id}/messages`, {
    text: 'Il tipo è piccolo.',
  });
  return answer.status === 201 ? answer.body.id : undefined;
}

async function atRest(system: System, id: string): Promise<void> {
  await until(
    'the practice to be at rest',
    async () => {
      const pending = await system.db.prisma.inboxRow.findMany({ where: { practiceId: id } });
      const { status, raw } = await workflowOf(system, id).describe();
      const idle = (raw.pendingActivities?.length ?? 0) === 0 && !raw.pendingWorkflowTask;
      return pending.every(({ outcome }) => outcome !== null) && (status.name !== 'RUNNING' || idle);
    },
    60_000,
  );
}

function rowOf(system: System, id: string) {
  return system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
}

async function actorOf(system: System, username: string): Promise<Actor> {
  const { id } = await tenantOf(system);
  const account = await system.db.prisma.account.findFirstOrThrow({ where: { username, tenantId: id } });
  return { id: account.id, role: account.role as Actor['role'] };
}

async function accountOf(system: System, username: string): Promise<string> {
  return (await actorOf(system, username)).id;
}

function tenantOf(system: System) {
  return system.db.prisma.tenant.findUniqueOrThrow({ where: { code: 'bugliano' } });
}
