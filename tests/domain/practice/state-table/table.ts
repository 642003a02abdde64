import type { RefusalCode } from '../../../../src/domain/errors';
import { ACTS, type Act } from '../../../../src/domain/practice/acts';
import type { CommandFacts } from '../../../../src/domain/practice/command';
import { decide } from '../../../../src/domain/practice/decide';
import { guard } from '../../../../src/domain/practice/guard';
import { onDeadline, onReceipt } from '../../../../src/domain/practice/happenings';
import { STATUSES, type Status } from '../../../../src/domain/practice/states';
import { nearestDeadline } from '../../../../src/domain/terms/practice-clock';
import { fold, news } from '../../support';
import { workOf } from '../automatic';
import { type Kind, PEOPLE, type Person } from '../kinds';
import type { Life } from '../life';
import { FEE, situation } from './situations';

/** States by two letters, as the tables write them. */
export const CODES: Readonly<Record<Status, string>> = {
  draft: 'dr',
  awaitingStamps: 'st',
  awaitingPayment: 'pa',
  awaitingOutcome: 'ou',
  submitted: 'su',
  received: 're',
  toAccept: 'ta',
  registering: 'rg',
  registered: 'rd',
  inCharge: 'ic',
  integrationRequested: 'ir',
  awaitingIntegration: 'ai',
  integrationReceived: 'iv',
  rejectionNoticed: 'no',
  deciding: 'de',
  awaitingFinalStamps: 'fs',
  awaitingFinalPayment: 'fp',
  registeringOutcome: 'ro',
  approved: 'ap',
  partiallyApproved: 'pp',
  rejected: 'rj',
  withdrawn: 'wd',
  archived: 'ar',
  annulled: 'an',
  expired: 'ex',
};

/** Marks of a cell in place of where the act leads: why everybody who might do it cannot do it here. */
const REFUSED: Readonly<Record<string, RefusalCode>> = {
  '.': 'ACT_NOT_ALLOWED_IN_STATE',
  '#': 'PRACTICE_CLOSED',
  S: 'ACT_DISABLED_BY_SERVICE',
  r: 'NOT_REGISTERED_YET',
  c: 'ALREADY_IN_CHARGE',
  b: 'NOBODY_IN_CHARGE',
  n: 'NOTHING_TO_RETRY',
  w: 'WITHDRAW_BEFORE_REGISTRATION',
  m: 'WITHDRAW_AFTER_PAYMENT',
  a: 'ALREADY_NOTICED',
  p: 'PHASE_NOT_DECIDING',
};

/**
 * Who may do an act where the state lets it be done, written from the manual's rules and not from the code. `+` may;
 * `R` has not the role; `N` is not whose practice it is; `H` does not have it in charge; `Y` has it in charge already.
 */
const WHO = rowsOf(`
                     applicant author holder colleague manager stranger auditor
createDraft          +         +      +      +         +       +        R
deleteDraft          +         +      N      N         N       N        R
submit               +         +      N      N         N       N        R
provideStamps        +         R      R      R         R       N        R
reportPayment        +         R      R      R         R       N        R
retryPayment         +         +      +      +         +       +        R
recordCounterPayment R         +      +      +         +       R        R
accept               R         +      +      +         +       R        R
takeCharge           R         +      +      +         +       R        R
takeOver             R         +      Y      +         +       R        R
assign               R         +      +      +         +       R        R
release              R         H      +      H         H       R        R
setPriority          R         +      +      +         +       R        R
changePhase          R         H      +      H         H       R        R
communicateStart     R         H      +      H         H       R        R
requestIntegration   R         H      +      H         H       R        R
answerIntegration    +         R      R      R         R       N        R
acceptMessages       R         H      +      H         H       R        R
cancelIntegration    R         H      +      H         H       R        R
noticeRejection      R         H      +      H         H       R        R
submitObservations   +         R      R      R         R       N        R
approve              R         H      +      H         H       R        R
approvePartially     R         H      +      H         H       R        R
reject               R         H      +      H         H       R        R
communicate          R         H      +      H         H       R        R
withdraw             +         R      R      R         R       N        R
archive              R         H      +      H         H       R        R
annul                R         R      R      R         +       R        R
reopen               R         +      +      +         +       R        R
retryRegistration    R         +      +      +         +       R        R
`);

const FACTS: Readonly<Partial<Record<Act, CommandFacts>>> = {
  assign: { assignTo: { operator: PEOPLE.colleague.id } },
  changePhase: { phase: 'review' },
  setPriority: { priority: 'high' },
};

/** What moves a practice besides acts: the money that is asked for, the nearest deadline, the next automatic step. */
const BY_ITSELF = ['money', 'time', 'work'] as const;

