import 'server-only';
import { closeSync, constants, fchmodSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pm2Home } from './pm2.ts';

/** Where a recovery code is written: to the console's own terminal, else into a file in PM2's folder. */
export type CodeOutput = 'terminal' | 'file';

const FILE = 'omni-console-code';

/**
 * The output for recovery codes. Without a terminal, standard output is a log (systemd, PM2, a collector), whose readers must not
 * get the key; the file is readable only by the account that could read the key from PM2 anyway.
 */
export function codeOutput(isTerminal = process.stdout.isTTY): CodeOutput {
  return isTerminal ? 'terminal' : 'file';
}

/** Writes the text to the output, and deletes the file after `forMs`. False when the file cannot be written. */
export function showCode(text: string, forMs: number, output = codeOutput(), home = pm2Home()): boolean {
  if (output === 'terminal') return process.stdout.write(text);
  try {
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
    const file = openSync(join(home, FILE), O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600);
    try {
      fchmodSync(file, 0o600);
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
    clearTimeout(timer);
    timer = setTimeout(() => dropCodes(home), forMs).unref();
    return true;
  } catch {
    return false;
  }
}

let timer: NodeJS.Timeout | undefined;

/** Deletes the file, after its code was used or has expired. */
export function dropCodes(home = pm2Home()): void {
  rmSync(join(home, FILE), { force: true });
}
