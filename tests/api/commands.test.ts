import { act, completeDraft, expectStatus, practiceInCharge, reach, registeredPractice } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { anId, anInstant, clientWithSession, expectProblem, invalid, type WholeProblem } from './support';

const COMMAND_NOT_FOUND: WholeProblem = {
  code: 'COMMAND_NOT_FOUND',
  status: 404,
  title: 'Richiesta non trovata',
  detail: 'Nessuna richiesta con questo identificativo.',
  remedy: "Usa l'indirizzo ricevuto nella risposta 202.",
};

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  citizen = await system.as('giulia.bianchi');
  operator = await system.as('marco.conti');
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

/** What happens while nobody brings acts to the engine: every act is taken and answered 202 at once. */
async function whileNobodySends<T>(work: () => Promise<T>): Promise<T> {
  await system.stopSender();
  system.setWait(0);
  try {
    return await work();
  } finally {
    system.setWait(20_000);
    system.startSender();
  }
}

function outcomeOf(client: ApiClient, commandId: string) {
  return until('the command to have its outcome', async () => {
    const { body } = await client.get(`/api/v1/commands/${commandId}`);
    return body.outcome ? body : undefined;
  });
}

test('an act that can not be carried out now gets a dated receipt, and its outcome later', async () => {
  const id = await completeDraft(citizen);
  await until('the draft to be known to the engine', async () => {
    const { body } = await citizen.get(`/api/v1/practices/${id}`);
    return body.pending.length === 0;
  });
  const receipt = await whileNobodySends(async () => {
    const { status, headers, body } = await citizen.post(`/api/v1/practices/${id}/submit`);
    expect(status).toBe(202);
    const href = `/api/v1/commands/${body.commandId}`;
    expect(body).toEqual({
      commandId: anId,
      practiceId: id,
      receivedAt: anInstant,
      status: 'pending',
      href,
      sha256: expect.any(String),
    });
    expect(headers['location']).toBe(href);
    const common = { commandId: body.commandId, act: 'submit', receivedAt: body.receivedAt };
    expect((await citizen.get(href)).body).toEqual({ ...common, practiceId: id, outcome: null });
    expect((await citizen.get(`/api/v1/practices/${id}`)).body.pending).toEqual([{ ...common, href }]);
    return body;
  });
  expect(await outcomeOf(citizen, receipt.commandId)).toEqual({
    commandId: receipt.commandId,
    act: 'submit',
    practiceId: id,
    receivedAt: receipt.receivedAt,
    outcome: { result: 'done', seq: 2, status: 'awaitingPayment' },
  });
});

test('of two officers who acted meanwhile the second reads the refusal in full, with its remedy', async () => {
  const id = await registeredPractice(system, citizen);
  const colleague = await system.as('sara.ferri');
  const { actVersion } = (await operator.get(`/api/v1/practices/${id}`)).body;
  const [first, second] = await whileNobodySends(async () => [
    await expectStatus(202, operator.post(`/api/v1/practices/${id}/take-charge`, { actVersion })),
    await expectStatus(202, colleague.post(`/api/v1/practices/${id}/take-charge`, { actVersion })),
  ]);
  expect((await outcomeOf(operator, first.commandId)).outcome).toEqual({
    result: 'done',
    seq: expect.any(Number),
    status: 'inCharge',
  });
  expect((await outcomeOf(colleague, second.commandId)).outcome).toEqual({
    result: 'refused',
    code: 'ALREADY_IN_CHARGE',
    title: 'Pratica già in carico',
    detail: 'La pratica è già in carico a un operatore.',
    remedy: 'Se devi occupartene tu, subentra.',
    params: { act: 'takeCharge', actLabel: 'Prendi in carico', status: 'inCharge', statusLabel: 'In carico' },
  });
});

test('what an officer has decided and is not carried out yet is shown to the office, not to the applicant', async () => {
  const id = await practiceInCharge(system, citizen, operator);
  await whileNobodySends(async () => {
    const { commandId } = await expectStatus(202, act(operator, id, 'approve'));
    const pending = async (client: ApiClient) => (await client.get(`/api/v1/practices/${id}`)).body.pending;
    expect(await pending(citizen)).toEqual([]);
    expect(await pending(operator)).toEqual([
      { commandId, act: 'approve', receivedAt: anInstant, href: `/api/v1/commands/${commandId}` },
    ]);
    expectProblem(await citizen.get(`/api/v1/commands/${commandId}`), COMMAND_NOT_FOUND);
  });
  await reach(citizen, id, 'approved');
});

test('the applicant’s command is found by the office that handles the practice, and by no stranger', async () => {
  const id = await registeredPractice(system, citizen);
  const { id: command } = await system.db.prisma.inboxRow.findFirstOrThrow({
    where: { practiceId: id, type: 'submit' },
  });
  for (const username of ['giulia.bianchi', 'marco.conti', 'elena.riva', 'admin', 'revisore']) {
    const { status } = await (await clientWithSession(system, username)).get(`/api/v1/commands/${command}`);
    expect([username, status]).toEqual([username, 200]);
  }
  const strangers = [
    await clientWithSession(system, 'paolo.esposito'),
    await clientWithSession(system, 'luca.neri'),
    await clientWithSession(system, 'giulia.bianchi', 'vicinato'),
    await clientWithSession(system, 'admin', 'vicinato'),
  ];
  for (const client of strangers) expectProblem(await client.get(`/api/v1/commands/${command}`), COMMAND_NOT_FOUND);
});

test('an id of nothing, of a receipt or that is none is refused', async () => {
  expectProblem(await citizen.get('/api/v1/commands/00000000-0000-7000-8000-000000000000'), COMMAND_NOT_FOUND);
  const receipt = await system.db.prisma.inboxRow.findFirstOrThrow({ where: { kind: 'event' } });
  expectProblem(await operator.get(`/api/v1/commands/${receipt.id}`), COMMAND_NOT_FOUND);
  const message = '"id" deve essere un identificativo (UUID).';
  expectProblem(await citizen.get('/api/v1/commands/1'), invalid({ path: 'id', rule: 'format', message }));
});
