import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const FILE = '.data/secrets.json';

/** Secrets for development and the demo: made once, kept in `.data/` for this user only, so that restarts keep sessions. */
export function localSecrets(): { session: string; store: string } {
  mkdirSync('.data', { recursive: true, mode: 0o700 });
  const made = JSON.stringify({ session: randomBytes(32).toString('base64url'), store: randomBytes(32).toString('base64url') });
  try {
    writeFileSync(FILE, made, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const kept: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
  if (!isSecrets(kept)) throw new Error(`${FILE} is damaged: delete it; everyone signs in again and old Activity entries cannot be opened.`);
  return kept;
}

function isSecrets(value: unknown): value is { session: string; store: string } {
  return typeof value === 'object' && value !== null && 'session' in value && 'store' in value && typeof value.session === 'string' && typeof value.store === 'string';
}
