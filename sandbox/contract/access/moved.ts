import { expect } from 'vitest';
import { randomUUID } from 'node:crypto';
import { at, data, text } from '../suite/omni.ts';
import { state } from '../suite/statements.ts';
import type { Trial, TrialPerson } from '../suite/trial.ts';
import { accessGround, BLANK, idOf } from './ground.ts';
import { expectRefusal } from './recorded.ts';
import { mergeOf, moveRules, namedAfter, underWatch } from './watched.ts';

const ALL = ['allow', 'global', 'handle', 'off', 'person only', 'phone'];
const LEFT = ['handle only → none', 'target → T'];
const all = (who: string) => [...ALL.map((name) => `${name} → ${who}`), ...LEFT].toSorted();
const people = ({ source, target }: { source: TrialPerson; target: TrialPerson }) => ({
  [source.id]: 'S',
  [target.id]: 'T',
});

async function moveAndMerge(trial: Trial, foreignWriter: boolean) {
  return underWatch(trial, foreignWriter, async (scene) => {
    await moveRules(trial, scene.source.id, scene.target.id);
    const merged = await mergeOf(trial, scene.source, scene.target);
    expect([merged.status, at(merged, 'data.mergedIdentityIds.length')]).toEqual([200, 2]);
    expect(await namedAfter(trial, scene.made, people(scene))).toEqual(all('T'));
  });
}

state('T0 T1', 'rules moved before the merge: no answer changes', async (trial) => {
  expect((await moveAndMerge(trial, false)).wrong).toBe(0);
});

state(
  'T2 T3',
  'rules moved before the merge, a foreign writer clearing what is kept: no answer changes',
  async (trial) => {
    for (let run = 0; run < 6; run += 1) expect((await moveAndMerge(trial, true)).wrong).toBe(0);
  },
);

for (const [id, foreignWriter] of [
  ['T4', false],
  ['T5', true],
] as const) {
  state(
    id,
    `the undo${foreignWriter ? ' with a foreign writer' : ''}: unlink, link, and only then the rules`,
    async (trial) => {
      const seen = await underWatch(trial, foreignWriter, async (scene) => {
        const moved = await moveRules(trial, scene.source.id, scene.target.id);
        const merged = await mergeOf(trial, scene.source, scene.target);
        const identities = at(merged, 'data.mergedIdentityIds') as string[];
        const fresh = await unlinkAll(trial, identities);
        const linked = await trial.call('POST', '/persons/link', {
          identityA: identities[0],
          identityB: identities[1],
        });
        expect([linked.status, at(linked, 'data.id')]).toEqual([200, fresh[0]]);
        const ids: string[] = [];
        for (const rule of moved)
          ids.push(text(await trial.call('PATCH', `/access/rules/${rule}`, { personId: fresh[0] }), 'data.personId'));
        expect(new Set(ids)).toEqual(new Set([fresh[0]]));
        expect((await trial.call('PATCH', `/persons/${fresh[0]}`, { displayName: 'back' })).status).toBe(200);
        expect(await namedAfter(trial, scene.made, people(scene))).toEqual(all('other'));
      });
      expect(seen.wrong).toBe(0);
    },
  );
}

async function unlinkAll({ call }: Trial, identities: readonly string[]): Promise<string[]> {
  const fresh: string[] = [];
  for (const identityId of identities)
    fresh.push(text(await call('POST', '/persons/unlink', { identityId, reason: 'acc' }), 'data.person.id'));
  return fresh;
}

state('T6 T8', 'a merge without a move is hidden by what is kept, until anybody writes a rule', async (trial) => {
  const seen = await underWatch(trial, false, async (scene) => {
    const { check, create } = await accessGround(trial);
    await mergeOf(trial, scene.source, scene.target);
    await scene.rounds(3);
    expect(await check(scene.h1, scene.one)).toMatchObject({ allowed: false });
    const { id } = await create({ instanceId: scene.one, ruleType: 'deny', platformUserId: `acc-${randomUUID()}` });
    expect(await check(scene.h1, scene.one)).toMatchObject({ allowed: true });
    expect(await namedAfter(trial, scene.made, people(scene))).toEqual(LEFT);
    return [id];
  });
  expect(seen.wrong).toBeGreaterThan(0);
});

