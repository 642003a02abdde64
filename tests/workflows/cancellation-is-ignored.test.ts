import { holdProjection } from '../replay/path';
import { act, expectStatus, practiceInCharge, reach, registeredPractice } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('what is under way when cancellation is requested goes on: an act, a receipt, the news of a strange message', async () => {
  const { gate, wrapActivities } = holdProjection('chargeTaken');
  const own = await startSystem({ wrapActivities });
  try {
    const citizen = await own.as('giulia.bianchi');
    const operator = await own.as('marco.conti');
    const id = await registeredPractice(own, citizen);
    const handle = own.client.workflow.getHandle(`practice/bugliano/${id}`);
    const taking = act(operator, id, 'take-charge');
    await gate.reached;
    await handle.signal('nobodyKnowsThis');
    await handle.cancel();
    await handle.signal('nobodyKnowsThat');
    gate.release();
    await expectStatus(200, taking);
    await until('both strange messages to be told', async () => {
      const tasks = await own.db.prisma.operatorTask.count({ where: { practiceId: id, reason: 'strangeMessage' } });
      return tasks === 2;
    });
    await expectStatus(200, act(operator, id, 'approve'));
    await reach(citizen, id, 'approved');
    await checkInvariants(own);
  } finally {
    await own.stop();
  }
});

test('a request of cancellation from the engine’s UI ends nothing: only acts do', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  await system.client.workflow.getHandle(`practice/bugliano/${id}`).cancel();
  await expectStatus(200, act(operator, id, 'reject', { message: 'Il veicolo non risulta intestato al richiedente.' }));
  const practice = await reach(citizen, id, 'rejected');
  expect(practice).toMatchObject({ outcome: 'rejected', statusLabel: 'Rifiutata' });
});
