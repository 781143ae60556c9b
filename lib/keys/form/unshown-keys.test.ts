import { expect, test } from 'vitest';
import { completed } from '#lib/operations/testing/runs.ts';
import { keysWorld } from '#lib/keys/testing/keys-world.ts';
import { unshownKeys } from './unshown-keys.ts';

const HOUR = 3_600_000;
const world = keysWorld();
const names = async () => (await unshownKeys(world.db, world.runner.omni('look'), 'demo')).map(({ name }) => name);

test('unshownKeys: a key is left out once it has expired by Omni’s clock, whatever this machine’s says', async () => {
  const create = (name: string, after: number) =>
    completed(world.runner, 'keys.create', {
      name,
      scopes: ['persons:read'],
      instanceIds: null,
      expiresAt: new Date(Date.now() + after).toISOString(),
    });
  await create('curta', HOUR);
  await create('longa', 100 * HOUR);
  // Their pages have had their time to say that they show them.
  await world.db.updateTable('secrets_sent').set({ sent_at: 1 }).execute();
  expect((await names()).toSorted()).toEqual(['curta', 'longa']);
  await world.control.moveClock(2 * HOUR);
  expect(await names()).toEqual(['longa']);
  await world.control.moveClock(-2 * HOUR);
  expect((await names()).toSorted()).toEqual(['curta', 'longa']);
});
