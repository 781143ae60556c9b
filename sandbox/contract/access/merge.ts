import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Wire } from '../../world/tables.ts';
import { expectNotFound } from '../suite/issues.ts';
import { at, data, items, NOBODY } from '../suite/omni.ts';
import { state, stateInside } from '../suite/statements.ts';
import type { Trial } from '../suite/trial.ts';
import { accessGround } from './ground.ts';
import { expectRefusal } from './recorded.ts';

const merge = (trial: Trial, sourcePersonId: string, targetPersonId: string) =>
  trial.call('POST', '/persons/merge', { sourcePersonId, targetPersonId });

/** Whom each of these rules names now; a rule that is gone is left out. */
async function namedBy({ call }: Trial, rules: readonly Wire[]): Promise<Record<string, unknown>> {
  const ids = new Set(rules.map(({ id }) => id));
  const there = items(await call('GET', '/access/rules')).filter(({ id }) => ids.has(id));
  return Object.fromEntries(there.map((rule) => [String(rule.reason), rule.personId]));
}

state('S1 S2 S3 S4', 'a merge takes every rule of the source, and what is kept hides it for a while', async (trial) => {
  const { instances, withRules, check, patch } = await accessGround(trial);
  const [one] = instances;
  const [source, target] = [await trial.person(), await trial.person()];
  const handle = `acc-${randomUUID()}`;
  const denied = { instanceId: one, ruleType: 'deny', platformUserId: handle };
  const of = (reason: string, personId: string | undefined, more: Wire = {}) => ({
    ...denied,
    reason,
    ...(personId === undefined ? {} : { personId }),
    ...more,
  });
  const rules = [
    of('handle+person', source.id),
    of('global', source.id, { instanceId: null, platformUserId: `${handle}-x` }),
    of('off', source.id, { enabled: false, expiresAt: '2020-01-01T00:00:00Z' }),
    of('handle only', undefined, { platformUserId: `${handle}-only` }),
    of('of the target', target.id, { platformUserId: `${handle}-target` }),
  ];
  await withRules(rules, async (made) => {
    expect(await check(handle)).toMatchObject({ allowed: false });
    const merged = await merge(trial, source.id, target.id);
    expect([merged.status, at(merged, 'data.deletedPersonId')]).toEqual([200, source.id]);
    expect(at(merged, 'data.mergedIdentityIds')).toEqual(source.identities);
    expect(await namedBy(trial, made)).toEqual({ 'handle only': null, 'of the target': target.id });
    expect(await check(handle)).toMatchObject({ allowed: false, rule: { reason: 'handle+person' } });
    expect(await check(`${handle}-x`, instances[3])).toMatchObject({ allowed: true });
    await patch(made[4]?.id, {});
    expect(await check(handle)).toMatchObject({ allowed: true });
    expectNotFound(await patch(made[0]?.id, { personId: target.id }), 'AccessRule', String(made[0]?.id));
    expectRefusal(trial, await patch(made[4]?.id, { personId: source.id }), 'reference');
    expect(await namedBy(trial, made)).toEqual({ 'handle only': null, 'of the target': target.id });
  });
});

state('S5', 'a link takes the rules of B’s person', async (trial) => {
  const { instances, withRules } = await accessGround(trial);
  const [a, b] = [await trial.person(), await trial.person()];
  const denied = { instanceId: instances[0], ruleType: 'deny' };
  const of = (reason: string, personId: string) => ({ ...denied, platformUserId: `acc-${reason}`, personId, reason });
  await withRules([of('acc A', a.id), of('acc B', b.id)], async (made) => {
    const linked = await trial.call('POST', '/persons/link', {
      identityA: a.identities[0],
      identityB: b.identities[0],
    });
    expect([linked.status, at(linked, 'data.id')]).toEqual([200, a.id]);
    expect(await namedBy(trial, made)).toEqual({ 'acc A': a.id });
  });
});

state('S6 S7 S8', 'an unlink leaves the rule with the old person; it can be given to the new one', async (trial) => {
  const { instances, withRules, check, patch } = await accessGround(trial);
  const old = await trial.person({}, [{}, {}]);
  const handle = `acc-${randomUUID()}`;
  const rule = {
    instanceId: instances[0],
    ruleType: 'deny',
    platformUserId: handle,
    personId: old.id,
    reason: 'acc U',
  };
  await withRules([rule], async (made) => {
    const [, identityId] = old.identities;
    const unlinked = await trial.call('POST', '/persons/unlink', { identityId, reason: 'acc' });
    const fresh = String(at(unlinked, 'data.person.id'));
    expect(unlinked.status).toBe(200);
    expect(await namedBy(trial, made)).toEqual({ 'acc U': old.id });
    expect(await check(handle)).toMatchObject({ allowed: false, reason: 'acc U' });
    const given = await patch(made[0]?.id, { personId: fresh });
    expect([given.status, data(given)]).toEqual([
      200,
      { ...made[0], personId: fresh, updatedAt: data(given).updatedAt },
    ]);
  });
});

stateInside('S9', 'the rules of a person go with the row', async (trial) => {
  const { instances, withRules } = await accessGround(trial);
  const { id: personId } = await trial.person();
  await withRules([{ instanceId: instances[0], ruleType: 'deny', personId, reason: 'acc S9' }], async (made) => {
    await trial.inside().write('DELETE FROM persons WHERE id = ?', [personId]);
    expect(await namedBy(trial, made)).toEqual({});
  });
});

state('S10 S11', 'a merge into itself takes the rules; a refused one leaves them', async (trial) => {
  const { instances, withRules } = await accessGround(trial);
  const { id: personId } = await trial.person();
  await withRules([{ instanceId: instances[0], ruleType: 'deny', personId, reason: 'acc S' }], async (made) => {
    expectRefusal(trial, await merge(trial, personId, NOBODY), 'reference');
    expect(await namedBy(trial, made)).toEqual({ 'acc S': personId });
    expectNotFound(await merge(trial, personId, personId), 'Person', personId);
    expect(await namedBy(trial, made)).toEqual({});
  });
});

state('S12', 'a source without identities: 404, its rules stay', async (trial) => {
  const { instances, withRules } = await accessGround(trial);
  const [source, target] = [await trial.person(), await trial.person()];
  await trial.call('POST', '/persons/unlink', { identityId: source.identities[0], reason: 'acc' });
  const rule = { instanceId: instances[0], ruleType: 'deny', personId: source.id, reason: 'acc S12' };
  await withRules([rule], async (made) => {
    expectNotFound(await merge(trial, source.id, target.id), 'Person', source.id);
    expect(await namedBy(trial, made)).toEqual({ 'acc S12': source.id });
  });
});

state('S13', 'the rules of an instance go with it', async (trial) => {
  const { withRules } = await accessGround(trial);
  const instanceId = await trial.newInstance();
  await withRules([{ instanceId, ruleType: 'deny', platformUserId: 'acc-s13', reason: 'acc S13' }], async (made) => {
    expect((await trial.call('DELETE', `/instances/${instanceId}`)).body).toEqual({ success: true });
    expect(await namedBy(trial, made)).toEqual({});
  });
});
