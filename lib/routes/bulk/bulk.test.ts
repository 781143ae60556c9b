import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { ownBed, runnerOfAll } from '#lib/operations/testing/own-bed.ts';
import { continueEntry, carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { requestStop } from '#lib/operations/run/lease.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { first, activeOf, addShops } from '#lib/routes/testing/shops.ts';

const { sandbox, control, db, runner } = await ownBed({ persons: 100 });
afterEach(() => control.clearFaults());

const shop = (instances: number, routesEach: number, more: Record<string, unknown> = {}) =>
  addShops(control, instances, routesEach, more);
const active = (ids: readonly string[]) => activeOf(control, ids);

test('routes.bulk deactivates many routes with one call each, and one undo activates them again', async () => {
  const { refs } = await shop(3, 10);
  const ids = refs.map(({ id }) => id);
  await control.clearCalls();
  const entry = await carryOut(runner, 'routes.bulk', { change: 'off', routes: refs });
  expect([entry.status, entry.body.receipt?.checks.map(({ held }) => held)]).toEqual(['done', [true]]);
  expect(new Set(await active(ids))).toEqual(new Set([0]));
  const { items } = await control.calls();
  expect(items.filter(({ method }) => method === 'PATCH').length).toBe(30);
  expect(items.filter(({ method, path }) => method === 'GET' && path.endsWith('/routes')).length).toBeLessThanOrEqual(
    9,
  );
  const back = await undoEntry(runner, entry.id);
  expect(back.status).toBe('done');
  expect(new Set(await active(ids))).toEqual(new Set([1]));
});

test('routes.bulk goes on after a refused step, and tries only the refused ones again', async () => {
  const { refs } = await shop(2, 6);
  const ids = refs.map(({ id }) => id);
  const [bad, worse] = [refs[2], refs[7]];
  for (const one of [bad, worse])
    await control.fault({ kind: 'status', status: 403, method: 'PATCH', path: one?.id, times: null });
  const entry = await carryOut(runner, 'routes.bulk', { change: 'off', routes: refs });
  const states = entry.steps.map(({ state }) => state);
  expect([
    entry.status,
    states.filter((state) => state === 'failed').length,
    states.filter((state) => state === 'done').length,
  ]).toEqual(['failed', 2, 10]);
  expect(
    entry.steps
      .filter(({ state }) => state === 'failed')
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([bad?.id, worse?.id].toSorted());

  await control.clearFaults();
  await control.clearCalls();
  const again = await continueEntry(runner, entry.id);
  expect([again.status, again.body.problem]).toEqual(['done', undefined]);
  expect((await control.calls()).items.filter(({ method }) => method === 'PATCH').length).toBe(2);
  expect(new Set(await active(ids))).toEqual(new Set([0]));
});

const label = (id: string) =>
  control.sql<{ label: string }>('SELECT label FROM agent_routes WHERE id = ?', [id]).then(([row]) => row?.label);

test('routes.bulk does not delete a route that was edited after its deletion was refused', async () => {
  const { refs } = await shop(1, 4);
  const bad = first(refs);
  await control.fault({ kind: 'status', status: 403, method: 'DELETE', path: bad.id, times: null });
  const deletion = await carryOut(runner, 'routes.bulk', { change: 'delete', routes: refs });
  expect([deletion.status, (await active(refs.map(({ id }) => id))).filter((on) => on !== null).length]).toEqual([
    'failed',
    1,
  ]);
  await control.clearFaults();
  await control.write('UPDATE agent_routes SET label = ? WHERE id = ?', ['Nova', bad.id]);
  const again = await continueEntry(runner, deletion.id);
  expect([again.status, again.body.problem]).toMatchObject(['failed', { code: 'changed_meanwhile' }]);
  expect(await label(bad.id)).toBe('Nova');
});

test('routes.delete does not delete a route that was edited after its deletion was refused; an unchanged one is deleted', async () => {
  const { refs } = await shop(1, 2);
  const [edited, same] = [first(refs), first(refs.slice(1))];
  const entries = [];
  for (const ref of [edited, same]) {
    await control.fault({ kind: 'status', status: 403, method: 'DELETE', path: ref.id, times: null });
    entries.push(await carryOut(runner, 'routes.delete', ref));
  }
  await control.clearFaults();
  await control.write('UPDATE agent_routes SET label = ? WHERE id = ?', ['Nova', edited.id]);
  const statuses = [];
  for (const { id } of entries) statuses.push((await continueEntry(runner, id)).status);
  expect(statuses).toEqual(['failed', 'done']);
  expect([await label(edited.id), await label(same.id)]).toEqual(['Nova', undefined]);
});

test('routes.bulk keeps a route that is edited during a long deletion, deletes the others, and undoes that', async () => {
  const { refs } = await shop(1, 3);
  const last = first(refs.slice(2));
  const before = await label(last.id);
  await control.write(
    `CREATE TRIGGER edited AFTER DELETE ON agent_routes WHEN OLD.id = '${first(refs).id}'
     BEGIN UPDATE agent_routes SET label = 'Nova' WHERE id = '${last.id}'; END`,
    [],
  );
  const entry = await carryOut(runner, 'routes.bulk', { change: 'delete', routes: refs });
  await control.write('DROP TRIGGER edited', []);
  expect([before, await label(last.id)]).toEqual(['Regra 2', 'Nova']);
  expect([entry.status, entry.steps.map(({ state }) => state)]).toEqual(['failed', ['done', 'done', 'failed']]);
  const back = await undoEntry(runner, entry.id);
  expect([back.status, back.steps.length]).toEqual(['done', 2]);
});

test('routes.bulk can be stopped, and continued without deleting what was edited meanwhile', async () => {
  const { refs } = await shop(1, 5);
  const last = first(refs.slice(4));
  await control.fault({ kind: 'latency', ms: 150, method: 'DELETE', times: null });
  const seen = await preview(runner, 'routes.bulk', { change: 'delete', routes: refs });
  if (!seen.ok) throw new Error(seen.problem.code);
  const started = await start(runner, seen.token);
  if (started.is !== 'started') throw new Error(started.is);
  await vi.waitUntil(async () => (await active(refs.map(({ id }) => id))).includes(null), {
    interval: 20,
    timeout: 60_000,
  });
  expect(await requestStop(db, started.entryId)).toBe(true);
  await started.job;
  const entry = await readEntry(db, started.entryId);
  const states = entry?.steps.map(({ state }) => state) ?? [];
  expect([entry?.status, states[0], states[4]]).toEqual(['stopped', 'done', 'planned']);
  expect(await label(last.id)).toBe('Regra 4');

  await control.clearFaults();
  await control.write('UPDATE agent_routes SET label = ? WHERE id = ?', ['Nova', last.id]);
  const on = await continueEntry(runner, started.entryId);
  expect([on.status, on.steps.map(({ state }) => state)]).toEqual([
    'failed',
    ['done', 'done', 'done', 'done', 'failed'],
  ]);
  expect(await label(last.id)).toBe('Nova');
});

test('routes.bulk that stopped halfway is undone by exactly what it did', async () => {
  const { refs } = await shop(1, 6);
  const [bad] = refs;
  await control.fault({ kind: 'status', status: 403, method: 'PATCH', path: bad?.id, times: null });
  const entry = await carryOut(runner, 'routes.bulk', { change: 'off', routes: refs });
  await control.clearFaults();
  await control.clearCalls();
  const back = await undoEntry(runner, entry.id);
  expect(back.status).toBe('done');
  expect((await control.calls()).items.filter(({ method }) => method === 'PATCH').length).toBe(5);
  expect(new Set(await active(refs.map(({ id }) => id)))).toEqual(new Set([1]));
  await expect(continueEntry(runner, entry.id)).rejects.toThrow('nothing_to_continue');
});

test('routes.bulk ends at the first step when the key is not accepted any more', async () => {
  const { refs } = await shop(1, 6);
  await control.fault({ kind: 'status', status: 401, method: 'PATCH', times: null });
  const entry = await carryOut(runner, 'routes.bulk', { change: 'off', routes: refs });
  expect([entry.status, entry.body.problem?.code]).toEqual(['failed', 'unauthorized']);
  expect(entry.steps.map(({ state }) => state)).toEqual(['failed', ...Array.from({ length: 5 }, () => 'planned')]);
});

test('routes.bulk leaves out and counts routes that are as wanted already or do not exist', async () => {
  const { refs } = await shop(1, 4);
  await control.write('UPDATE agent_routes SET is_active = 0 WHERE id = ?', [refs[0]?.id ?? '']);
  await control.write('DELETE FROM agent_routes WHERE id = ?', [refs[1]?.id ?? '']);
  const seen = await preview(runner, 'routes.bulk', { change: 'off', routes: refs });
  if (!seen.ok) throw new Error(seen.problem.code);
  expect(seen.plan.steps.length).toBe(2);
  expect(seen.plan.warnings.map(({ key, values }) => [key, values?.count])).toEqual(
    expect.arrayContaining([
      ['bulk.already-off', 1],
      ['bulk.gone', 1],
    ]),
  );
  const none = await preview(runner, 'routes.bulk', { change: 'off', routes: refs.slice(0, 1) });
  expect(none.ok && none.plan.refusal?.key).toBe('bulk.nothing');
});

test('routes.bulk refuses too many routes before anything is read', async () => {
  const routes = Array.from({ length: 201 }, () => ({ instanceId: randomUUID(), id: randomUUID() }));
  expect(await preview(runner, 'routes.bulk', { change: 'delete', routes })).toMatchObject({
    ok: false,
    problem: { code: 'too_many_rows' },
  });
});

test('routes.bulk needs routes:write', async () => {
  const reader = runnerOfAll(db, { url: sandbox.url, key: sandbox.keys.viewer }, ['routes:read']);
  const { refs } = await shop(1, 1);
  expect(await preview(reader, 'routes.bulk', { change: 'off', routes: refs })).toMatchObject({
    ok: false,
    problem: { code: 'forbidden', values: { scope: 'routes:write' } },
  });
});
