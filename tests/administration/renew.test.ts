import { parkPractice } from '../../src/application/administration/park';
import { type RenewLine, renewPractices } from '../../src/application/administration/renew';
import { act, awaitingPayment, expectStatus, practiceInCharge, registeredPractice } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { administrationOf, completed, found, iter } from './support';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

function runOf(id: string) {
  return system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
}

test('open practices at rest continue as new and live on; those that can not are told with the reason', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const [registered, inCharge, waiting, parked, lost] = await Promise.all([
    registeredPractice(system, citizen),
    practiceInCharge(system, citizen, operator),
    awaitingPayment(citizen),
    registeredPractice(system, citizen),
    registeredPractice(system, citizen),
  ]);
  await parkPractice(administrationOf(system), await found(system, parked), 'repair');
  await system.client.workflow.getHandle(`practice/bugliano/${lost}`).terminate('lost on purpose');
  const before = await Promise.all([registered, inCharge, waiting].map(runOf));
  const lines: RenewLine[] = [];
  const result = await renewPractices(administrationOf(system), { waitMs: 3_000, report: (line) => lines.push(line) });
  expect(result).toEqual({ asked: 4, renewed: 3, later: 1, notAsked: 1 });
  expect(Object.fromEntries(lines.map(({ id, reason }) => [id, reason]))).toEqual({
    [parked]: 'parked (repair): run iter practice retry',
    [lost]: 'its workflow is terminated: run iter engine rebuild',
  });
  const after = await Promise.all([registered, inCharge, waiting].map(runOf));
  for (const [index, { runId, status }] of after.entries()) {
    expect(status.name).toBe('RUNNING');
    expect(runId).not.toBe(before[index]?.runId);
  }
  await expectStatus(200, act(operator, inCharge, 'approve'));
  await completed(system, inCharge);
}, 90_000);

test('the command counts what was renewed and says by its exit code that something is left', async () => {
  const { code, stdout } = await iter(system, 'renew', '--wait', '1');
  expect(code).toBe(3);
  expect(stdout).toMatch(/^2 practices renewed, 1 will at their next rest, 1 could not be asked\.$/m);
  expect((await iter(system, 'renew', '--wait', 'long')).code).toBe(2);
});
