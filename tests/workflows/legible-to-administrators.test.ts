import { practiceInCharge } from '../support/builders';
import { historyOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

let system: System;
let id: string;
beforeAll(async () => {
  system = await startSystem();
  id = await practiceInCharge(system, await system.as('giulia.bianchi'), await system.as('marco.conti'));
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

function handle() {
  return system.client.workflow.getHandle(`practice/bugliano/${id}`);
}

test('the engine’s UI shows state, holder, next date and a link, without personal data', async () => {
  const practice = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  const metadata = await handle().query<{ currentDetails?: string }>('__temporal_workflow_metadata');
  expect(metadata.currentDetails).toContain(`**${practice.code}** · In carico`);
  expect(metadata.currentDetails).toContain(`In carico all'operatore \`${practice.assigneeId}\``);
  expect(metadata.currentDetails).toMatch(
    /Prossima scadenza: termine del procedimento, fino al \d\d\/\d\d\/\d{4} compreso/,
  );
  expect(metadata.currentDetails).toContain(`/api/v1/practices/${id}`);
  expect(metadata.currentDetails).not.toMatch(/Giulia|Bianchi|BNCGLI/);
});

test('administrators find practices by tenant, service and state', async () => {
  const query = `Tenant = "bugliano" AND Service = "permesso-ztl" AND PracticeStatus = "inCharge" AND Attention = false AND WorkflowId = "practice/bugliano/${id}"`;
  const found = await until('the practice to be listed', async () => {
    for await (const run of system.client.workflow.list({ query })) return run;
    return undefined;
  });
  expect(found.searchAttributes).toMatchObject({
    Tenant: ['bugliano'],
    Service: ['permesso-ztl'],
    Office: ['mobilita'],
    Code: [expect.stringMatching(/^ZTL-\d{4}-000001$/)],
    PracticeStatus: ['inCharge'],
    Attention: [false],
  });
});

test('every activity and timer says what it is for', async () => {
  const { events = [] } = await historyOf(system, id);
  const scheduled = (events ?? []).filter(
    (event) => event.activityTaskScheduledEventAttributes || event.timerStartedEventAttributes,
  );
  const summaries = scheduled.map((event) => Buffer.from(event.userMetadata?.summary?.data ?? []).toString());
  expect(summaries.length).toBeGreaterThan(8);
  expect(summaries.filter((summary) => summary === '')).toEqual([]);
});
