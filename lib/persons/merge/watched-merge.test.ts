import { afterAll, beforeAll, expect, test } from 'vitest';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { openOutside } from '../../../sandbox/contract/suite/targets.ts';
import { runnerOfAll } from '#lib/operations/testing/own-bed.ts';
import { before, clean } from '#lib/persons/testing/scenario-remains.ts';
import { newPeople, startScene, type PersonsScene } from '#lib/persons/testing/scene.ts';
import { ALL_SHAPES, dress, must, portrait, watch, type RuleShape } from '#lib/persons/testing/watched-merge.ts';
import { readPersonRecord } from '#lib/persons/record/person-record.ts';

/** A sandbox, or the server `OMNI_CONTRACT_URL` names with the first two of `OMNI_CONTRACT_PEOPLE` (`npm run scenario`). */
let scene: PersonsScene | undefined;
let url: string;
let key: string;
let people: [string, string];
let db: Store;
let omni: Omni;

beforeAll(async () => {
  const outside = openOutside()?.target;
  if (outside) {
    const [duplicate, survivor] = outside.people;
    if (!duplicate || !survivor) throw new Error('OMNI_CONTRACT_PEOPLE names fewer than two');
    [url, key, people] = [outside.url, outside.key, [duplicate, survivor]];
  } else {
    scene = await startScene();
    const [duplicate = '', survivor = ''] = await newPeople(scene, 3, 1);
    [url, key, people] = [scene.sandbox.url, scene.sandbox.keys.admin, [duplicate, survivor]];
    await scene.control.rows({ instances: [{ name: 'Lista fechada', accessMode: 'allowlist' }] });
  }
  db = scene?.db ?? (await openStore({ file: ':memory:' }));
  omni = omniFor(url, key);
});
afterAll(async () => {
  await db.destroy();
  await scene?.sandbox.stop();
});

const SCENES: [name: string, shapes: readonly RuleShape[]][] = [
  ['a phone and a handle rule', ['a phone rule on an instance', 'a handle rule']],
  ...ALL_SHAPES.map((shape): [string, RuleShape[]] => [shape, [shape]]),
  ['five rules at once', ALL_SHAPES.filter((shape) => shape !== 'a rule that is off')],
];

test.each(SCENES)(
  'persons.merge of %s: nobody is let in or kept out meanwhile, and it is undone',
  async (name, shapes) => {
    const [duplicate, survivor] = people;
    const runner = runnerOfAll(db, { url, key });
    const was = await before(omni, people);
    const blank = await readAll(omni, people);
    let left: string[] = [];
    const today: Record<string, string> = {};
    let watcher: Awaited<ReturnType<typeof watch>> | undefined;
    try {
      const dressed = await dress(omni, duplicate, shapes);
      if (dressed.asked.length === 0) return void process.stderr.write(`${name}: this server has no instance for it\n`);
      const [theirs, ours] = [await portrait(omni, duplicate, dressed), await portrait(omni, survivor, dressed)];
      // Somebody else's server limits the calls of a key, those of the merge included.
      watcher = await watch(omni, dressed, scene ? 20 : 400);
      const kept = { displayName: 'survivor', primaryEmail: 'survivor', avatarUrl: 'survivor' };
      const fields = { ...kept, primaryPhone: 'duplicate', metadata: 'duplicate' };
      const entry = await carryOut(runner, 'persons.merge', { duplicate, survivor, reason: '', fields, routes: {} });
      expect(entry.body.receipt?.checks.map(({ held }) => held)).not.toContain(false);
      expect(entry.status).toBe('done');
      expect(await portrait(omni, survivor, dressed)).toEqual({
        ...ours,
        fields: { ...ours.fields, primaryPhone: theirs.fields?.primaryPhone, metadata: theirs.fields?.metadata },
        identities: [...ours.identities, ...theirs.identities].sort(),
        rules: theirs.rules,
        routes: theirs.routes,
      });
      expect(await portrait(omni, duplicate, dressed)).toMatchObject({ there: false, rules: [], routes: [] });

      const undone = await undoEntry(runner, entry.id);
      const seen = await watcher.stop();
      expect(undone.body.receipt?.checks.filter(({ held }) => held !== true)).toEqual([]);
      expect(undone.status).toBe('done');
      const back = String(undone.steps.find(({ id }) => id.startsWith('new-person:'))?.result);
      expect(back).not.toBe(duplicate);
      expect(await portrait(omni, back, dressed)).toEqual(theirs);
      expect(await portrait(omni, survivor, dressed)).toEqual(ours);
      expect(undone.body.plan.changes).toContainEqual(
        expect.objectContaining({ what: 'person-again', of: expect.objectContaining({ id: duplicate }) }),
      );
      expect(seen.wrong).toBe(0);
      expect(seen.asked).toBeGreaterThan(0);
      process.stderr.write(`merge and undo of ${name} under watch: asked ${seen.asked} times, wrong 0 times\n`);
      people = [back, survivor];
      today[duplicate] = back;
      left = await clean(omni, was, today);
      expect(await readAll(omni, people)).toEqual(blank);
    } finally {
      await watcher?.stop();
      left = [...new Set([...left, ...(await clean(omni, was, today))])];
      for (const one of left) process.stderr.write(`left behind: ${one}\n`);
    }
    expect(left.filter((one) => !one.startsWith('name of'))).toEqual([]);
  },
);

/** Some people as they are, and which rules and routes the server has. */
async function readAll(at: Omni, ids: readonly string[]) {
  const [rules, instances, records] = await Promise.all([
    must(listAccessRules(at)),
    must(listAllInstances(at)),
    Promise.all(ids.map((id) => must(readPersonRecord(at, id)))),
  ]);
  const routes = await Promise.all(instances.map(({ id }) => must(listRoutes(at, id))));
  return {
    rules: rules.map(({ id }) => id).sort(),
    routes: routes
      .flat()
      .map(({ id }) => id)
      .sort(),
    people: records.map((one) => [
      one?.person.displayName,
      one?.person.primaryPhone,
      one?.person.metadata,
      one?.identities.map(({ id }) => id).sort(),
    ]),
  };
}
