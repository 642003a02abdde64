import { randomUUID } from 'node:crypto';
import { act, expectStatus, practiceInCharge, reach, registeredPractice } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import {
  expectProblem,
  IDEMPOTENCY_KEY_MISSING,
  IDEMPOTENCY_KEY_REUSED,
  invalid,
  malformed,
  PRACTICE_NOT_FOUND,
  sendRaw,
  unsupported,
  type WholeProblem,
} from './support';

/** The practices that refusals need, and the people. */
export interface Office {
  readonly system: System;
  readonly citizen: ApiClient;
  /** Holds the practice that is in charge. */
  readonly operator: ApiClient;
  readonly colleague: ApiClient;
  readonly otherOffice: ApiClient;
  readonly registered: string;
  readonly inCharge: string;
  readonly rejected: string;
}

export interface OfficeAct {
  readonly path: string;
  readonly act: string;
  readonly label: string;
  /** A good body, without its version. */
  readonly body: object;
  /** A practice in whose state the act is not possible, with that state, and the states in which it is. */
  readonly impossible: {
    readonly on: 'registered' | 'inCharge';
    readonly status: string;
    readonly statusLabel: string;
    /** Left out where `refused` says something else. */
    readonly allowedIn?: string;
  };
  /** What is answered in that state, without its labels, if it is not that the state is the wrong one. */
  readonly refused?: Omit<WholeProblem, 'params'>;
  readonly versioned?: boolean;
  readonly onlyAssignee?: boolean;
  /** A practice that has ended refuses it for the same reason as one that has not. */
  readonly alsoAfterTheEnd?: boolean;
}

/** A running system with one practice of each kind; stopped after the file, its invariants checked. */
export function anOffice(): () => Office {
  let office: Office | undefined;
  beforeAll(async () => {
    const system = await startSystem();
    const [citizen, operator, colleague, otherOffice] = await Promise.all(
      ['giulia.bianchi', 'marco.conti', 'sara.ferri', 'luca.neri'].map((username) => system.as(username)),
    );
    if (!citizen || !operator || !colleague || !otherOffice) throw new Error('somebody is missing');
    const [registered, inCharge, rejected] = await Promise.all([
      registeredPractice(system, citizen),
      practiceInCharge(system, citizen, operator),
      practiceInCharge(system, citizen, operator),
    ]);
    await expectStatus(200, act(operator, rejected, 'reject', { message: 'Mancano i requisiti.' }));
    await reach(operator, rejected, 'rejected');
    office = { system, citizen, operator, colleague, otherOffice, registered, inCharge, rejected };
  });
  afterAll(async () => {
    if (!office) return;
    await checkInvariants(office.system);
    await office.system.stop();
  });
  return () => {
    if (!office) throw new Error('the office is not there yet');
    return office;
  };
}

