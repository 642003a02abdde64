import { partsOf, type Statement, statementsOf } from './sql-statements';

/** What a file itself has made: the release before knows nothing of it, so it may be bound as one likes. */
interface Fresh {
  readonly tables: Set<string>;
  /** `table.column` that is empty until the new release writes it. */
  readonly emptyColumns: Set<string>;
}

const CONTRACT = /contract:[\s\S]*?\brelease (\d+\.\d+\.\d+)\b/i;
const DROPPED = /^drop (?:table|view|materialized view|schema|type|domain|sequence|function|extension)\b/;
/** As Prisma names what makes a row unique; `ON CONFLICT` and `upsert` of the release before need it. */
const UNIQUE_NAME = /_p?key$/;

/**
 * What in a migration the release before could not live with: what it reads and is gone, what it writes and is refused. A
 * statement is let through when a comment before it names the release that stopped using what it takes away, and that release
 * is older than the one that brings the migration: `-- Contract: "account"."phone" is not used since release 0.3.0.`
 * @param release the release that is being made
 * @returns one sentence for each statement, empty when the migration only expands
 */
export function contracting(sql: string, release: string): readonly string[] {
  const fresh: Fresh = { tables: new Set(), emptyColumns: new Set() };
  return statementsOf(sql).flatMap((statement) => {
    const why = reasonsOf(statement.tokens, fresh);
    if (why.length === 0) return [];
    const stopped = CONTRACT.exec(statement.comments.join('\n'))?.[1];
    if (stopped && isOlder(stopped, release)) return [];
    return why.map((what) => `line ${statement.line}: ${what}${stopped ? tooYoung(stopped, release) : ''}`);
  });
}

function tooYoung(stopped: string, release: string): string {
  return `; release ${stopped} is not older than ${release}, which runs beside the one before`;
}

function isOlder(release: string, than: string): boolean {
  return release.localeCompare(than, 'en', { numeric: true }) < 0;
}

function reasonsOf(tokens: Statement['tokens'], fresh: Fresh): readonly string[] {
  const text = tokens.join(' ');
  if (/^create (?:\w+ )?table\b/.test(text)) {
    fresh.tables.add(nameAfter(tokens, 'table'));
    return [];
  }
  if (/^alter (?:table|foreign)\b/.test(text)) return alterations(tokens, fresh);
  if (/^create unique index\b/.test(text)) return uniqueIndex(tokens, fresh);
  if (/^create (?:or replace )?(?:constraint )?trigger\b/.test(text)) return trigger(tokens, fresh);
  if (/^do\b/.test(text)) return ['DO hides what it does'];
  if (/^(?:truncate|revoke)\b/.test(text)) return [`${tokens[0]?.toUpperCase()} takes away what may be used`];
  if (/^alter (?!index\b)\w+ .*\brename\b/.test(text)) return ['RENAME takes away the old name'];
  if (/^drop index\b/.test(text)) return uniqueGone(nameAfter(tokens, 'index'), 'DROP INDEX');
  return DROPPED.test(text) ? [`${tokens.slice(0, 2).join(' ').toUpperCase()} takes away what may be used`] : [];
}

function alterations(tokens: Statement['tokens'], fresh: Fresh): readonly string[] {
  const table = nameAfter(tokens, 'table');
  if (fresh.tables.has(table)) return [];
  const actions = tokens.slice(tokens.findIndex((token) => shortName(token) === table) + 1);
  return partsOf(actions[0] === '*' ? actions.slice(1) : actions).flatMap((action) => alteration(table, action, fresh));
}