/**
 * One table per kind of service, as tests: rows are acts, columns the states in which a practice of that kind can rest.
 * A cell says where the act leads (`=`: it stays), or why it is refused. `money`: `f` is flagged for a refund, `-` has no
 * effect; `time` and `work`: `-` nothing is waited for, nothing is to be done.
 */
export function describeTable(kind: Kind, text: string): void {
  const rows = rowsOf(text);
  const columns = [...(rows.values().next().value?.keys() ?? [])];
  const statuses = STATUSES.filter((status) => columns.includes(CODES[status]));

  test('the table has a row for every act and everything else that moves a practice', () => {
    expect([...rows.keys()]).toEqual([...ACTS, ...BY_ITSELF]);
    expect(statuses.map((status) => CODES[status])).toEqual(columns);
  });

  test('no act leads to a state that this kind of practice does not have', () => {
    const cells = [...rows.values()].flatMap((row) => [...row.values()]);
    const places = new Set(cells.filter((cell) => /^[a-z]{2}$/.test(cell)));
    expect([...places].filter((place) => !columns.includes(place))).toEqual([]);
  });

  test.each(statuses)('in %s each act is allowed to whom it belongs, and leads where the table says', (status) => {
    const life = situation(kind, status);
    expect(life.state.status).toBe(status);
    const found: string[] = [];
    const expected: string[] = [];
    for (const act of ACTS) {
      for (const person of Object.keys(PEOPLE) as Person[]) {
        const cell = cellOf(rows, act, CODES[status]);
        found.push(`${act} by ${person}: ${answer(life, kind, act, person)}`);
        expected.push(`${act} by ${person}: ${verdict(cell, cellOf(WHO, act, person), status)}`);
      }
    }
    expect(found).toEqual(expected);
  });

  test.each(statuses)('in %s money, time and the engine move it where the table says', (status) => {
    const life = situation(kind, status);
    const expected = BY_ITSELF.map((row) => `${row}: ${cellOf(rows, row, CODES[status])}`);
    expect([`money: ${money(life)}`, `time: ${time(life)}`, `work: ${work(life)}`]).toEqual(expected);
  });
}

/** What the engine says and does. */
function answer(life: Life, kind: Kind, act: Act, person: Person): string {
  const fee = act === 'submit' && kind.startsWith('payment only') ? FEE : FACTS[act];
  const command = life.command(act, person, fee);
  const refusal = guard(life.state, life.clock, command);
  if (refusal) return refusal.code;
  return `leads to ${CODES[fold(life.state, `act:${command.id}`, decide(life.state, command)).state.status]}`;
}

/** What the table says: role and service first, then whose practice it is, then the state, then who has it in charge. */
function verdict(cell: string, who: string, status: Status): string {
  if (who === 'R') return 'ROLE_NOT_ALLOWED';
  if (cell === 'S') return 'ACT_DISABLED_BY_SERVICE';
  if (who === 'N') return 'NOT_APPLICANT';
  if (cell === '.' || cell === '#') return REFUSED[cell] ?? cell;
  if (who === 'H') return 'NOT_ASSIGNEE';
  const refusal = REFUSED[cell];
  if (refusal) return refusal;
  if (who === 'Y') return 'ALREADY_YOURS';
  return `leads to ${cell === '=' ? CODES[status] : cell}`;
}

function money(life: Life): string {
  const { payment } = life.state;
  const receipt = news({
    payment: payment?.ordinal ?? 1,
    amountCents: payment?.amountCents ?? 1600,
    paidAt: life.now,
    receivedAt: life.now,
  });
  const drafts = onReceipt(life.state, life.clock, receipt);
  if (drafts.length === 0) return '-';
  return drafts[0]?.type === 'attentionRaised' ? 'f' : destination(life, drafts);
}

function time(life: Life): string {
  const due = nearestDeadline(life.clock);
  return due ? destination(life, onDeadline(life.state, due)) : '-';
}

function work(life: Life): string {
  const next = workOf(life.state, life.now);
  return next ? destination(life, next.events) : '-';
}

function destination(life: Life, drafts: Parameters<typeof fold>[2]): string {
  const { status } = fold(life.state, 'step:table', drafts).state;
  return status === life.state.status ? '=' : CODES[status];
}

type Rows = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A table written as text: header, then one row per line. */
function rowsOf(text: string): Rows {
  const [header = [], ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/));
  return new Map(
    lines.map(([name = '', ...cells]) => [name, new Map(header.map((column, index) => [column, cells[index] ?? '?']))]),
  );
}

function cellOf(rows: Rows, row: string, column: string): string {
  const cell = rows.get(row)?.get(column);
  if (cell === undefined) throw new Error(`the table says nothing of ${row} in ${column}`);
  return cell;
}
