import type { Explanation } from '../../application/administration/explain';
import { epochMs, type Instant } from '../../domain/ids';
import { ACT_LABELS } from '../../domain/practice/acts';
import { romeText } from '../../domain/terms/rome';
import { columns } from '../terminal';

/** An explanation as an administrator reads it at night: plain English, times in Europe/Rome, what is wrong first. */
export function explanationLines(e: Explanation): readonly string[] {
  return [
    ...headLines(e),
    ...section('Needs attention', e.trouble),
    ...section('Waits for', waitLines(e)),
    ...section('Comes next', nextLines(e)),
    ...section('What to do', remedyLines(e)),
    ...section('In Temporal', engineLines(e)),
    ...section('Acts and receipts without outcome', inboxLines(e)),
    ...section('Registrations without number', registrationLines(e)),
    ...section('Open payments', paymentLines(e)),
    ...section(
      'Mails not sent',
      e.mails.map(({ status, count }) => `${status}: ${count}`),
    ),
    ...section('Last events', eventLines(e)),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((text) => `  ${text}`)];
}

function headLines({ practice: p, since, now }: Explanation): readonly string[] {
  const names = [p.code ?? 'draft without code', p.registration && `registered as ${p.registration}`].filter(Boolean);
  const ended = p.ended ? ', ended' : '';
  return [
    `${names.join(', ')}: service ${p.service} (version ${p.serviceVersion}) of ${p.tenant}`,
    `Id ${p.id}, event ${p.seq}`,
    `State: ${p.status} ("${p.statusLabel}")${ended}${p.discarded ? ', discarded' : ''} since ${when(since, now)}`,
    ...(p.receivedAt
      ? [`Arrived ${romeText(p.receivedAt)}${p.answerBy ? `, to be answered by ${p.answerBy}` : ''}`]
      : []),
  ];
}

function waitLines({ waitingFor, since, now }: Explanation): readonly string[] {
  return waitingFor.flatMap(({ on, what, acts }) => [
    `${on}: ${what} (since ${when(since, now)})`,
    ...(acts.length > 0 ? [`  possible: ${acts.map((act) => `${act} ("${ACT_LABELS[act]}")`).join(', ')}`] : []),
  ]);
}

function nextLines({ next: { step, deadlines }, practice }: Explanation): readonly string[] {
  const rest = practice.ended
    ? 'nothing: it has ended'
    : 'nothing by itself: it rests until an act, money or a deadline';
  return [
    step ? `by itself: ${step.what}, because ${step.why}` : rest,
    ...deadlines.flatMap(({ kind, until, expiresAt, effect, rule }) => [
      `deadline ${kind}: until ${until} (takes effect ${romeText(expiresAt)})`,
      `  then ${effect}; ${rule}`,
    ]),
  ];
}

function remedyLines({ attention, tasks, now }: Explanation): readonly string[] {
  const flagged = attention.map(({ reason, means, remedy }) => [`${reason}: ${means}`, `  ${remedy}`]);
  const open = tasks.map(({ reason, openedAt, detail, means, remedy }) => [
    `task ${reason}, open since ${when(openedAt, now)}: ${means}`,
    `  ${remedy}`,
    `  detail ${JSON.stringify(detail)}`,
  ]);
  const told = new Set(tasks.map((task) => task.reason));
  return [...flagged.filter((_, index) => !told.has(attention[index]?.reason ?? '')), ...open].flat();
}

function engineLines({ engine, practice, now }: Explanation): readonly string[] {
  if (engine.kind === 'unreachable') return [`no answer: ${engine.reason}`];
  if (engine.kind === 'missing') {
    return [
      engine.agreement === 'agrees'
        ? `${engine.workflowId}: not there any more, and nothing is left to do`
        : `${engine.workflowId}: not there. Start it again: npx iter practice retry ${practice.id}`,
    ];
  }
  const { answer } = engine;
  const parked = answer ? (answer.parked === null ? 'not parked' : `PARKED: ${answer.parked}`) : undefined;
  return [
    `${engine.workflowId}, run ${engine.runId}: ${engine.status.toLowerCase()} since ${romeText(engine.startedAt)}`,
    `${engine.historyLength} history events${answer ? `, at event ${answer.seq}, ${parked}` : ''}`,
    ...(engine.noAnswer ? [`no worker answered for it: ${engine.noAnswer}`] : []),
    ...engine.pending.map(({ type, attempt, lastFailure, nextAttempt }) => {
      const next = nextAttempt ? `, again ${when(nextAttempt, now)}` : '';
      return `activity ${type}, attempt ${attempt}${next}${lastFailure ? `: ${lastFailure}` : ''}`;
    }),
  ];
}

function inboxLines({ inbox, now }: Explanation): readonly string[] {
  return inbox.flatMap(({ id, type, by, receivedAt, attempts, lastError, notBefore }) => [
    `${type} by ${by}, received ${when(receivedAt, now)}, ${attempts} attempts, command ${id}`,
    ...(lastError ? [`  last error: ${lastError}`] : []),
    ...(notBefore && notBefore > now ? [`  sent again ${when(notBefore, now)}`] : []),
  ]);
}

function registrationLines({ registrations, now }: Explanation): readonly string[] {
  return registrations.map(({ document, system, status, since, attempts, errorCode }) => {
    const error = errorCode ? `, error ${errorCode}` : '';
    return `document ${document} at ${system}: ${status} since ${when(since, now)}, ${attempts} attempts${error}`;
  });
}

function paymentLines({ payments }: Explanation): readonly string[] {
  return payments.map(({ ordinal, phase, status, amountCents, expiresAt }) => {
    const amount = `${Math.floor(amountCents / 100)},${String(amountCents % 100).padStart(2, '0')} EUR`;
    return `payment ${ordinal} (${phase}): ${amount}, ${status}, to be paid by ${romeText(expiresAt)}`;
  });
}

function eventLines({ events }: Explanation): readonly string[] {
  return columns(
    events.map(({ seq, at, type, label, by }) => [String(seq), romeText(at), type, label, by ?? 'by itself']),
    '',
  );
}

/** An instant in Europe/Rome with its distance from now: `24/11/2026, 11:05 (3 h ago)`. */
function when(at: Instant, now: Instant): string {
  const ms = epochMs(now) - epochMs(at);
  const distance = ageText(Math.abs(ms));
  return `${romeText(at)} (${ms >= 0 ? `${distance} ago` : `in ${distance}`})`;
}

function ageText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.floor(ms / 1000)} s`;
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}
