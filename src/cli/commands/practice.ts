import { parseArgs } from 'node:util';
import { MIN_REASON } from '../../application/administration/act-as-administrator';
import type { Administration } from '../../application/administration/administration';
import { explainPractice } from '../../application/administration/explain';
import { type FoundPractice, findPractice } from '../../application/administration/find-practice';
import { parkPractice } from '../../application/administration/park';
import { retryPractice } from '../../application/administration/retry';
import type { Config } from '../../platform/config';
import { withAdministration } from '../practice/administration';
import { explanationLines } from '../practice/explanation-text';
import { errorLine, line } from '../terminal';

/** Exit codes, for scripts that watch. */
export const EXIT = { fine: 0, failed: 1, usage: 2, attention: 3, notFound: 4 } as const;

export const PRACTICE_USAGE: readonly string[] = [
  'practice explain <id | code | registration> [--tenant code] [--json]',
  'practice retry <id> [--tenant code] [--from-snapshot] [--as-administrator <username> --reason "…"]',
  'practice park <id> --reason "…" [--tenant code]',
];

const OPTIONS = {
  tenant: { type: 'string' },
  json: { type: 'boolean' },
  reason: { type: 'string' },
  'as-administrator': { type: 'string' },
  'from-snapshot': { type: 'boolean' },
} as const;

interface Given {
  readonly tenant?: string | undefined;
  readonly json?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly 'as-administrator'?: string | undefined;
  readonly 'from-snapshot'?: boolean | undefined;
}

type SubCommand = (admin: Administration, practice: FoundPractice, given: Given) => Promise<number>;

const SUB_COMMANDS: Readonly<Record<string, SubCommand>> = { explain, retry, park };

/**
 * `iter practice …`: what a practice waits for and how to let it go on. Answers 0 when all is well, 3 when it needs
 * attention, 4 when there is no such practice, 2 when the command was not understood.
 */
export async function practice(config: Config, args: readonly string[]): Promise<number> {
  const parsed = parse(args);
  const wrong = typeof parsed === 'string' ? parsed : mistakeIn(parsed.name, parsed.given);
  if (typeof parsed === 'string' || wrong !== undefined) {
    errorLine(`${wrong}\n\n${PRACTICE_USAGE.map((text) => `  npx iter ${text}`).join('\n')}`);
    return EXIT.usage;
  }
  return withAdministration(config, async (admin) => {
    const search = await findPractice(admin.db, parsed.text, parsed.given.tenant);
    switch (search.kind) {
      case 'notFound':
        errorLine(`No practice is known as "${parsed.text}".`);
        return EXIT.notFound;
      case 'ambiguous': {
        const rows = search.candidates.map(({ tenant, id }) => `  --tenant ${tenant}   ${id}`);
        errorLine(
          `"${parsed.text}" is more than one practice; repeat with the body or with the id:\n${rows.join('\n')}`,
        );
        return EXIT.usage;
      }
      case 'found':
        return parsed.run(admin, search.practice, parsed.given);
    }
  });
}

function parse(args: readonly string[]) {
  try {
    const { values: given, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [name = '', text, ...more] = positionals;
    const run = Object.hasOwn(SUB_COMMANDS, name) ? SUB_COMMANDS[name] : undefined;
    if (!run) return name === '' ? 'What about practices?' : `"practice ${name}" is no command.`;
    if (text === undefined || more.length > 0) return 'Name one practice.';
    return { name, run, text, given };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function mistakeIn(name: string, given: Given): string | undefined {
  const { reason, 'as-administrator': username } = given;
  if (name === 'park' && !reason) return 'Say why with --reason.';
  if (name !== 'retry' || username === undefined) return undefined;
  if ((reason?.trim().length ?? 0) < MIN_REASON) {
    return `An act needs a reason of at least ${MIN_REASON} characters: --reason.`;
  }
  return undefined;
}

async function explain(admin: Administration, found: FoundPractice, given: Given): Promise<number> {
  const explanation = await explainPractice(admin, found);
  if (given.json) line(JSON.stringify(explanation, undefined, 2));
  else for (const text of explanationLines(explanation)) line(text);
  return explanation.trouble.length === 0 ? EXIT.fine : EXIT.attention;
}

async function retry(admin: Administration, found: FoundPractice, given: Given): Promise<number> {
  const { reason, 'as-administrator': username } = given;
  const { done, left } = await retryPractice(admin, found, {
    fromSnapshot: given['from-snapshot'] ?? false,
    ...(username !== undefined && reason !== undefined && { asAdministrator: { username, reason: reason.trim() } }),
  });
  if (given.json) line(JSON.stringify({ practice: found.row.id, done, left }, undefined, 2));
  else {
    for (const text of done) line(`Done: ${text}.`);
    for (const text of left) line(`Left: ${text}.`);
  }
  return left.length === 0 ? EXIT.fine : EXIT.attention;
}

async function park(admin: Administration, found: FoundPractice, given: Given): Promise<number> {
  const result = await parkPractice(admin, found, given.reason ?? '');
  switch (result.kind) {
    case 'parked':
      line(
        `Parked: ${result.reason}. Acts are taken and wait. Let it go on with: npx iter practice retry ${found.row.id}`,
      );
      return EXIT.fine;
    case 'asked':
      line('Asked: Temporal has the signal; the practice is parked as soon as a worker answers.');
      return EXIT.attention;
    case 'notRunning':
      errorLine(`Nothing to park: its workflow is ${result.status}.`);
      return EXIT.attention;
    case 'badReason':
      errorLine(`Not parked: ${result.why}.`);
      return EXIT.usage;
  }
}
