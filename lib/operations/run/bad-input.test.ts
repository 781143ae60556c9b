import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectLogged } from '#lib/guards/console-guard.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { sealText } from '#lib/store/seal.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { fingerprint } from '#lib/operations/plan/fingerprint.ts';
import { openPreview, PREVIEW_LIFE_MS, sealPreview } from '#lib/operations/plan/preview-token.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { resume, start } from './run.ts';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import { EACH_ONCE, countingBed } from '#lib/operations/testing/counting-bed.ts';
import { begun, continueEntry, carryOut, entryOf, lapse, shown, until } from '#lib/operations/testing/runs.ts';
import { weakLine } from '#lib/operations/testing/faults/weak-line.ts';
import { statusOf } from '#lib/operations/journal/entry.ts';
import { requestStop } from './lease.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';

const engines = await testEngines();
const bed = await countingBed();
afterEach(() => bed.control.clearFaults());

const problem = (code: string) => ({ is: 'problem', problem: { code } });

describe.each(engines)('operations.run on $name', ({ newPlace }) => {
  let db: Store;
  let runner: Runner;
  const as = (who: string, more: Partial<Runner['session']> = {}): Runner => {
    const other = runnerFor(db, bed.at, { who });
    return { ...other, session: { ...other.session, ...more } };
  };
  beforeAll(async () => {
    db = await openStore(await newPlace());
    runner = as('Ana');
  });
  afterAll(() => db.destroy());

  describe('a token', () => {
    const fresh = async () => (await shown(runner, 'testing.five', await bed.five())).token;

    test.each([
      '',
      'x',
      'v1.1.AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA',
      'v1.9.AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA',
    ])('that is none is refused: %s', async (token) => {
      expect(await start(runner, token)).toEqual(problem('preview_forged'));
    });

    test('of which a character was changed, of any part, is refused', async () => {
      const token = await fresh();
      for (let at = 0; at < token.length; at += 7) {
        const other = token[at] === 'A' ? 'B' : 'A';
        const changed = token.slice(0, at) + other + token.slice(at + 1);
        if (changed !== token) expect(await start(runner, changed), String(at)).toMatchObject({ is: 'problem' });
      }
    });

    test('sealed for something else, or of another shape, is refused', async () => {
      expect(await start(runner, sealText('operations/body/x', '{}'))).toEqual(problem('preview_forged'));
      expect(await start(runner, sealText('operations/preview-token', '{"id":1}'))).toEqual(problem('preview_forged'));
    });

    test('is of one session on one server', async () => {
      const token = await fresh();
      expect(await start(as('Bia'), token)).toEqual(problem('preview_foreign'));
      expect(await start(as('Ana', { server: 'other' }), token)).toEqual(problem('preview_foreign'));
    });

    test('lives fifteen minutes', async () => {
      const now = Date.now();
      const preview = {
        id: crypto.randomUUID(),
        operation: 'testing.five',
        input: {},
        title: { key: 'x' },
        fingerprint: fingerprint(null),
        sid: 'Ana',
        server: 'demo',
        at: now,
      };
      const token = sealPreview(preview);
      expect(openPreview(token, runner.session, now + PREVIEW_LIFE_MS).ok).toBe(true);
      expect(openPreview(token, runner.session, now + PREVIEW_LIFE_MS + 1)).toEqual({
        ok: false,
        problem: 'preview_expired',
        id: preview.id,
      });
      expect(openPreview(token, runner.session, now - 120_000)).toMatchObject({ problem: 'preview_expired' });
      expect(await start(runner, sealPreview({ ...preview, at: now - PREVIEW_LIFE_MS - 1 }))).toEqual(
        problem('preview_expired'),
      );
    });

    test('that was run in time answers its entry afterwards, too', async () => {
      const token = await fresh();
      const opened = openPreview(token, runner.session, Date.now());
      if (!opened.ok) throw new Error(opened.problem);
      const ran = await start(runner, token);
      if (ran.is !== 'started') throw new Error(ran.is);
      await ran.job;
      const late = sealPreview({ ...opened.preview, at: Date.now() - PREVIEW_LIFE_MS - 1 });
      expect(await start(runner, late)).toEqual({ is: 'ran', entryId: ran.entryId });
    });

    test('of an operation or an input that is none is refused, and so is a key without the scope', async () => {
      const token = await fresh();
      expect(await start({ ...runner, operations: new Map() }, token)).toEqual(problem('unknown_operation'));
      expect(await start(as('Ana', { scopes: ['persons:read'] }), token)).toMatchObject({
        problem: { code: 'forbidden', values: { scope: 'persons:write' } },
      });
    });

    test('that is replayed after the end answers the first entry, whatever Omni holds now', async () => {
      const input = await bed.five();
      const { token } = await shown(runner, 'testing.five', input);
      const first = await start(runner, token);
      if (first.is !== 'started') throw new Error(first.is);
      await first.job;
      expect(await start(runner, token)).toEqual({ is: 'ran', entryId: first.entryId });
      expect(await bed.happened(input.personId)).toEqual(EACH_ONCE);
    });
  });

  test('an entry of another server, or none, can be neither continued nor undone', async () => {
    const { id } = await carryOut(runner, 'persons.edit', { id: await bed.person(), changes: { displayName: 'X' } });
    const elsewhere = as('Ana', { server: 'other' });
    expect(await resume(elsewhere, id)).toEqual(problem('no_entry'));
    expect(await resume(runner, crypto.randomUUID())).toEqual(problem('no_entry'));
    expect(await undoPreview(elsewhere, id)).toEqual({ ok: false, problem: { code: 'no_entry' } });
    expect(await undoPreview(as('Bia', { scopes: ['persons:write'] }), id)).toMatchObject({
      problem: { code: 'no_entry' },
    });
    expect(await resume(runner, id)).toEqual(problem('nothing_to_continue'));
  });

  test('Stop midway ends before the next step, and the rest can be continued by somebody else, who is named', async () => {
    const input = await bed.five();
    await bed.control.fault({ kind: 'latency', ms: 150, method: 'PATCH', path: '/routes/', when: 'after' });
    const run = await begun(runner, 'testing.five', input);
    await until(async () => (await bed.happened(input.personId)).label === 1);
    expect(await requestStop(db, run.entryId)).toBe(true);
    expect(await resume(as('Bia'), run.entryId)).toEqual({ is: 'busy', entryId: run.entryId, who: 'Ana' });
    await run.job;
    const stopped = await entryOf(runner, run.entryId);
    expect([stopped.status, await bed.happened(input.personId)]).toEqual(['stopped', { create: 1, label: 1 }]);
    expect(await requestStop(db, run.entryId)).toBe(false);
    const entry = await continueEntry(as('Bia'), run.entryId);
    expect(entry.steps.map(({ actor, who }) => [actor, who])).toEqual([
      ['demo/Ana', 'Ana'],
      ['demo/Ana', 'Ana'],
      ['demo/Bia', 'Bia'],
      ['demo/Bia', 'Bia'],
      ['demo/Bia', 'Bia'],
    ]);
    expect([entry.status, entry.actor, await bed.happened(input.personId)]).toEqual(['done', 'demo/Ana', EACH_ONCE]);
  });
});

