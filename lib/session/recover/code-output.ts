import 'server-only';
import { closeSync, constants, fchmodSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pm2Home } from './pm2.ts';

/** Where a recovery code is shown: on the terminal the console runs in, else in a file in PM2's own folder. */
export type CodePlace = 'terminal' | 'file';

const FILE = 'omni-console-code';

/**
 * Without a terminal standard output is a log (systemd, PM2, a collector), and who reads logs is not who may use the key. The
 * file is for the account alone that could ask PM2 for the key itself.
 */
export function codePlace(isTerminal = process.stdout.isTTY): CodePlace {
  return isTerminal ? 'terminal' : 'file';
}

/** Shows a few lines there, and takes the file away after `forMs`. False when the file cannot be written. */
export function showCode(text: string, forMs: number, place = codePlace(), home = pm2Home()): boolean {
  if (place === 'terminal') return process.stdout.write(text);
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

/** Takes the file away: its code was used, or is worth nothing any more. */
export function dropCodes(home = pm2Home()): void {
  rmSync(join(home, FILE), { force: true });
}
