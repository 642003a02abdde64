import { commandOf } from '../../src/application/inbox/delivery';
import { expectStatus, reach, registeredPractice } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';

let system: System;
beforeAll(async () => {
  // Every few events the practice continues as new: what a practice of years does, in seconds.
  system = await startSystem({ historyLimit: 12 });
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('an act sent again after continue-as-new gets its answer and is not done twice', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await registeredPractice(system, citizen);
  const handle = system.client.workflow.getHandle(`practice/bugliano/${id}`);
  const { actVersion } = await expectStatus(200, operator.get(`/api/v1/practices/${id}`));
  const { commandId } = await expectStatus(200, operator.post(`/api/v1/practices/${id}/take-charge`, { actVersion }));
  const before = (await handle.describe()).runId;
  await until('another run', async () => {
    const { runId } = await handle.describe();
    return runId !== before || undefined;
  }).catch(() => undefined);
  const row = await system.db.prisma.inboxRow.findUniqueOrThrow({ where: { id: commandId } });
  const runs = await countRuns(id);
  expect(runs).toBeGreaterThan(1);
  // The server has forgotten this id: only the practice itself still knows it.
  await expect(handle.executeUpdate('takeCharge', { updateId: row.id, args: [commandOf(row)] })).resolves.toMatchObject(
    {
      status: 'inCharge',
    },
  );
  const { items } = (await operator.get(`/api/v1/practices/${id}/timeline`)).body;
  expect(items.filter((event: { type: string }) => event.type === 'chargeTaken')).toHaveLength(1);
  await expectStatus(
    200,
    operator.post(`/api/v1/practices/${id}/approve`, {
      actVersion: (await operator.get(`/api/v1/practices/${id}`)).body.actVersion,
    }),
  );
  await reach(citizen, id, 'approved');
  const title = 'an act sent again after continue-as-new gets its answer and is not done twice';
  await conclude(system, { fault: 'F24', title, seed: undefined, runs: 1, injected: 1, worstRecoveryMs: undefined });
});

async function countRuns(id: string): Promise<number> {
  return until('the runs to be listed', async () => {
    let runs = 0;
    for await (const _run of system.client.workflow.list({ query: `WorkflowId = "practice/bugliano/${id}"` }))
      runs += 1;
    return runs > 1 ? runs : undefined;
  });
}
