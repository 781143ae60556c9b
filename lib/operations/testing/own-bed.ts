import 'server-only';
import { afterAll } from 'vitest';
import { OPERATIONS } from '#app/operations.ts';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { openStore } from '#lib/store/database.ts';
import type { SandboxOptions } from '../../../sandbox/wire/server.ts';
import { omniFor, runnerFor } from './bed.ts';

/**
 * An Omni and a console's store of a test file's own, until its last test, and who runs all the console's operations there. Awaited at
 * the top of the file.
 */
export async function ownBed(options: SandboxOptions = {}) {
  const { sandbox, control } = await ownSandbox(options);
  const db = await openStore({ file: ':memory:' });
  afterAll(() => db.destroy());
  /** Somebody signed in with another key. */
  const as = (key: string, scopes: readonly string[] | null = ['*']): Runner =>
    runnerFor(db, { url: sandbox.url, key }, { operations: OPERATIONS, scopes });
  const { admin } = sandbox.keys;
  return { sandbox, control, db, omni: omniFor(sandbox.url, admin), runner: as(admin), as };
}
