import 'server-only';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { DEMO_KEYS, type DemoKey } from '../../../sandbox/resources/keys/keys-demo.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { runnerOfKeys } from '#lib/keys/testing/bed.ts';

/**
 * An Omni for the tests of a file on operations of keys, and a console's store: both begin anew with each test, whoever is signed in
 * with the first key runs. Called once, at the top of the file.
 */
export function keysWorld() {
  const world = {
    sandbox: undefined as unknown as Sandbox,
    control: undefined as unknown as Control,
    db: undefined as unknown as Store,
    runner: undefined as unknown as Runner,
    /** Somebody signed in with another key. */
    as: (key: DemoKey): Runner => runnerOfKeys(world.db, world.sandbox.url, key.secret, key.scopes),
    /** A key's row in Omni. */
    row: async (id: string) => (await world.control.sql('SELECT * FROM api_keys WHERE id = ?', [id]))[0],
    /** How many such requests Omni was sent in this test. */
    sent: async (method: string, path: RegExp) =>
      (await world.control.calls()).items.filter((call) => call.method === method && path.test(call.path)).length,
  };
  beforeAll(async () => {
    world.sandbox = await startSandbox({ port: 0, persons: 50 });
    world.control = createControl(world.sandbox.url);
  });
  beforeEach(async () => {
    await world.control.reset({});
    await world.control.rateLimit(1_000_000);
    await world.control.clearCalls();
    world.db = await openStore({ file: ':memory:' });
    world.runner = world.as(DEMO_KEYS.admin);
  });
  afterAll(() => world.sandbox.stop());
  return world;
}
