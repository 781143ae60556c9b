import { expect } from 'vitest';
import { expectNotFound } from './suite/issues.ts';
import { at, data, items, NOBODY, text } from './suite/omni.ts';
import { stateUnproved } from './suite/statements.ts';
import type { Trial } from './suite/trial.ts';

/** No case was recorded here but "a deny rule vanishes in a merge": the rest is contract §6. */
async function ground({ call, newInstance }: Trial) {
  const instanceId = await newInstance();
  const rule = (body: object) => call('POST', '/access/rules', { instanceId, ruleType: 'deny', ...body });
  const check = async (platformUserId: string) =>
    data(await call('POST', '/access/check', { instanceId, platformUserId, channel: 'whatsapp-baileys' }));
  const list = async () =>
    items(await call('GET', `/access/rules?instanceId=${instanceId}`)).filter((row) => row.instanceId);
  return { instanceId, rule, check, list };
}

const user = () => `55119${Math.floor(Math.random() * 1e8)}@s.whatsapp.net`;

stateUnproved('§6', 'a rule needs a criterion and has its defaults', async (trial) => {
  const { rule, list } = await ground(trial);
  expect((await rule({})).status).toBe(400);
  const answer = await rule({ platformUserId: user(), ruleType: 'allow' });
  expect(answer.status).toBe(201);
  expect(data(answer)).toMatchObject({
    ruleType: 'allow',
    priority: 0,
    enabled: true,
    action: 'block',
    expiresAt: null,
  });
  expect((await list()).map((row) => row.id)).toEqual([text(answer, 'data.id')]);
});

stateUnproved('§6', 'rules are changed and deleted; an unknown one is 404', async (trial) => {
  const { rule, list } = await ground(trial);
  const path = `/access/rules/${text(await rule({ platformUserId: user() }), 'data.id')}`;
  expect(at(await trial.call('PATCH', path, { enabled: false, reason: 'spam' }), 'data.enabled')).toBe(false);
  expect((await trial.call('DELETE', path)).body).toEqual({ success: true });
  expect(await list()).toEqual([]);
  expectNotFound(await trial.call('DELETE', `/access/rules/${NOBODY}`), 'AccessRule', NOBODY);
});

stateUnproved('§6', 'a deny rule blocks its handle or its phones, in a blocklist', async (trial) => {
  const { rule, check } = await ground(trial);
  const [one, two] = [user(), user()];
  expect(await check(one)).toMatchObject({ allowed: true, mode: 'blocklist' });
  await rule({ platformUserId: one, reason: 'spam' });
  expect(await check(one)).toMatchObject({ allowed: false, mode: 'blocklist', rule: { reason: 'spam' } });
  expect(await check(two)).toMatchObject({ allowed: true });
  await rule({ phonePattern: `+${two.slice(0, 9)}*` });
  expect(await check(two)).toMatchObject({ allowed: false });
});

stateUnproved('§6', 'a rule with only a person never matches', async (trial) => {
  const { rule, check } = await ground(trial);
  const handle = user();
  const person = await trial.person({}, trial.target.sandbox ? [{ platformUserId: handle }] : [{}]);
  await rule({ personId: person.id });
  expect(await check(handle)).toMatchObject({ allowed: true });
});

stateUnproved('§6', 'a disabled or expired rule does not count', async (trial) => {
  const { rule, check } = await ground(trial);
  const handle = user();
  await rule({ platformUserId: handle, enabled: false });
  await rule({ platformUserId: handle, expiresAt: '2020-01-01T00:00:00Z' });
  expect(await check(handle)).toMatchObject({ allowed: true });
});

stateUnproved('§6', 'the higher priority decides, and an allowlist refuses who is not named', async (trial) => {
  const { rule, check, instanceId } = await ground(trial);
  const [one, two] = [user(), user()];
  await rule({ platformUserId: one, priority: 1 });
  await rule({ platformUserId: one, priority: 2, ruleType: 'allow' });
  expect(await check(one)).toMatchObject({ allowed: true });
  const changed = await trial.call('PATCH', `/instances/${instanceId}`, { accessMode: 'allowlist' });
  expect(changed.status).toBe(200);
  expect(await check(one)).toMatchObject({ allowed: true, mode: 'allowlist' });
  expect(await check(two)).toMatchObject({ allowed: false, mode: 'allowlist' });
  await trial.call('PATCH', `/instances/${instanceId}`, { accessMode: 'disabled' });
  expect(await check(two)).toMatchObject({ allowed: true, mode: 'disabled' });
});

stateUnproved(
  'extra checks',
  "a deny rule on a merge's source vanishes: a blocked person is unblocked",
  async (trial) => {
    const { rule, list } = await ground(trial);
    const [source, target] = [await trial.person(), await trial.person()];
    await rule({ personId: source.id, platformUserId: user(), reason: 'spam' });
    const merged = await trial.call('POST', '/persons/merge', { sourcePersonId: source.id, targetPersonId: target.id });
    expect(merged.status).toBe(200);
    expect(await list()).toEqual([]);
  },
);

stateUnproved('§1.9', 'a check is remembered for five minutes, past a rule that a merge took away', async (trial) => {
  const { rule, check } = await ground(trial);
  const [handle, inside] = [user(), trial.inside()];
  const [source, target] = [await trial.person(), await trial.person()];
  await rule({ personId: source.id, platformUserId: handle });
  expect(await check(handle)).toMatchObject({ allowed: false });
  await trial.call('POST', '/persons/merge', { sourcePersonId: source.id, targetPersonId: target.id });
  expect(await check(handle)).toMatchObject({ allowed: false });
  await inside.moveClock(300_001);
  expect(await check(handle)).toMatchObject({ allowed: true });
});