describe('operations.run on an SQLite store', () => {
  const sqlite = engines[0];
  const opened = async () => {
    const place = await sqlite?.newPlace();
    if (!place || !('file' in place)) throw new Error('no file');
    return { ...place, db: await openStore(place) };
  };
  const HARM: [string, (at: { db: Store; file: string }) => Promise<unknown>][] = [
    ['unwritable', ({ db }) => sql`PRAGMA query_only = ON`.execute(db)],
    ['full', ({ db }) => sql`PRAGMA max_page_count = 1`.execute(db)],
    ['corrupt', ({ db, file }) => sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db).then(() => spoil(file))],
  ];

  test.each(HARM)('that is %s: nothing is sent to Omni, and the problem names it', async (kind, harm) => {
    const { db, file } = await opened();
    const runner = runnerFor(db, bed.at);
    const input = await bed.five();
    const { token } = await shown(runner, 'testing.five', { ...input, label: 'needs room '.repeat(5000) });
    await harm({ db, file });
    if (kind === 'corrupt') await db.destroy();
    const again = kind === 'corrupt' ? undefined : await start(runner, token);
    if (again) {
      expectLogged(new RegExp(`operations.store_down","kind":"${kind}"`));
      expect(again).toEqual(problem(`store_${kind}`));
      await db.destroy();
    } else await expect(openStore({ file })).rejects.toMatchObject({ kind: 'corrupt' });
    expect(await bed.happened(input.personId)).toEqual({});
  });

  test('that fails midway: the run stops before its next step, and the entry can be continued', async () => {
    expectLogged(/operations.journal_away/);
    const { db } = await opened();
    const runner = runnerFor(db, bed.at);
    const input = await bed.five();
    await bed.control.fault({ kind: 'latency', ms: 200, method: 'PATCH', path: '/routes/', when: 'after' });
    const run = await begun(runner, 'testing.five', input);
    await until(async () => (await bed.happened(input.personId)).label === 1);
    await sql`PRAGMA query_only = ON`.execute(db);
    await run.job;
    await sql`PRAGMA query_only = OFF`.execute(db);
    expect(await bed.happened(input.personId)).toEqual({ create: 1, label: 1 });
    await lapse(runner, run.entryId);
    expect(statusOf(await entryOf(runner, run.entryId))).toBe('interrupted');
    expect((await continueEntry(runner, run.entryId)).status).toBe('done');
    expect(await bed.happened(input.personId)).toEqual(EACH_ONCE);
    await db.destroy();
  });

  test('that fails for a moment: the end is recorded as soon as it can be', async () => {
    expectLogged(/operations.journal_away/);
    const { db } = await opened();
    const mend = async () => void (await sql`PRAGMA query_only = OFF`.execute(db));
    const runner = runnerFor(db, bed.at, { wait: mend });
    const input = await bed.five();
    await bed.control.fault({ kind: 'latency', ms: 150, method: 'PATCH', path: '/routes/', when: 'after' });
    const run = await begun(runner, 'testing.five', input);
    await until(async () => (await bed.happened(input.personId)).label === 1);
    await sql`PRAGMA query_only = ON`.execute(db);
    await run.job;
    const entry = await entryOf(runner, run.entryId);
    expect([entry.status, entry.body.problem]).toEqual(['interrupted', { code: 'journal_away' }]);
    expect((await continueEntry(runner, run.entryId)).status).toBe('done');
    expect(await bed.happened(input.personId)).toEqual(EACH_ONCE);
    await db.destroy();
  });
});