state('T7', 'a merge without a move, a foreign writer clearing what is kept: the blocked are let in', async (trial) => {
  const seen = await underWatch(trial, true, async (scene) => {
    await mergeOf(trial, scene.source, scene.target);
  });
  expect(seen.wrong).toBeGreaterThan(0);
});

state('T9', 'DELETE then POST leaves a gap', async (trial) => {
  await underWatch(trial, true, async (scene) => {
    const { check, remove, create } = await accessGround(trial);
    const { id, reason: _, ...rule } = scene.ofSource[0] ?? {};
    await remove(scene.made[0]?.id);
    expect(await check(scene.h1, scene.one)).toMatchObject({ allowed: true });
    return [(await create(rule)).id, id];
  });
});

state(
  'T10',
  'a twin of a phone rule is refused while the first is there; of a handle rule it leaves no gap',
  async (trial) => {
    const seen = await underWatch(trial, true, async (scene) => {
      const { remove, create } = await accessGround(trial);
      const [handle = {}, phone] = scene.ofSource;
      expectRefusal(trial, await trial.call('POST', '/access/rules', phone), 'duplicate');
      let last = scene.made[0]?.id;
      for (let times = 0; times < 30; times += 1) {
        const { id } = await create(handle);
        await remove(last);
        last = id;
      }
      return [last];
    });
    expect(seen.wrong).toBe(0);
  },
);

state('T11', 'a rule given to and fro 60 times: no answer changes', async (trial) => {
  const seen = await underWatch(trial, true, async (scene) => {
    const { patch } = await accessGround(trial);
    for (let times = 0; times < 60; times += 1) {
      const personId = times % 2 === 0 ? scene.target.id : scene.source.id;
      expect((await patch(scene.made[0]?.id, { personId })).status).toBe(200);
    }
    expect(await namedAfter(trial, scene.made, people(scene))).toEqual(all('S'));
  });
  expect(seen.wrong).toBe(0);
});

state('T12', 'a merge that is refused after the move: the rules are given back', async (trial) => {
  const seen = await underWatch(trial, false, async (scene) => {
    const moved = await moveRules(trial, scene.source.id, scene.target.id);
    await unlinkAll(trial, scene.source.identities);
    expect((await mergeOf(trial, scene.source, scene.target)).status).toBe(404);
    for (const id of moved) await trial.call('PATCH', `/access/rules/${id}`, { personId: scene.source.id });
    expect(await namedAfter(trial, scene.made, people(scene))).toEqual(all('S'));
  });
  expect(seen.wrong).toBe(0);
});

state('T13', 'a rule made for the source after the list goes with the merge; it can be made again', async (trial) => {
  await underWatch(trial, false, async (scene) => {
    const { create } = await accessGround(trial);
    await moveRules(trial, scene.source.id, scene.target.id);
    const late = { instanceId: scene.one, ruleType: 'deny', platformUserId: `acc-${randomUUID()}` };
    const { id } = await create({ ...late, personId: scene.source.id });
    expect((await mergeOf(trial, scene.source, scene.target)).status).toBe(200);
    expect((await trial.call('GET', `/access/rules/${String(id)}`)).status).toBe(404);
    const again = await create({ ...late, personId: scene.target.id });
    expect(await namedAfter(trial, scene.made, people(scene))).toEqual(all('T'));
    return [again.id];
  });
});