/** What every officers' act refuses in the same way. */
export function refusesAsEveryOfficeAct(office: () => Office, given: OfficeAct): void {
  const pathOf = (id: string) => `/api/v1/practices/${id}/${given.path}`;
  const versioned = given.versioned ?? true;
  const target = () => office()[given.impossible.on === 'registered' ? 'inCharge' : 'registered'];
  const bodyWith = async (client: ApiClient, id: string) => {
    const { actVersion } = (await client.get(`/api/v1/practices/${id}`)).body;
    return versioned ? { ...given.body, actVersion } : given.body;
  };
  const labels = { act: given.act, actLabel: given.label };

  test('in a state in which it means nothing it is refused, with the states in which it does', async () => {
    const { operator, [given.impossible.on]: id } = office();
    const { status, statusLabel, allowedIn = '' } = given.impossible;
    const answer = await operator.post(pathOf(id), await bodyWith(operator, id));
    if (given.refused) return expectProblem(answer, { ...given.refused, params: { ...labels, status, statusLabel } });
    expectProblem(answer, {
      code: 'ACT_NOT_ALLOWED_IN_STATE',
      status: 409,
      title: 'Azione non possibile in questo stato',
      detail: `"${given.label}" non è possibile: la pratica è nello stato "${statusLabel}".`,
      remedy: `${allowedIn && `Si può fare quando la pratica è: ${allowedIn}. `}Ricarica la pratica per vedere che cosa è cambiato.`,
      params: { ...labels, status, statusLabel, allowedIn },
    });
  });

  test('a practice that has ended refuses it', async () => {
    const { operator, rejected } = office();
    const ended = { ...labels, status: 'rejected', statusLabel: 'Rifiutata' };
    const answer = await operator.post(pathOf(rejected), await bodyWith(operator, rejected));
    if (given.alsoAfterTheEnd && given.refused) return expectProblem(answer, { ...given.refused, params: ended });
    expectProblem(answer, {
      code: 'PRACTICE_CLOSED',
      status: 409,
      title: 'Pratica conclusa',
      detail: `La pratica è conclusa con lo stato "Rifiutata": "${given.label}" non è più possibile.`,
      remedy:
        'Documenti, messaggi e pagamenti restano consultabili. Per una nuova esigenza presenta una nuova domanda.',
      params: ended,
    });
  });

  if (versioned) {
    test('decided on a version that is no longer that of the practice it is refused', async () => {
      const { operator } = office();
      const { body: seen } = await operator.get(`/api/v1/practices/${target()}`);
      const stale = { ...given.body, actVersion: seen.actVersion - 1 };
      expectProblem(await operator.post(pathOf(target()), stale), {
        code: 'STALE_VERSION',
        status: 409,
        title: 'La pratica è cambiata nel frattempo',
        detail: `Hai deciso sulla versione ${stale.actVersion} della pratica, ma ora è alla versione ${seen.actVersion}.`,
        remedy: 'Ricarica la pratica, guarda che cosa è cambiato e ripeti l’azione se serve ancora.',
        params: {
          ...labels,
          given: stale.actVersion,
          actual: seen.actVersion,
          status: seen.status,
          statusLabel: seen.statusLabel,
        },
      });
    });

    test('the version must be given, as a whole number', async () => {
      const { operator } = office();
      const send = (actVersion: unknown) => operator.post(pathOf(target()), { ...given.body, actVersion });
      const refused = (rule: string, message: string) => invalid({ path: 'actVersion', rule, message });
      expectProblem(await send(undefined), refused('required', 'Manca "actVersion".'));
      expectProblem(await send('3'), refused('type', '"actVersion" deve essere un numero.'));
      expectProblem(await send(1.5), refused('type', '"actVersion" deve essere un numero intero.'));
      expectProblem(await send(-1), refused('tooSmall', '"actVersion" deve essere almeno 0.'));
      expectProblem(await send(2 ** 31), refused('tooBig', '"actVersion" può essere al massimo 2147483647.'));
    });

    test('a body that is missing, no JSON or of another type is refused as such', async () => {
      const { operator } = office();
      expectProblem(await operator.post(pathOf(target())), malformed('il corpo è vuoto'));
      expectProblem(await sendRaw(operator, 'POST', pathOf(target()), '{"a"'), malformed('non è JSON valido'));
      expectProblem(await sendRaw(operator, 'POST', pathOf(target()), 'a=1', 'text/plain'), unsupported('text/plain'));
    });
  }

  if (given.onlyAssignee) {
    test('a colleague who does not hold the practice is told to take over first', async () => {
      const { colleague, inCharge } = office();
      expectProblem(await colleague.post(pathOf(inCharge), await bodyWith(colleague, inCharge)), {
        code: 'NOT_ASSIGNEE',
        status: 403,
        title: 'Pratica in carico a un altro operatore',
        detail: `"${given.label}" spetta solo a chi ha in carico la pratica.`,
        remedy: 'Subentra nella pratica, poi ripeti l’azione.',
        params: { ...labels, status: 'inCharge', statusLabel: 'In carico', held: true },
      });
    });
  }

  test('an officer of an office that does not handle the service learns nothing of the practice', async () => {
    const { operator, otherOffice } = office();
    expectProblem(await otherOffice.post(pathOf(target()), await bodyWith(operator, target())), PRACTICE_NOT_FOUND);
  });

  test('a member with a wrong name is refused: what it was meant to say would be lost', async () => {
    const { operator } = office();
    const body = { ...(await bodyWith(operator, target())), mesage: 'x' };
    const message = '"mesage" qui non esiste: controlla il nome.';
    expectProblem(await operator.post(pathOf(target()), body), invalid({ path: 'mesage', rule: 'unknown', message }));
  });

  test('without an idempotency key it is refused', async () => {
    const { operator } = office();
    const body = await bodyWith(operator, target());
    expectProblem(await operator.send('POST', pathOf(target()), { body }), IDEMPOTENCY_KEY_MISSING);
  });

  test('none of these refusals left a trace in the practices', async () => {
    const { system, operator, registered, inCharge } = office();
    const marco = await system.db.prisma.account.findFirstOrThrow({ where: { username: 'marco.conti' } });
    for (const practiceId of [registered, inCharge]) {
      const where = { practiceId, kind: 'act', actorId: marco.id };
      const acts = (await system.db.prisma.inboxRow.findMany({ where })).map(({ type }) => type);
      expect(acts).toEqual(practiceId === inCharge ? ['takeCharge'] : []);
    }
    expect((await operator.get(`/api/v1/practices/${inCharge}`)).body.status).toBe('inCharge');
  });
}

/** Sends the act twice with one key, then the key with another body, and gives the first answer. */
export async function expectIdempotent(client: ApiClient, id: string, path: string, body: object, other: object) {
  const url = `/api/v1/practices/${id}/${path}`;
  const key = randomUUID();
  const first = await client.post(url, body, key);
  expect(first.status).toBe(200);
  const second = await client.post(url, body, key);
  expect(second.status).toBe(200);
  expect({ ...second.body, practice: null }).toEqual({ ...first.body, practice: null });
  expectProblem(await client.post(url, other, key), IDEMPOTENCY_KEY_REUSED);
  return first.body;
}
