import { parseArgs } from 'node:util';
import { type RenewLine, renewPractices } from '../../application/administration/renew';
import type { Config } from '../../platform/config';
import { withAdministration } from '../practice/administration';
import { errorLine, line } from '../terminal';
import { EXIT } from './practice';

export const RENEW_USAGE: readonly string[] = ['renew [--tenant code] [--wait seconds]'];

const OPTIONS = { tenant: { type: 'string' }, wait: { type: 'string' } } as const;
const WAIT_SECONDS = 30;

/**
 * `iter renew`: after a release that changed the workflow behind `patched()`, lets open practices continue as new.
 * Answers 0 when all have, 3 when some will later or could not be asked; each is listed with the reason.
 */
export async function renew(config: Config, args: readonly string[]): Promise<number> {
  const given = parse(args);
  if (typeof given === 'string') {
    errorLine(`${given}\n\n${RENEW_USAGE.map((text) => `  npx iter ${text}`).join('\n')}`);
    return EXIT.usage;
  }
  return withAdministration(config, async (admin) => {
    const report = ({ tenant, id, status, reason }: RenewLine) => line(`${tenant}  ${id}  ${status}: ${reason}`);
    const { renewed, later, notAsked } = await renewPractices(admin, { ...given, report });
    line(`${renewed} practices renewed, ${later} will at their next rest, ${notAsked} could not be asked.`);
    return later + notAsked > 0 ? EXIT.attention : EXIT.fine;
  });
}

function parse(args: readonly string[]): { readonly waitMs: number; readonly tenant?: string } | string {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const seconds = Number(values.wait ?? WAIT_SECONDS);
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > 3600) return '--wait is a number of seconds, 0 to 3600.';
    return { waitMs: seconds * 1000, ...(values.tenant !== undefined && { tenant: values.tenant }) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
