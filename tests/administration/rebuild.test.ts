import { rebuildEngine } from '../../src/application/administration/rebuild';
import { act, expectStatus, practiceInCharge, registeredPractice } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { administrationOf, completed, iter } from './support';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

function rebuild(tenant?: string) {
  return rebuildEngine(administrationOf(system), {
    dryRun: false,
    report: () => undefined,
    ...(tenant !== undefined && { tenant }),
  });
}

test('only what the engine lost is started again; what runs, has ended or belongs to another body is left alone', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const ended = await practiceInCharge(system, citizen, operator);
  await expectStatus(200, act(operator, ended, 'approve'));
  await completed(system, ended);
  const [runs, lost] = [await registeredPractice(system, citizen), await registeredPractice(system, citizen)];
  await system.client.workflow.getHandle(`practice/bugliano/${lost}`).terminate('lost on purpose');

  const dry = await iter(system, 'engine', 'rebuild', '--dry-run');
  expect(dry.code).toBe(3);
  expect(dry.stdout).toMatch(new RegExp(`^bugliano +${lost} +registered +\\d+ +terminated +wouldRestart$`, 'm'));
  expect(dry.stdout).not.toContain(runs);
  expect(dry.stdout).toContain('2 practices have something left to do: 1 run and agree, 1 would be restarted, ');
  expect(await rebuild('vicinato')).toMatchObject({ examined: 0, restarted: 0 });
  expect(await rebuild()).toMatchObject({ examined: 2, agreed: 1, restarted: 1, unsolved: 0 });
  // Its worker answers a moment later.
  await until('nothing to be left', async () => (await rebuild()).agreed === 2);
  expect(await iter(system, 'engine', 'rebuild')).toMatchObject({ code: 0 });
});

test('a practice whose worker does not answer is not touched, and that is said', async () => {
  const id = await registeredPractice(system, await system.as('giulia.bianchi'));
  const { runId } = await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
  await system.stopWorker();
  const { unsolved, restarted } = await rebuild();
  expect({ unsolved: unsolved > 0, restarted }).toEqual({ unsolved: true, restarted: 0 });
  expect((await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe()).runId).toBe(runId);
  await system.startWorker();
}, 90_000);

test('a command that was not understood shows how it is written', async () => {
  for (const args of [[], ['explode'], ['rebuild', '--now']]) {
    const { code, stderr } = await iter(system, 'engine', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain('npx iter engine rebuild [--dry-run] [--tenant code]');
  }
});