describe.skipIf(engines.length < 2)('operations.run on a PostgreSQL that goes away midway', () => {
  test.each([1, 2, 3, 4, 5])('at step %d: nothing more is sent, and the entry can be continued', async (step) => {
    expectLogged(/operations.journal_away/);
    const place = await engines[1]?.newPlace();
    const line = await weakLine(place && 'url' in place ? place.url : '');
    const db = await openStore({ url: line.url });
    const runner = runnerFor(db, bed.at);
    const input = await bed.five();
    const write = [
      { method: 'POST', path: '/routes$' },
      { method: 'PATCH', path: '/routes/' },
      { method: 'PATCH', path: '/routes/', nth: 2 },
      { method: 'PATCH', path: '/persons/' },
      { method: 'POST', path: '/access/rules$' },
    ][step - 1];
    await bed.control.fault({ kind: 'latency', ms: 250, when: 'after', ...write });
    const run = await begun(runner, 'testing.five', input);
    await until(async () => Object.keys(await bed.happened(input.personId)).length === step);
    line.cut();
    await run.job;
    line.mend();
    expect(Object.keys(await bed.happened(input.personId))).toHaveLength(step);
    await lapse(runner, run.entryId);
    expect(statusOf(await entryOf(runner, run.entryId))).toBe('interrupted');
    expect((await continueEntry(runner, run.entryId)).status).toBe('done');
    expect(await bed.happened(input.personId)).toEqual(EACH_ONCE);
    await db.destroy();
    await line.stop();
  });

  test('before a run: nothing is sent, and the problem names it', async () => {
    expectLogged(/operations.store_down","kind":"unreachable"/);
    const place = await engines[1]?.newPlace();
    const line = await weakLine(place && 'url' in place ? place.url : '');
    const db = await openStore({ url: line.url });
    const runner = runnerFor(db, bed.at);
    const input = await bed.five();
    const { token } = await shown(runner, 'testing.five', input);
    line.cut();
    expect(await start(runner, token)).toEqual(problem('store_unreachable'));
    expect(await bed.happened(input.personId)).toEqual({});
    await db.destroy();
    await line.stop();
  });
});

function spoil(file: string): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(statSync(file).size, 0x5a), 0);
  closeSync(handle);
}
