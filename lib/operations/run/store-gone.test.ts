import { copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { expectLogged } from '#lib/guards/console-guard.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import { countingBed } from '#lib/operations/testing/counting-bed.ts';
import { begun, entryOf, shown, until } from '#lib/operations/testing/runs.ts';
import { openStore } from '#lib/store/database.ts';
import { storeReadiness } from '#lib/store/ready.ts';
import { resume, start } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'omni-gone-'));
const bed = await countingBed();
afterEach(() => bed.control.clearFaults());
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
async function opened() {
  const file = join(folder, `${(files += 1)}.db`);
  const db = await openStore({ file });
  return { file, db, runner: runnerFor(db, bed.at) };
}

const WAYS: [name: string, spoil: (file: string) => void][] = [
  ['deleted', (file) => rmSync(file)],
  [
    'replaced by a copy of itself',
    (file) => {
      copyFileSync(file, `${file}.copy`);
      renameSync(`${file}.copy`, file);
    },
  ],
  ['emptied', (file) => truncateSync(file, 0)],
];

const GONE = { is: 'problem', problem: { code: 'store_gone' } };

describe.each(WAYS)('operations.run with a store whose file was %s', (_, spoil) => {
  test('before a run: nothing is sent, the problem names it, and readiness fails', async () => {
    expectLogged(/operations.store_down","kind":"gone"/);
    const { file, db, runner } = await opened();
    const input = await bed.five();
    const { token } = await shown(runner, 'testing.five', input);
    expect(await storeReadiness(() => Promise.resolve(db))).toEqual({ ready: true });
    spoil(file);
    expect(await start(runner, token)).toEqual(GONE);
    expect(await storeReadiness(() => Promise.resolve(db))).toEqual({ ready: false, why: 'gone' });
    expect(await bed.happened(input.personId)).toEqual({});
    await db.destroy().catch(() => undefined);
  });
});

// A file that is emptied under SQLite can't be read by it any more; what stands in these two still can.
describe.each(WAYS.slice(0, 2))('operations.run with a store whose file was %s', (_, spoil) => {
  test('before Finish: nothing is sent', async () => {
    expectLogged(/operations.store_down","kind":"gone"/);
    const { file, db, runner } = await opened();
    const input = await bed.five();
    await bed.control.fault({ kind: 'status', status: 403, method: 'PATCH', path: '/routes/' });
    const run = await begun(runner, 'testing.five', input);
    await run.job;
    spoil(file);
    expect(await resume(runner, run.entryId)).toEqual(GONE);
    expect(await bed.happened(input.personId)).toEqual({ create: 1 });
    await db.destroy();
  });

  test.each([
    [2, { create: 1, label: 1 }],
    [5, { create: 1, label: 1, activate: 1, name: 1, rule: 1 }],
  ])('during step %d: nothing more is sent, and the entry is not told done', async (step, happened) => {
    expectLogged(/operations.journal_away","entry":".*","reason":"gone"/);
    const { file, db, runner } = await opened();
    const input = await bed.five();
    const write = step === 2 ? { method: 'PATCH', path: '/routes/' } : { method: 'POST', path: '/access/rules$' };
    await bed.control.fault({ kind: 'hold', when: 'after', ...write });
    const run = await begun(runner, 'testing.five', input);
    await until(async () => Object.keys(await bed.happened(input.personId)).length === step);
    spoil(file);
    await bed.control.clearFaults();
    await run.job;
    expect(await bed.happened(input.personId)).toEqual(happened);
    const entry = await entryOf(runner, run.entryId);
    expect([entry.status, entry.steps[step - 1]?.state]).toEqual(['running', 'intended']);
    const reader = { server: 'demo', actor: '', scopes: ['*'] };
    expect(await listEntries(db, reader, { status: 'done' }, 10)).toEqual([]);
    await db.destroy();
  });
});
