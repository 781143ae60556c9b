import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { mergeInput, runnerFor } from '#lib/operations/testing/bed.ts';
import { countingBed } from '#lib/operations/testing/counting-bed.ts';
import { carryOut, entryOf } from '#lib/operations/testing/runs.ts';
import { openStore, type StorePlace } from './database.ts';
import { storeReadiness } from './ready.ts';
import { postgresBinaries } from './testing/postgres.ts';
import { testEngines } from './testing/stores.ts';

const engines = await testEngines();
const bed = await countingBed();

/** Copies a store that is in use into an empty place, by the commands of docs/deploy.md. */
async function restore(from: StorePlace, to: StorePlace): Promise<void> {
  if ('file' in from && 'file' in to) {
    const source = new DatabaseSync(from.file);
    await backup(source, to.file);
    source.close();
  } else if ('url' in from && 'url' in to) {
    const dump = program('pg_dump', [from.url]);
    program('psql', ['--quiet', '--set', 'ON_ERROR_STOP=1', to.url], dump);
  }
}

function program(name: string, args: string[], input?: string): string {
  const { status, stdout, stderr } = spawnSync(join(postgresBinaries() ?? '', name), args, { encoding: 'utf8', input });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return stdout;
}

describe.each(engines)('backup: of a store on $name, made while it is in use', ({ newPlace }) => {
  test('restored in an empty place it has every entry, and a merge of before is undone from it', async () => {
    const [place, other] = [await newPlace(), await newPlace()];
    const db = await openStore(place);
    const [survivor, duplicate] = [await bed.person(), await bed.person()];
    const merged = await carryOut(runnerFor(db, bed.at), 'persons.merge', mergeInput({ survivor, duplicate }));
    expect(merged.status).toBe('done');
    await restore(place, other);
    await db.destroy();
    if ('file' in place) rmSync(place.file);

    const restored = await openStore(other);
    const runner = runnerFor(restored, bed.at);
    expect(await storeReadiness(() => Promise.resolve(restored))).toEqual({ ready: true });
    expect(await entryOf(runner, merged.id)).toEqual({ ...merged, undoneBy: null });
    expect(await undoPreview(runner, merged.id)).toMatchObject({ ok: true });
    await restored.destroy();
  });
});
