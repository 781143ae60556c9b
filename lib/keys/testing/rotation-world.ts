import 'server-only';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { completed } from '#lib/operations/testing/runs.ts';
import { runnerOfKeys } from '#lib/keys/testing/bed.ts';

/**
 * An Omni for the tests of a file on rotations, which begins anew with each test, and a console's store: in memory and new with each
 * test, or the given file for all of them. Called once, at the top of the file.
 */
export function rotationWorld(file?: string) {
  const world = {
    sandbox: undefined as unknown as Sandbox,
    control: undefined as unknown as Control,
    db: undefined as unknown as Store,
    runner: undefined as unknown as Runner,
    /** A key's row in Omni. */
    row: async (id: string) => {
      const [row] = await world.control.sql<Record<string, string | number | null>>(
        'SELECT * FROM api_keys WHERE id = ?',
        [id],
      );
      if (!row) throw new Error('no such key');
      return row;
    },
    keysNamed: (name: string) => world.control.sql('SELECT id FROM api_keys WHERE name = ?', [name]),
    /** Sets when the old key of a rotation expires (milliseconds), as its page does. */
    expire: (rotationId: string, keyId: string, replacedBy: { id: string; prefix: string }, at: number) =>
      completed(world.runner, 'keys.set-expiry', {
        keyId,
        expiresAt: new Date(at).toISOString(),
        replacedBy,
        rotationId,
      }),
  };
  beforeAll(async () => {
    world.sandbox = await startSandbox({ port: 0, persons: 20 });
    world.control = createControl(world.sandbox.url);
    if (file !== undefined) world.db = await openStore({ file });
  });
  beforeEach(async () => {
    await world.control.reset({});
    await world.control.rateLimit(1_000_000);
    if (file === undefined) world.db = await openStore({ file: ':memory:' });
    world.runner = runnerOfKeys(world.db, world.sandbox.url, world.sandbox.keys.admin);
  });
  afterAll(async () => {
    await world.db.destroy();
    await world.sandbox.stop();
  });
  return world;
}
