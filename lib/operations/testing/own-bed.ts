import 'server-only';
import { afterAll } from 'vitest';
import { OPERATIONS } from '#app/operations.ts';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import type { SandboxOptions } from '../../../sandbox/wire/server.ts';
import { omniFor, runnerFor } from './bed.ts';

/** Who runs all the console's operations with a key, against any Omni. */
export function runnerOfAll(
  db: Store,
  at: { url: string; key: string },
  scopes: readonly string[] | null = ['*'],
): Runner {
  return runnerFor(db, at, { operations: OPERATIONS, scopes });
}

/**
 * An Omni and a console's store of a test file's own, until its last test, and who runs all the console's operations there. Awaited at
 * the top of the file.
 */
export async function ownBed(options: SandboxOptions = {}) {
  const { sandbox, control } = await ownSandbox(options);
  const db = await openStore({ file: ':memory:' });
  afterAll(() => db.destroy());
  const at = { url: sandbox.url, key: sandbox.keys.admin };
  return { sandbox, control, db, at, omni: omniFor(at.url, at.key), runner: runnerOfAll(db, at) };
}