state('T14', 'a link instead of a merge: the same move first', async (trial) => {
  const seen = await underWatch(trial, false, async (scene) => {
    await moveRules(trial, scene.source.id, scene.target.id);
    const [identityA, identityB] = [scene.target.identities[0], scene.source.identities[0]];
    const linked = await trial.call('POST', '/persons/link', { identityA, identityB });
    expect([linked.status, at(linked, 'data.id')]).toEqual([200, scene.target.id]);
    expect(await namedAfter(trial, scene.made, people(scene))).toEqual(all('T'));
  });
  expect(seen.wrong).toBe(0);
});

state('T15', 'a key without an access scope merges, and the rules go', async (trial) => {
  await underWatch(trial, false, async (scene) => {
    const { release } = await accessGround(trial);
    const { secret: key } = await trial.key({ scopes: ['persons:read', 'persons:write'] });
    const asked = release === 'feb' ? 200 : 403;
    expect((await trial.call('GET', '/access/rules', undefined, { key })).status).toBe(asked);
    const path = `/access/rules/${String(scene.made[0]?.id)}`;
    expect((await trial.call('PATCH', path, {}, { key })).status).toBe(asked);
    const body = { sourcePersonId: scene.source.id, targetPersonId: scene.target.id };
    expect((await trial.call('POST', '/persons/merge', body, { key })).status).toBe(200);
    expect(await namedAfter(trial, scene.made, people(scene))).toEqual(LEFT);
  });
});

state('T16', 'rules given to a new person that a link then removes are lost', async (trial) => {
  await underWatch(trial, false, async (scene) => {
    const moved = await moveRules(trial, scene.source.id, scene.target.id);
    await mergeOf(trial, scene.source, scene.target);
    const [first, second = ''] = await unlinkAll(trial, scene.source.identities);
    for (const id of moved) await trial.call('PATCH', `/access/rules/${id}`, { personId: second });
    const [identityA, identityB] = scene.source.identities;
    expect(idOf(await trial.call('POST', '/persons/link', { identityA, identityB }))).toBe(first);
    expect(await namedAfter(trial, scene.made, people(scene))).toEqual(LEFT);
  });
});

for (const [id, foreignWriter] of [
  ['T17', false],
  ['T18', true],
] as const) {
  state(
    id,
    `rules made again after the merge${foreignWriter ? ', with a foreign writer' : ''}: open in between`,
    async (trial) => {
      await underWatch(trial, foreignWriter, async (scene) => {
        const { check, create, patch } = await accessGround(trial);
        await mergeOf(trial, scene.source, scene.target);
        expect(await namedAfter(trial, scene.made, people(scene))).toEqual(LEFT);
        if (foreignWriter) await patch(scene.made[7]?.id, {});
        if (foreignWriter) expect(await check(scene.h1, scene.one)).toMatchObject({ allowed: true });
        const again = [];
        for (const rule of scene.ofSource) again.push(await create({ ...rule, personId: scene.target.id }));
        expect(await check(scene.h1, scene.one)).toMatchObject({ allowed: false });
        return again.map((rule) => rule.id);
      });
    },
  );
}

state(
  'T19',
  'a twin of an older allow rule opens what a newer deny closes; a change of the old one does not',
  async (trial) => {
    await underWatch(trial, false, async (scene) => {
      const { check, create, patch } = await accessGround(trial);
      const handle = `acc-${randomUUID()}`;
      const rule = { instanceId: scene.one, platformUserId: handle };
      const old = await create({ ...rule, ruleType: 'allow', personId: scene.source.id });
      const deny = await create({ ...rule, ruleType: 'deny' });
      expect(await check(handle, scene.one)).toMatchObject({ allowed: false });
      expect(data(await patch(old.id, { personId: scene.target.id }))).toMatchObject({
        ...BLANK,
        ...rule,
        ruleType: 'allow',
        personId: scene.target.id,
      });
      expect(await check(handle, scene.one)).toMatchObject({ allowed: false });
      const twin = await create({ ...rule, ruleType: 'allow', personId: scene.target.id });
      expect(await check(handle, scene.one)).toMatchObject({ allowed: true });
      return [old.id, deny.id, twin.id];
    });
  },
);
