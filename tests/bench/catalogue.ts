import { LIST_QUESTIONS } from './lists/questions';
import { ROUTES } from './product/life';

/** A figure that every run measures: its name never changes, so that runs can be compared. */
export interface FigureDefinition {
  readonly name: string;
  /** What it is, for people. */
  readonly title: string;
  readonly unit: string;
  readonly target?: number;
  /** With a target: on which side of it is good. */
  readonly better?: 'more' | 'less';
}

/** How many practices are under way at once. */
export const CONCURRENCIES: readonly number[] = [1, 8, 32];

const RUNG_TITLES = {
  L0: 'one row inserted and committed',
  L1: 'bare workflow: one update, and it ends',
  L2: "the product's life, empty activities",
  L3: "L2 with the product's projections",
  L4noDocuments: 'the product without its documents',
  L4: 'the product',
  Q1: 'pg-boss, empty steps',
  Q2: 'DBOS Transact, empty steps',
  Q1projections: "pg-boss with the product's projections",
  Q2projections: "DBOS with the product's projections",
} as const;
export type RungKey = keyof typeof RUNG_TITLES;

/** The rungs of the ladder, in the order in which they are climbed. */
export const RUNGS = (Object.keys(RUNG_TITLES) as RungKey[]).map((key) => ({ key, title: RUNG_TITLES[key] }));

/** With how many at once a rung is measured: the libraries with projections with the most only. */
export function concurrenciesOf(key: RungKey): readonly number[] {
  return key.endsWith('projections') ? CONCURRENCIES.slice(-1) : CONCURRENCIES;
}

const of = (name: string, title: string, unit: string): FigureDefinition => ({ name, title, unit });
const atLeast = (target: number, figure: FigureDefinition) => ({ ...figure, target, better: 'more' as const });
const atMost = (target: number, figure: FigureDefinition) => ({ ...figure, target, better: 'less' as const });

const ladder = RUNGS.flatMap(({ key, title }) =>
  concurrenciesOf(key).flatMap((at) => [
    of(`ladder.${key}.rate.c${at}`, `${title}; ${at} at once`, key === 'L0' ? 'rows/s' : 'practices/s'),
    of(`ladder.${key}.life.p50.c${at}`, 'whole life, median', 'ms'),
    of(`ladder.${key}.life.p99.c${at}`, 'whole life, 99th percentile', 'ms'),
    of(`ladder.${key}.submit.p50.c${at}`, 'answer to the submission, median', 'ms'),
    of(`ladder.${key}.submit.p99.c${at}`, 'answer to the submission, 99th percentile', 'ms'),
  ]),
);

const ratios = [
  of('ladder.L2.best', 'L2 at its best: practices at once', 'at once'),
  of('ladder.L4.best', 'L4 at its best: practices at once', 'at once'),
  atLeast(0.75, of('ladder.ratio.L4toL2', 'L4 ÷ L2, each at its best', 'ratio')),
  of('ladder.ratio.L4noDocumentstoL2', 'L4 without documents ÷ L2, each at its best', 'ratio'),
  of('ladder.ratio.L3toL2', 'L3 ÷ L2, each at its best', 'ratio'),
];

const PROCESSES = ['api', 'worker', 'temporal', 'postgresql', 'sandbox', 'generator'] as const;
const practice = [
  atMost(120, of('practice.events', 'events of history, the longest', 'events')),
  atMost(40 * 1024, of('practice.historyBytes', 'bytes of history, the largest', 'bytes')),
  of('practice.actions', "actions, as Temporal's cloud counts them", 'actions'),
  of('practice.activities', 'activities', 'activities'),
  of('practice.statements.application', 'SQL statements on the database of the application', 'statements'),
  of('practice.statements.temporal', 'SQL statements on the databases of Temporal', 'statements'),
  ...PROCESSES.map((name) => of(`practice.cpu.${name}`, `CPU of ${name}`, 'ms')),
  of('practice.cpu.total', 'CPU of all of them, the generator left out', 'ms'),
];

const LOADS = [
  { key: 'half', title: 'at ½ of the best rate' },
  { key: 'threeQuarters', title: 'at ¾ of the best rate' },
] as const;
const open = LOADS.flatMap(({ key, title }) => [
  of(`open.${key}.rate`, `practices begun ${title}`, 'practices/s'),
  of(`open.${key}.life.p50`, `whole life from the intended instant ${title}, median`, 'ms'),
  of(`open.${key}.life.p99`, `whole life from the intended instant ${title}, 99th percentile`, 'ms'),
  of(`open.${key}.registered.p50`, `submission to registration ${title}, median`, 'ms'),
  key === 'half'
    ? atMost(1000, of(`open.${key}.registered.p99`, `submission to registration ${title}, 99th percentile`, 'ms'))
    : of(`open.${key}.registered.p99`, `submission to registration ${title}, 99th percentile`, 'ms'),
  of(`open.${key}.paidToRegistered.p50`, `receipt of payment to registration ${title}, median`, 'ms'),
  of(`open.${key}.paidToRegistered.p99`, `receipt of payment to registration ${title}, 99th percentile`, 'ms'),
  ...ROUTES.flatMap((route) => [
    of(`open.${key}.api.${route}.p95`, `API ${route} ${title}, 95th percentile`, 'ms'),
    of(`open.${key}.api.${route}.p99`, `API ${route} ${title}, 99th percentile`, 'ms'),
  ]),
]);

