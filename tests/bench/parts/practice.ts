import { temporal } from '@temporalio/proto';
import { type Bench, finishedHistory } from '../bench';
import { closedLoop } from '../load';
import { straightforwardLife } from '../product/life';
import { Meter } from '../stack/meter';
import { warmProduct } from './warm-up';

const AT_ONCE = 8;
/** Histories that are looked at. */
const HISTORIES = 20;

/** What one practice costs, as the mean of many that are lived at once; and how long its history is. */
export async function practice(bench: Bench): Promise<void> {
  const { engine, product, database, world, figures, sizes, client, say } = bench;
  await warmProduct(bench);
  const meter = new Meter(engine, product, database);
  const ids: string[] = [];
  const { lives } = await closedLoop({ concurrency: AT_ONCE, ...sizes.practice, meter }, async () => {
    const life = await straightforwardLife(world);
    ids.push(life.id);
    return life;
  });
  const { cpu, cpuOfSystem, statements } = meter.use();
  const perPractice = (amount: number) => amount / lives.length;
  for (const [name, seconds] of Object.entries(cpu)) figures.set(`practice.cpu.${name}`, perPractice(seconds * 1000));
  figures.set('practice.cpu.total', perPractice(cpuOfSystem * 1000));
  figures.set('practice.statements.application', perPractice(statements.application));
  figures.set('practice.statements.temporal', perPractice(statements.temporal));
  const histories = await Promise.all(ids.slice(-HISTORIES).map((id) => finishedHistory(client, id)));
  const sizesOfAll = histories.map((history) => temporal.api.history.v1.History.encode(history).finish().length);
  figures.set('practice.events', Math.max(...histories.map(({ events }) => events?.length ?? 0)));
  figures.set('practice.historyBytes', Math.max(...sizesOfAll));
  figures.set('practice.actions', Math.max(...histories.map(actionsOf)));
  figures.set('practice.activities', bench.score.counts.activities);
  say(`${lives.length} practices, ${perPractice(cpuOfSystem * 1000).toFixed(0)} ms of CPU each`);
}

/** Actions, the unit of Temporal's cloud: start, update, signal, each start of an activity, timer, change of attributes. */
function actionsOf({ events }: temporal.api.history.v1.IHistory): number {
  return (events ?? []).filter(
    (event) =>
      event.workflowExecutionStartedEventAttributes ||
      event.workflowExecutionUpdateAcceptedEventAttributes ||
      event.workflowExecutionSignaledEventAttributes ||
      event.activityTaskStartedEventAttributes ||
      event.timerStartedEventAttributes ||
      event.upsertWorkflowSearchAttributesEventAttributes,
  ).length;
}