/** One action of an ALTER TABLE. */
function alteration(table: string, action: readonly string[], fresh: Fresh): readonly string[] {
  const text = action.join(' ');
  const of = (what: string) => [`${what} on ${table}`];
  if (/^rename\b/.test(text)) return of('RENAME takes away the old name');
  if (/^set schema\b/.test(text)) return of('SET SCHEMA takes away the old name');
  if (/^(?:enable|force) row level security\b/.test(text)) return of('ROW LEVEL SECURITY hides rows');
  if (/^drop constraint\b/.test(text)) return uniqueGone(nameAfter(action, 'constraint'), 'DROP CONSTRAINT');
  if (/^drop\b/.test(text)) return of('DROP COLUMN takes away what may be read');
  if (/^alter\b/.test(text)) return column(text).flatMap(of);
  if (/^add (?:constraint \S+ )?(?:check|unique|primary|foreign|exclude|not null)\b/.test(text)) {
    return /\bunique \(/.test(text) && distinct(table, bracketed(action, 'unique'), text, fresh)
      ? []
      : of('ADD CONSTRAINT refuses what was allowed');
  }
  return added(table, text, fresh).flatMap(of);
}

/** What ALTER COLUMN does to a column. */
function column(text: string): readonly string[] {
  const what = /^alter (?:column )?\S+ (.*)/.exec(text)?.[1] ?? '';
  if (/^set not null/.test(what)) return ['SET NOT NULL refuses what was allowed'];
  if (/^drop default/.test(what)) return ['DROP DEFAULT refuses rows that leave the column out'];
  return /^(?:set data )?type\b/.test(what) ? ['another TYPE is read and written otherwise'] : [];
}

/** A column that is added: the release before leaves it out of what it writes. */
function added(table: string, text: string, fresh: Fresh): readonly string[] {
  const [, name = '', what = ''] = /^add (?:column )?(?:if not exists )?(\S+) (.*)/.exec(text) ?? [];
  const filled = /\b(?:default|generated)\b|^(?:big|small)?serial/.test(what);
  if (!filled) fresh.emptyColumns.add(`${table}.${name}`);
  if (/\b(?:not null|primary key)\b/.test(what) && !filled) {
    return [`NOT NULL without DEFAULT refuses rows without ${name}`];
  }
  return /\bunique\b/.test(what) && /\bdefault\b/.test(what) ? ['UNIQUE refuses what was allowed'] : [];
}

function uniqueIndex(tokens: Statement['tokens'], fresh: Fresh): readonly string[] {
  const table = nameAfter(tokens, 'on');
  if (fresh.tables.has(table) || distinct(table, bracketed(tokens, 'on'), tokens.join(' '), fresh)) return [];
  return [`CREATE UNIQUE INDEX refuses what was allowed on ${table}`];
}

function trigger(tokens: Statement['tokens'], fresh: Fresh): readonly string[] {
  const table = nameAfter(tokens, 'on');
  return fresh.tables.has(table) ? [] : [`CREATE TRIGGER may refuse or change what is written to ${table}`];
}

function uniqueGone(name: string, what: string): readonly string[] {
  return UNIQUE_NAME.test(name) ? [`${what} ${name} takes away what ON CONFLICT may need`] : [];
}

/** Whether rows that leave a column of this file empty can't meet: empty is unlike empty. */
function distinct(table: string, columns: readonly string[], text: string, fresh: Fresh): boolean {
  return !/\bnulls not distinct\b/.test(text) && columns.some((name) => fresh.emptyColumns.has(`${table}.${name}`));
}

function bracketed(tokens: readonly string[], after: string): readonly string[] {
  const from = tokens.indexOf('(', tokens.indexOf(after));
  return from < 0 ? [] : tokens.slice(from + 1, tokens.indexOf(')', from)).filter((token) => token !== ',');
}

/** The name that follows a word, without its schema. */
function nameAfter(tokens: readonly string[], word: string): string {
  const rest = tokens.slice(tokens.indexOf(word) + 1);
  const fillers = ['if', 'not', 'exists', 'only', 'concurrently'];
  const first = rest.findIndex((token) => !fillers.includes(token));
  // "public"."account" comes as three tokens, public.account as one.
  return shortName((rest[first + 1] === '.' ? rest[first + 2] : rest[first]) ?? '');
}

function shortName(token: string): string {
  return token.replace(/^public\./, '');
}