const acceptance = [
  of('acceptance.rate', 'submissions sent', 'per s'),
  of('acceptance.submissions', 'submissions', 'submissions'),
  of('acceptance.safe.p50', 'submission safe: intended instant to commit, median', 'ms'),
  atMost(300, of('acceptance.safe.p95', 'submission safe: intended instant to commit, 95th percentile', 'ms')),
  of('acceptance.answer.p50', 'submission answered: intended instant to answer, median', 'ms'),
  atMost(300, of('acceptance.answer.p95', 'submission answered: intended instant to answer, 95th percentile', 'ms')),
  of('acceptance.answeredAtOnce', 'answered 200: the effect was visible', 'share'),
  atMost(0, of('acceptance.lost', 'submissions lost under this load', 'submissions')),
  atMost(0, of('acceptance.unregistered', 'submissions not registered in the end', 'submissions')),
  of('acceptance.drain', 'from the last submission until all were registered', 's'),
];

const saves = [
  atLeast(200, of('saves.rate', 'saves of drafts, 16 clients', 'saves/s')),
  of('saves.p50', 'a save, median', 'ms'),
  of('saves.p95', 'a save, 95th percentile', 'ms'),
  atMost(0, of('saves.lost', 'saves acknowledged and not found', 'saves')),
];

const cold = [
  of('cold.p50', 'act on a practice that the worker has forgotten, median', 'ms'),
  of('cold.p99', 'the same, 99th percentile', 'ms'),
  of('cold.warm.p50', 'the same act on one that it remembers, median', 'ms'),
];

export const VICTIMS = ['worker', 'api', 'temporal'] as const;
const recovery = [
  of('recovery.before.p99', 'submission intended to registered before the kills, 99th percentile', 'ms'),
  ...VICTIMS.flatMap((victim) => [
    atMost(30, of(`recovery.${victim}.seconds`, `kill -9 of ${victim}: until all is as before`, 's')),
    of(`recovery.${victim}.worst`, `kill -9 of ${victim}: the slowest submission`, 'ms'),
    atMost(0, of(`recovery.${victim}.lost`, `kill -9 of ${victim}: practices that did not finish`, 'practices')),
  ]),
];

const memory = [
  of('memory.slope', 'worker, for each 1,000 open practices that it remembers', 'MB'),
  of('memory.temporalSlope', 'Temporal server, for each 1,000 open practices', 'MB'),
  of('memory.open', 'practices open in the end', 'practices'),
  of('memory.openRate', 'practices opened', 'per s'),
  atMost(1024, of('memory.worker', 'worker with all of them open, as it is configured', 'MB')),
  of('memory.temporal', 'Temporal server with all of them open', 'MB'),
  ...(['few', 'many'] as const).flatMap((key) => [
    of(`memory.${key}.open`, `open practices while new ones are lived (${key})`, 'practices'),
    of(`memory.${key}.rate`, `whole lives per second with ${key} open, 8 at once`, 'practices/s'),
    of(`memory.${key}.cpu`, `CPU of a whole life with ${key} open, the generator left out`, 'ms'),
  ]),
];

const lists = [
  of('lists.practices', 'practices in the database', 'practices'),
  of('lists.rate', 'lists answered, 16 officers who read in between', 'per s'),
  of('lists.busyRate', 'lists answered, 16 clients without a pause', 'per s'),
  atMost(0, of('lists.errors', 'lists that failed', 'requests')),
  ...LIST_QUESTIONS.flatMap(({ key, title, exact }) => [
    of(`lists.${key}.p50`, `${title}, median`, 'ms'),
    atMost(exact ? 20 : 150, of(`lists.${key}.p95`, `${title}, 95th percentile`, 'ms')),
    of(`lists.${key}.busyP95`, `${title}, 95th percentile without a pause`, 'ms'),
  ]),
];

/** Every figure, in the order of the report. */
export const CATALOGUE: readonly FigureDefinition[] = [
  ...ladder,
  ...ratios,
  ...practice,
  ...open,
  ...acceptance,
  ...saves,
  ...cold,
  ...recovery,
  ...memory,
  ...lists,
];
