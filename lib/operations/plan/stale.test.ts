import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { differences } from './differences.ts';
import type { Runner } from './preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { mergeInput, runnerFor, WHATSAPP } from '#lib/operations/testing/bed.ts';
import { countingBed } from '#lib/operations/testing/counting-bed.ts';
import { entryOf, shown } from '#lib/operations/testing/runs.ts';

const engines = await testEngines();
const bed = await countingBed();

type Scene = { input: unknown; one: string; other: string; route: string };
type Operation = 'persons.edit' | 'routes.activate' | 'persons.merge' | 'testing.five';

async function scene(operation: Operation): Promise<Scene> {
  const [one, other] = [await bed.person(2), await bed.person()];
  const routes = await bed.control.rows({
    agent_routes: [{ instanceId: WHATSAPP, personId: one, scope: 'user', isActive: false, label: 'rota' }],
  });
  const route = routes.agent_routes?.[0] ?? '';
  const five = await bed.five();
  const inputs = {
    'persons.edit': { id: one, changes: { displayName: 'Nome novo' } },
    'routes.activate': { instanceId: WHATSAPP, id: route, active: true },
    'persons.merge': mergeInput({ duplicate: one, survivor: other }),
    'testing.five': { ...five, personId: other },
  };
  return { input: inputs[operation], one, other, route };
}

const sql = (text: string, of: 'one' | 'other' | 'route') => async (at: Scene) => {
  expect(await bed.control.write(text, [at[of]])).toBeGreaterThan(0);
};
const rename = (of: 'one' | 'other') => sql("UPDATE persons SET display_name = 'Outro nome' WHERE id = ?", of);

/** Somebody else's change between preview and run. */
const CHANGES: [Operation, string, (at: Scene) => Promise<unknown>][] = [
  ['persons.edit', 'the name is another', rename('one')],
  ['persons.edit', 'the person is gone', sql('DELETE FROM persons WHERE id = ?', 'one')],
  ['routes.activate', 'somebody switched it', sql('UPDATE agent_routes SET is_active = 1 WHERE id = ?', 'route')],
  ['routes.activate', 'the route is gone', sql('DELETE FROM agent_routes WHERE id = ?', 'route')],
  [
    'persons.merge',
    'a field of the duplicate',
    sql("UPDATE persons SET primary_email = 'novo@example.com' WHERE id = ?", 'one'),
  ],
  ['persons.merge', 'the name of the survivor', rename('other')],
  [
    'persons.merge',
    'one identity more',
    ({ one }) => bed.control.rows({ platform_identities: [{ personId: one, instanceId: WHATSAPP }] }),
  ],
  [
    'persons.merge',
    'a rule more',
    ({ one }) =>
      bed.control.rows({
        access_rules: [{ personId: one, phonePattern: `+${one.replaceAll(/\D/g, '').slice(0, 9)}*` }],
      }),
  ],
  ['persons.merge', 'the route is gone', sql('DELETE FROM agent_routes WHERE id = ?', 'route')],
  ['persons.merge', 'the survivor is gone', sql('DELETE FROM persons WHERE id = ?', 'other')],
  ['testing.five', 'the name is another', rename('other')],
  [
    'testing.five',
    'there is a route already',
    ({ other }) => bed.control.rows({ agent_routes: [{ instanceId: WHATSAPP, personId: other, scope: 'user' }] }),
  ],
];

/** A contact who merely wrote a message. */
const MESSAGES: Operation[] = ['persons.edit', 'routes.activate', 'persons.merge', 'testing.five'];

describe.each(engines)('operations.run of a preview whose facts changed, on $name', ({ name, newPlace }) => {
  let db: Store;
  let runner: Runner;
  let counted = 0;
  beforeAll(async () => {
    db = await openStore(await newPlace());
    runner = runnerFor(db, bed.at);
  });
  afterAll(async () => {
    await db.destroy();
    process.stderr.write(`stale previews on ${name}: ${counted} refused, nothing changed\n`);
  });

  test.each(CHANGES)('%s, %s: nothing is changed, and the difference is shown', async (operation, _what, change) => {
    const at = await scene(operation);
    const agreed = await shown(runner, operation, at.input);
    await change(at);
    await bed.control.snapshot();
    await bed.control.clearCalls();
    const started = await start(runner, agreed.token);
    expect(await bed.control.diff()).toEqual({});
    const { items } = await bed.control.calls();
    expect(items.filter(({ method }) => method !== 'GET')).toEqual([]);
    if (started.is !== 'stale') throw new Error(JSON.stringify(started));
    expect(differences(agreed.plan, started.plan)).not.toEqual([]);
    expect((await entryOf(runner, started.entryId)).status).toBe('stale');
    expect(await start(runner, agreed.token)).toEqual({ is: 'ran', entryId: started.entryId });
    const again = await start(runner, started.token);
    if (started.plan.refusal) expect(again).toMatchObject({ is: 'stale', plan: { refusal: started.plan.refusal } });
    else {
      if (again.is !== 'started') throw new Error(JSON.stringify(again));
      await again.job;
      expect((await entryOf(runner, again.entryId)).status).toBe('done');
    }
    counted += 1;
  });

  test.each(MESSAGES)('%s runs when a contact merely wrote a message', async (operation) => {
    const at = await scene(operation);
    const { token } = await shown(runner, operation, at.input);
    const now = Date.now() * 1000;
    for (const id of [at.one, at.other]) {
      await bed.control.write(
        'UPDATE platform_identities SET message_count = message_count + 1, last_seen_at = ?, updated_at = ? WHERE person_id = ?',
        [now, now, id],
      );
      await bed.control.write('UPDATE persons SET updated_at = ? WHERE id = ?', [now, id]);
    }
    const started = await start(runner, token);
    if (started.is !== 'started') throw new Error(JSON.stringify(started));
    await started.job;
    expect((await entryOf(runner, started.entryId)).status).toBe('done');
  });

  test('persons.edit, and Omni can’t be read: nothing is done, and the reason is given', async () => {
    const at = await scene('persons.edit');
    const { token } = await shown(runner, 'persons.edit', at.input);
    await bed.control.fault({ kind: 'status', status: 503, times: null });
    const started = await start(runner, token).finally(() => bed.control.clearFaults());
    expect(started).toMatchObject({ is: 'problem', problem: { code: 'unavailable' } });
    const again = await start(runner, token);
    expect(again).toMatchObject({ is: 'ran' });
    const entry = await entryOf(runner, 'entryId' in again ? again.entryId : '');
    expect([entry.status, entry.body.problem?.code]).toEqual(['stale', 'unavailable']);
  });
});

test('differences: in the sentences of the plans, what is gone first', () => {
  const plan = {
    title: { key: 't' },
    effects: null,
    steps: [],
    losses: [],
    unknowns: [],
    warnings: [],
    moves: [],
    command: { none: { key: 'x' } },
  };
  const [same, old, now] = ['same', 'old', 'new'].map((key) => ({ key, values: { of: 1 } }));
  const [before, after] = [
    { ...plan, moves: [same, old] },
    { ...plan, losses: [now], moves: [same], unknowns: [now] },
  ];
  expect(differences(before as never, after as never)).toEqual([
    { is: 'gone', text: old },
    { is: 'new', text: now },
  ]);
  expect(differences(plan, plan)).toEqual([]);
});
