import { CACHED_PRACTICES } from '../../../src/platform/temporal/worker';
import type { Report } from '../figures';
import { LATENCY_MS } from '../stack/product';
import { missedTargets } from './missed';
import { ladderTable, partTable, questionTable, routeTable, targetTable, verdict, WAITS_AT } from './text';
import { tuningTable } from './tuning';

/** The page for people. Everything in it comes from the report, so that text and data can't disagree. */
export function page(report: Report, picture: string): string {
  const { machine, commit, date, form, seed, minutes, figures } = report;
  const summary = figures.filter(({ name }) => /^lists\.[a-z]+$/i.test(name));
  const settings = Object.entries(machine.settings).map(([name, value]) => `\`${name} = ${value}\``);
  return `# Benchmarks

<!-- Written by \`npm run bench\` from benchmarks.json: do not edit. -->

What Iter does on one small machine, what the engine below it could do at most, and what it costs. **${verdict(report)}** A target that
was not reached is shown as not reached.

![The ladder](${picture})

## Machine

${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB; ${machine.system}; Node ${machine.node}; PostgreSQL ${machine.postgresql} (${settings.join(', ')});
Temporal server ${machine.temporal} with 512 shards. Commit \`${commit}\`, ${date.slice(0, 10)}, ${form} form, ${minutes.toFixed(0)} minutes, seed ${seed}.
${again(report)}
Everything runs on this one machine and shares its cores: PostgreSQL with the databases of Temporal and of Iter, the Temporal server, API, worker,
the doubles of outside systems, and the generator of the load. On a machine of its own each would be faster.

## Targets

${targetTable(figures)}

${missedTargets(report)}
## How it is measured

- **A practice** is the demo's permit: draft, upload of one file, save, submission, payment, registration, taking in charge, approval,
  registration of the decision. It has ended when PostgreSQL shows the decision; people act as soon as they can.
- **Processes** are started as an operator starts them (\`iter api\`, \`iter worker\`, \`iter sandbox\`), with the settings they have by default. The
  generator is a process of its own and speaks HTTP. It watches practices with one query for all of them every 20 ms, under a role whose
  statements are not counted.
- **Outside systems** answer after ${LATENCY_MS} ms (payment gateway, mail server). The built-in register is a table of our own database and
  answers as fast as that.
- **The ladder** puts the same load on each rung: so many lives at once, who ends one begins the next; after a warm-up three windows, of which the
  median and, in brackets, the extremes are shown.${warmedUp(report)} L2 plays the notes of a life that the product has lived in the same run, read from its history:
  the same activities on the same queues, the same updates, signals and timers in the same order, with activities that do nothing. L3 puts the
  product's own projections in. L4 is the product; without documents its PDF/A files are a few fixed bytes. Q1 and Q2 do the same steps on
  libraries that keep their state in PostgreSQL; queues of pg-boss are woken by whoever sends, which spares it its half second of polling.
- **Open loop**: practices begin at random instants (Poisson) whatever became of those before; times count from the intended instant.
- **Instants of the database** are those of the commit (\`track_commit_timestamp\`).

## Ladder

${ladderTable(figures)}

Waits are those with ${WAITS_AT} at once, or with as many as the rung was measured with. What Q1 and Q2 lack is what the engine is paid for: a history that says what happened, timers of months, code that
is replayed across releases, a screen for administrators, and recovery that is not ours to write.

${partTable(figures, 'ladder.ratio')}

## One practice

Means of practices lived 8 at once; the generator's share is shown and not counted. Begin and commit are statements.

${partTable(figures, 'practice')}

## Open loop

\`registered\`: from the instant at which the submission was received to the commit of its registration, the payment included, which is made as soon as
the position is open. \`paidToRegistered\`: from the receipt of the payment.

${partTable(figures, 'open')}

What a request waits for, from sending to the whole answer; acts wait for their effect:

${routeTable(figures)}

## Acceptance of submissions

Drafts of the demo's report of a nuisance, which is registered without anybody's help, are submitted evenly. *Safe* is the commit of the frozen
submission. *Answer* is what the applicant waits for: the API waits up to two seconds for the effect before it answers 202 with a receipt.

${partTable(figures, 'acceptance')}

## Saves of drafts

${partTable(figures, 'saves')}

## An act on a forgotten practice

The worker has been restarted and reads the whole history before it can answer.

${partTable(figures, 'cold')}

## Recovery

\`kill -9\` under open-loop load at half of the best rate; a new process is started at once, as a supervisor does. What is measured of each practice is
the time from its intended instant to its registration. All is as before when the 99th percentile of every later window of five seconds is at most
twice that of before.

${partTable(figures, 'recovery')}

## Open practices

Copies of a practice in charge, each with its workflow begun from its snapshot (the door of \`iter engine rebuild\`). The slope is measured with a
cache that holds them all; the worker as it is configured remembers ${CACHED_PRACTICES}.

${partTable(figures, 'memory')}

## What was tuned

Each line was measured before and after on the same machine, other work on it included where it says so.

${tuningTable()}

## Lists and search

16 officials ask the API one question after the other, mixed as a back-office does, and read for a quarter of a second before the next; the
practices were put into the database by SQL. Without a pause the API always has sixteen questions to answer on one core, and what is measured is
mostly the wait for one's turn.

${questionTable(figures)}

${partTable(summary, 'lists')}
`;
}

function warmedUp({ warmUpLives }: Report): string {
  if (warmUpLives === undefined)
    return ' Processes had just started: what is compiled while it runs is in the figures.';
  return ` Before, ${warmUpLives} lives count nowhere: a process that has just started compiles while it works.`;
}

/** Parts that were measured by themselves after the whole run. */
function again({ measuredAgain = [] }: Report): string {
  const lines = measuredAgain.map(
    ({ part, commit, date }) => `\`${part}\` at commit \`${commit}\`, ${date.slice(0, 10)}`,
  );
  return lines.length === 0
    ? ''
    : `Measured again on the same machine, after what is told under "What was tuned": ${lines.join('; ')}.\n`;
}
