import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { BED_ENV, runnerFor } from '#lib/operations/testing/bed.ts';
import { countingBed } from '#lib/operations/testing/counting-bed.ts';
import { carryOut } from '#lib/operations/testing/runs.ts';

const engines = await testEngines();
const bed = await countingBed();

const ROOT = join(import.meta.dirname, '..', '..', '..');
const START = `import('./instrumentation-node.ts').then((all) => all.start()).then(() => process.exit(0))`;

/** Starts what every console starts with, in a process of its own. */
async function started(env: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ['--conditions=react-server', '-e', START], {
    cwd: ROOT,
    env: { ...process.env, ...BED_ENV, ...env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += String(bytes)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

describe.each(engines)('the start of a console on $name', ({ newPlace }) => {
  test('refuses to start while a row needs a key that is not configured, and names it', async () => {
    const place = await newPlace();
    const db = await openStore(place);
    await carryOut(runnerFor(db, bed.at), 'persons.edit', { id: await bed.person(), changes: { displayName: 'X' } });
    await db.destroy();
    const at: Record<string, string> = 'file' in place ? { STORE_FILE: place.file } : { DATABASE_URL: place.url };
    const other = `2:${'n'.repeat(32)}`;
    const refused = await started({ ...at, STORE_KEYS: other });
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('The console cannot start:\nSTORE_KEYS lacks key 1');
    expect(refused.said).not.toContain('nnnn');
    expect(await started({ ...at, STORE_KEYS: `${other},${BED_ENV.STORE_KEYS}` })).toMatchObject({ code: 0 });
  });
});

test('the start of a console whose store is away: it is logged, and the console starts', async () => {
  const { code, said } = await started({ DATABASE_URL: 'postgres://omni@127.0.0.1:1/none' });
  expect(code).toBe(0);
  expect(said).toContain('"store.down_at_start","kind":"unreachable"');
});
