import { endOfRomeDay } from '../../src/domain/terms/rome';
import { practiceInCharge, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { startTimeSkippingSystem, type TimeSkippingSystem } from '../support/time-skipping';
import { until } from '../support/until';

let system: TimeSkippingSystem;
beforeAll(async () => {
  system = await startTimeSkippingSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('a term that passes changes no state: the practice is late, and somebody is told', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  const { answerBy } = (await operator.get(`/api/v1/practices/${id}`)).body;
  const expiresAt = endOfRomeDay(answerBy);
  await system.passUntil(expiresAt, 10_000);
  const practice = await until('the practice to be late', async () => {
    const { body } = await operator.get(`/api/v1/practices/${id}`);
    return body.late ? body : undefined;
  });
  expect(practice).toMatchObject({ status: 'inCharge', attention: ['termPassed'] });
  const tasks = await system.db.prisma.operatorTask.findMany({ where: { practiceId: id } });
  expect(tasks).toMatchObject([{ reason: 'termPassed', closedAt: null, openedAt: new Date(expiresAt) }]);
  await reach(operator, id, 'inCharge');
});
