import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FreezePoint } from '#lib/operations/testing/freeze.ts';
import { thawed } from '#lib/operations/testing/thawed.ts';
import { runnerOfKeys } from '#lib/keys/testing/bed.ts';
import { openStore } from '#lib/store/database.ts';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';

const CHILD = join(import.meta.dirname, '..', 'testing', 'create-child.ts');
const CAUGHT = ['at the door', 'while connecting', 'before the check'] as const;
/** With `npm run soak` at each point, more than once; else at the one that met two active keys. */
const POINTS: FreezePoint['at'][] = process.env.SOAK === '1' ? [...CAUGHT, ...CAUGHT, ...CAUGHT] : ['at the door'];

const folder = mkdtempSync(join(tmpdir(), 'omni-create-frozen-'));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, persons: 20 });
  await createControl(sandbox.url).rateLimit(1_000_000);
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

test.concurrent.each(POINTS.map((at, index) => ({ at, index })))(
  'keys.create: a console frozen $at, whose run somebody else finished, creates no second key',
  async ({ at, index }) => {
    const place = { file: join(folder, `${index}.db`) };
    const db = await openStore(place);
    const to = { url: sandbox.url, key: sandbox.keys.admin };
    const [runner, other] = [to, to].map(({ url, key }) => runnerOfKeys(db, url, key, ['*']));
    if (!runner || !other) throw new Error('nobody');
    const name = `Congelada ${index}`;
    const input = { name, scopes: ['persons:read'], instanceIds: null, expiresAt: null };
    const freeze = { at, nth: 1 };
    const found = await thawed({ place, at: to, runner, other, name: 'keys.create', input, freeze, file: CHILD });
    expect(found.end).toEqual({ code: 0, err: 'frozen' });
    expect(found.sent).toEqual({ count: 0, bytes: 0 });
    const made = await createControl(sandbox.url).sql('SELECT status FROM api_keys WHERE name = ?', [name]);
    expect(made).toEqual([{ status: 'active' }]);
    await db.destroy();
  },
);
