import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { engineFilePath } from '../config';

/** Addresses of the embedded servers that run; a server of somebody else is left out. */
export interface EngineAddresses {
  readonly databaseUrl?: string;
  readonly temporalAddress?: string;
}

/** Tells the other commands on this machine where the embedded servers are. Holds a password, so its owner only reads it. */
export function writeEngineFile(home: string, addresses: EngineAddresses): void {
  const file = engineFilePath(home);
  writeFileSync(`${file}.new`, `${JSON.stringify(addresses, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeEngineFile(home: string): void {
  rmSync(engineFilePath(home), { force: true });
}
