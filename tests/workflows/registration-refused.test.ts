import type { ProtocolloPort } from '../../src/activities/ports/protocollo';
import { awaitingPayment, expectStatus, pay, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

let refusing = true;

function strict(register: ProtocolloPort): ProtocolloPort {
  return {
    ...register,
    register: async (request) =>
      refusing
        ? { kind: 'rejected', code: 'OFFICE_UNKNOWN', message: 'the office is not in the register' }
        : register.register(request),
  };
}

let system: System;
beforeAll(async () => {
  system = await startSystem({ replaceDeps: (deps) => ({ protocollo: strict(deps.protocollo) }) });
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('a registration that the register refuses keeps the practice, tells the office, and goes on when it was corrected', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await awaitingPayment(citizen);
  await pay(system, id);
  const waiting = await until('the flag', async () => {
    const { body } = await operator.get(`/api/v1/practices/${id}`);
    return body.attention?.length > 0 ? body : undefined;
  });
  expect(waiting).toMatchObject({ status: 'registering', attention: ['registrationRejected'], registration: null });
  expect(await system.db.prisma.operatorTask.findMany({ where: { practiceId: id } })).toMatchObject([
    { reason: 'registrationRejected', closedAt: null },
  ]);
  refusing = false;
  await expectStatus(200, operator.post(`/api/v1/practices/${id}/retry-registration`, {}));
  const practice = await reach(operator, id, 'registered');
  expect(practice).toMatchObject({ attention: [], registration: { number: '0000001' } });
  const [task] = await system.db.prisma.operatorTask.findMany({ where: { practiceId: id } });
  expect(task?.closedAt).not.toBeNull();
});
