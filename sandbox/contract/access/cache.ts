import { expect } from 'vitest';
import { randomUUID } from 'node:crypto';
import { NOBODY } from '../suite/omni.ts';
import { state, stateInside } from '../suite/statements.ts';
import type { Trial } from '../suite/trial.ts';
import { accessGround } from './ground.ts';

/** One who was asked about and let in, and is then denied by a rule that another writer put past the server. */
async function deniedBehind(trial: Trial, ruleId: string = randomUUID()) {
  const ground = await accessGround(trial);
  const handle = `acc-${randomUUID()}`;
  const allowed = async () => (await ground.check(handle)).allowed;
  expect(await allowed()).toBe(true);
  await trial.inside().write(
    `INSERT INTO access_rules (id, instance_id, rule_type, platform_user_id, priority, enabled, action, created_at, updated_at)
      VALUES (?, ?, 'deny', ?, 0, 1, 'block', 1, 1)`,
    [ruleId, ground.instances[0] ?? '', handle],
  );
  return { ...ground, handle, allowed };
}

stateInside('Q1', 'an answer is kept, an allow too; a write to any rule clears all', async (trial) => {
  const { allowed, withRules, instances } = await deniedBehind(trial);
  expect(await allowed()).toBe(true);
  await withRules([{ instanceId: instances[3], ruleType: 'deny', platformUserId: 'acc-other' }], async () => {
    expect(await allowed()).toBe(false);
  });
});

stateInside('Q2', 'a rule that expires while its answer is kept goes on deciding', async (trial) => {
  const { withRules, check, patch, instances } = await accessGround(trial);
  const soon = new Date((await trial.inside().now()) + 60_000).toISOString();
  const rule = { instanceId: instances[0], ruleType: 'deny', platformUserId: 'acc-q2', expiresAt: soon };
  await withRules([rule], async ([made]) => {
    expect(await check('acc-q2')).toMatchObject({ allowed: false });
    await trial.inside().moveClock(61_000);
    expect(await check('acc-q2')).toMatchObject({ allowed: false });
    await patch(made?.id, {});
    expect(await check('acc-q2')).toMatchObject({ allowed: true });
  });
});

stateInside('Q3', 'a kept answer holds the old mode; "disabled" is read before what is kept', async (trial) => {
  const { withRules, check, instances } = await accessGround(trial);
  const id = instances[3] ?? '';
  const setMode = (accessMode: string) => trial.call('PATCH', `/instances/${id}`, { accessMode });
  const behind = (mode: string) =>
    trial.inside().write('UPDATE instances SET access_mode = ? WHERE id = ?', [mode, id]);
  await withRules([{ instanceId: id, ruleType: 'deny', platformUserId: 'acc-q3' }], async () => {
    expect(await check('acc-q3', id)).toMatchObject({ allowed: false, mode: 'blocklist' });
    await setMode('disabled');
    expect(await check('acc-q3', id)).toMatchObject({ allowed: true, mode: 'disabled' });
    await setMode('blocklist');
    expect(await check('acc-q3', id)).toMatchObject({ allowed: false, mode: 'blocklist' });
    await behind('allowlist');
    expect(await check('acc-q3', id)).toMatchObject({ allowed: false, mode: 'blocklist' });
    expect(await check('acc-q3-other', id)).toMatchObject({ allowed: false, mode: 'allowlist' });
    await behind('disabled');
    expect(await check('acc-q3', id)).toMatchObject({ allowed: true, mode: 'disabled' });
    await setMode('blocklist');
  });
});

state('Q4 Q5', 'a change and a deletion are seen by the next check', async (trial) => {
  const { create, remove, patch, check, instances } = await accessGround(trial);
  const { id } = await create({
    instanceId: instances[0],
    ruleType: 'deny',
    platformUserId: 'acc-q4',
    reason: 'acc one',
  });
  expect(await check('acc-q4')).toMatchObject({ reason: 'acc one' });
  await patch(id, { reason: 'acc two' });
  expect(await check('acc-q4')).toMatchObject({ reason: 'acc two' });
  await remove(id);
  expect(await check('acc-q4')).toMatchObject({ allowed: true });
});

stateInside('Q6', 'the channel is not part of what is kept', async (trial) => {
  const { check, instances, handle } = await deniedBehind(trial);
  expect(await check(handle, instances[0], 'telegram')).toMatchObject({ allowed: true });
});

stateInside('Q7', 'a refused write clears nothing, a create does', async (trial) => {
  const { allowed, patch, remove, withRules, instances } = await deniedBehind(trial);
  const missing = { instanceId: instances[0], ruleType: 'deny', personId: NOBODY };
  await patch(NOBODY, { enabled: true });
  await trial.call('POST', '/access/rules', {});
  await trial.call('POST', '/access/rules', missing);
  await remove(NOBODY);
  expect(await allowed()).toBe(true);
  await withRules([{ ...missing, personId: undefined, platformUserId: 'acc-q7' }], async () => {
    expect(await allowed()).toBe(false);
  });
});

stateInside('Q8', 'an empty change of any rule clears what is kept', async (trial) => {
  const id = randomUUID();
  const { allowed, patch } = await deniedBehind(trial, id);
  expect(await allowed()).toBe(true);
  await patch(id, {});
  expect(await allowed()).toBe(false);
});

state('Q9', '120 creates, each with six checks at the same time: no answer of before is left', async (trial) => {
  const { create, remove, check, instances } = await accessGround(trial);
  const stale: number[] = [];
  for (let number = 0; number < 120; number += 1) {
    const handle = `acc-q9-${number}`;
    const ask = () => Promise.all([check(handle), check(handle), check(handle)]);
    const rule = { instanceId: instances[0], ruleType: 'deny', platformUserId: handle };
    const [, { id }] = await Promise.all([ask(), create(rule), ask()]);
    if ((await check(handle)).allowed) stale.push(number);
    await remove(id);
  }
  expect(stale).toEqual([]);
});

stateInside('Q10', 'an answer is kept for 300 seconds', async (trial) => {
  const { withRules, check, instances } = await accessGround(trial);
  const rule = { instanceId: instances[0], ruleType: 'deny', platformUserId: 'acc-q10' };
  await withRules([rule], async ([made]) => {
    expect(await check('acc-q10')).toMatchObject({ allowed: false });
    await trial.inside().write('DELETE FROM access_rules WHERE id = ?', [String(made?.id)]);
    await trial.inside().moveClock(299_000);
    expect(await check('acc-q10')).toMatchObject({ allowed: false });
    await trial.inside().moveClock(1001);
    expect(await check('acc-q10')).toMatchObject({ allowed: true });
  });
});
