import { join } from 'node:path';
import { type Config, engineFilePath } from '../platform/config';
import { columns } from './terminal';

/** An account of the demonstration data. */
export interface DemoLogin {
  readonly role: string;
  readonly username: string;
  readonly password: string;
  readonly name: string;
}

/** What `iter start` says when everything is ready. */
export function startSummary(
  config: Config,
  logins: readonly DemoLogin[],
  pids: ReadonlyMap<string, number>,
  seconds: number,
): readonly string[] {
  return [
    '',
    `Iter is ready (${seconds.toFixed(1)} s).`,
    '',
    ...columns(addresses(config, pids)),
    '',
    ...columns([
      ['Process', 'Pid', 'Log'],
      ...[...pids].map(([name, pid]) => [name, String(pid), join(config.home, 'logs', `${name}.log`)]),
    ]),
    ...loginLines(logins),
    ...embeddedLines(config),
    'Ctrl-C stops everything.',
  ];
}

function addresses(config: Config, pids: ReadonlyMap<string, number>): string[][] {
  const { api, database, temporal, sandbox } = config;
  const databasePlace = database.embedded
    ? `embedded, 127.0.0.1:${database.port}, database iter (URL in ${engineFilePath(config.home)})`
    : 'your own, by DATABASE_URL';
  const ours = temporal.engine === 'cluster' ? 'production server on PostgreSQL' : 'embedded';
  const temporalPlace = temporal.embedded
    ? `${ours}, 127.0.0.1:${temporal.port}`
    : `${temporal.address}, by TEMPORAL_ADDRESS`;
  const withoutUi = temporal.embedded && temporal.engine === 'cluster' && !pids.has('temporal-ui');
  return [
    ['Citizens and offices', api.publicUrl],
    ['API documentation', `${api.publicUrl}/docs`],
    ['Payments, mailbox', `${sandbox.url}/mail`],
    ['Temporal UI', withoutUi ? 'not to be had, see above' : temporal.uiUrl],
    ['PostgreSQL', databasePlace],
    ['Temporal', `${temporalPlace}, namespace ${temporal.namespace}`],
    ['Data', config.home],
    ['Logs', join(config.home, 'logs')],
  ];
}

function loginLines(logins: readonly DemoLogin[]): readonly string[] {
  if (logins.length === 0) return [''];
  const rows = logins.map(({ role, username, password, name }) => [role, username, password, name]);
  return ['', ...columns([['Role', 'User name', 'Password', 'Name'], ...rows]), ''];
}

function embeddedLines({ database, temporal }: Config): readonly string[] {
  if (!database.embedded && !temporal.embedded) return [];
  return [
    'The embedded PostgreSQL and Temporal server are for trying Iter and for developing it. In production set DATABASE_URL and',
    'TEMPORAL_ADDRESS to a PostgreSQL and a Temporal cluster of your own and run npx iter migrate, provision, api, worker apart.',
    '',
  ];
}
