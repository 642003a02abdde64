import { parseArgs } from 'node:util';
import { type RebuildLine, rebuildEngine } from '../../application/administration/rebuild';
import type { Config } from '../../platform/config';
import { withAdministration } from '../practice/administration';
import { errorLine, line } from '../terminal';
import { EXIT } from './practice';

export const ENGINE_USAGE: readonly string[] = ['engine rebuild [--dry-run] [--tenant code]'];

const OPTIONS = { 'dry-run': { type: 'boolean' }, tenant: { type: 'string' } } as const;

/**
 * `iter engine rebuild`: starts again from their snapshots the practices that Temporal has lost. Answers 0 when every
 * practice runs and agrees afterwards, 3 when some could not be judged or restarted, or, with --dry-run, when some
 * would be restarted.
 */
export async function engine(config: Config, args: readonly string[]): Promise<number> {
  const given = parse(args);
  if (typeof given === 'string') {
    errorLine(`${given}\n\n${ENGINE_USAGE.map((text) => `  npx iter ${text}`).join('\n')}`);
    return EXIT.usage;
  }
  return withAdministration(config, async (admin) => {
    const { tenant, dryRun } = given;
    let lines = 0;
    const report = (row: RebuildLine) => {
      if (lines === 0) line(tableRow(['tenant', 'practice', 'state', 'event', 'in Temporal', 'action']));
      lines += 1;
      line(rebuildRow(row));
    };
    const result = await rebuildEngine(admin, { dryRun, report, ...(tenant !== undefined && { tenant }) });
    const { examined, agreed, restarted, leftToSender, unsolved } = result;
    line(
      `${examined} practices have something left to do: ${agreed} run and agree, ` +
        `${restarted} ${dryRun ? 'would be restarted' : 'restarted'}, ` +
        `${leftToSender} are left to the sender, ${unsolved} unsolved.`,
    );
    return unsolved > 0 || (dryRun && restarted > 0) ? EXIT.attention : EXIT.fine;
  });
}

function parse(args: readonly string[]): { readonly dryRun: boolean; readonly tenant?: string } | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (positionals.length !== 1 || positionals[0] !== 'rebuild') return 'Only "rebuild" can be done to the engine.';
    return { dryRun: values['dry-run'] ?? false, ...(values.tenant !== undefined && { tenant: values.tenant }) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const WIDTHS = [12, 36, 20, 5, 16] as const;

function tableRow(cells: readonly string[]): string {
  return cells.map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0)).join('  ');
}

function rebuildRow({ tenant, id, status, seq, engine: seen, action, reason }: RebuildLine): string {
  return tableRow([tenant, id, status, String(seq), seen, reason ? `${action}: ${reason}` : action]);
}
