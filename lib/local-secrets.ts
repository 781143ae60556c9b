import 'server-only';
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const FILE = '.data/secrets.json';

type Secrets = { session: string; store: string };

/** Secrets for development and the demo: made once, kept in `.data/` for this user only, so that restarts keep sessions. */
export function localSecrets(): Secrets {
  mkdirSync('.data', { recursive: true, mode: 0o700 });
  const [session, store] = [1, 2].map(() => randomBytes(32).toString('base64url'));
  // A link is there whole or not at all: who starts at the same moment must not read half a file.
  const draft = `${FILE}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ session, store }), { mode: 0o600 });
  try {
    linkSync(draft, FILE);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const kept = parsed(readFileSync(FILE, 'utf8'));
  if (!isSecrets(kept)) {
    throw new Error(
      `${FILE} is damaged: delete it; everyone signs in again and old Activity entries cannot be opened.`,
    );
  }
  return kept;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSecrets(value: unknown): value is Secrets {
  const secrets = value as Partial<Record<string, unknown>> | null | undefined;
  return [secrets?.session, secrets?.store].every((secret) => typeof secret === 'string' && secret.length >= 32);
}
