import type { Figure, Report } from '../figures';
import { LIST_QUESTIONS } from '../lists/questions';
import { numberText } from './text';

/** Value of a figure as text. */
type Value = (name: string) => string;

/** What the profile shows of figures that may miss their target. */
const WHY: Readonly<Record<string, (value: Value, report: Report) => string>> = {
  'ladder.ratio.L4toL2': (value, report) => {
    const rate = numberOf(report.figures, `ladder.L2.rate.c${value('ladder.L2.best')}`);
    const bare = rate === undefined ? '–' : numberText((report.machine.cores * 1000) / rate);
    return (
      `L2 keeps the two cores busy for ${bare} ms a practice, with activities that do nothing. The product needs ${value('practice.cpu.total')} ms: worker ` +
      `${value('practice.cpu.worker')}, Temporal ${value('practice.cpu.temporal')}, PostgreSQL ${value('practice.cpu.postgresql')}, API ` +
      `${value('practice.cpu.api')}, outside systems ${value('practice.cpu.sandbox')}. What is between them is what a practice is: drafts, uploads and ` +
      'their checks, projections with timeline and hash chain, PDF/A documents, registration, mails, ' +
      `${value('practice.statements.application')} statements of our own. Half of the worker's part is Prisma and the driver. Documents take little: ` +
      `without them the ratio is ${value('ladder.ratio.L4noDocumentstoL2')}. The target leaves a third of what the bare workflow costs for all of it, ` +
      `and the projections alone (L3: ${value('ladder.ratio.L3toL2')}) need most of that.`
    );
  },
  'open.half.registered.p99': (value) =>
    `The median is ${value('open.half.registered.p50')} ms, ${value('open.half.paidToRegistered.p50')} ms of them from the payment on. Two cores do ` +
    'everything; the slowest hundredth waits for a turn.',
  'recovery.temporal.seconds': (value) =>
    'The new server takes over its 512 shards, and what was sent meanwhile comes all at once, on two cores. The slowest practice took ' +
    `${value('recovery.temporal.worst')} ms instead of ${value('recovery.before.p99')} ms, and none was lost; a later window had a value above twice the usual one.`,
  'memory.worker': (value) =>
    `A practice that the worker remembers takes ${value('memory.slope')} MB per thousand; what is above that is the process itself and garbage that was not yet collected.`,
};

const BY_WAITING = 'The median is far below: what is above the target waits for other questions on the same two cores.';

/** By how much each figure that was not reached misses its target, and why. Nothing when all were reached. */
export function missedTargets(report: Report): string {
  const missed = report.figures.filter(({ met }) => met === false);
  if (missed.length === 0) return '';
  const value: Value = (name) => numberText(numberOf(report.figures, name));
  const lines = missed.map((figure) => {
    const why = WHY[figure.name]?.(value, report) ?? (isQuestion(figure) ? BY_WAITING : '');
    return `- **${titleOf(figure)}**: ${distance(figure)}. ${why}`.trimEnd();
  });
  return `## What was not reached, and why\n\n${lines.join('\n')}\n`;
}

function distance({ value, target }: Figure): string {
  if (value === null || target === null) return 'no value within the time that was measured';
  const by =
    target === 0
      ? ''
      : `, ${Math.abs((value / target - 1) * 100).toFixed(0)} % ${value > target ? 'above' : 'below'} it`;
  return `${numberText(value)} instead of ${numberText(target)}${by}`;
}

function isQuestion({ name }: Figure): boolean {
  return name.startsWith('lists.') && name.endsWith('.p95');
}

function titleOf({ name }: Figure): string {
  const question = LIST_QUESTIONS.find(({ key }) => name === `lists.${key}.p95`);
  return question ? `${question.title} (\`${name}\`)` : `\`${name}\``;
}

function numberOf(figures: readonly Figure[], name: string): number | undefined {
  return figures.find((figure) => figure.name === name)?.value ?? undefined;
}
