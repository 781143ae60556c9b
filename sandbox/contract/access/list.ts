import { expect } from 'vitest';
import { expectNotFound } from '../suite/issues.ts';
import { data, NOBODY } from '../suite/omni.ts';
import { state } from '../suite/statements.ts';
import type { Trial } from '../suite/trial.ts';
import { accessGround, expectRow } from './ground.ts';

const rule = (instanceId: string | null | undefined, reason: string, priority: number, more: object = {}) => ({
  instanceId,
  ruleType: 'deny',
  platformUserId: `5511955500${reason.length}0${priority}@s.whatsapp.net`,
  priority,
  reason,
  ...more,
});

/** The six rules of the recorded list, made in this order. */
async function listed(trial: Trial, work: (ground: Awaited<ReturnType<typeof accessGround>>) => Promise<void>) {
  const ground = await accessGround(trial);
  const [one, , , four] = ground.instances;
  const { id: personId } = await trial.person();
  const rules = [
    rule(one, 'acc a1', 0),
    rule(one, 'acc a2 disabled', 5, { ruleType: 'allow', enabled: false }),
    rule(null, 'acc a3 global', 3),
    rule(four, 'acc a4 other instance', 9),
    rule(one, 'acc a5 expired', 3, { expiresAt: '2020-01-01T00:00:00Z' }),
    { instanceId: one, ruleType: 'deny', personId, priority: 3, reason: 'acc a6 person' },
  ];
  await ground.withRules(rules, async (made) => {
    await work({ ...ground, create: () => Promise.resolve(made[2] ?? {}) });
  });
}

const OWN = ['acc a2 disabled', 'acc a3 global', 'acc a5 expired', 'acc a6 person', 'acc a1'];

state('K0', 'the ground: a blocklist, an allowlist, one that is off, another blocklist', async (trial) => {
  const { check, instances } = await accessGround(trial);
  const modes: unknown[] = [];
  for (const id of instances) modes.push((await check('nobody-asked-before', id)).mode);
  expect(modes).toEqual(['blocklist', 'allowlist', 'disabled', 'blocklist']);
});

state(
  'K1 K10',
  'the list of an instance holds the global, disabled and expired rules, whatever else is asked',
  (trial) =>
    listed(trial, async ({ reasons, instances: [one] }) => {
      expect(await reasons(`?instanceId=${one}`, 'acc a')).toEqual(OWN);
      const ignored = `limit=1&cursor=x&enabled=true&personId=${NOBODY}&platformUserId=x&phonePattern=x`;
      expect(await reasons(`?instanceId=${one}&${ignored}`, 'acc a')).toEqual(OWN);
    }),
);

state(
  'K2 K3 K4 K9',
  'without a filter all rules are listed; by type; an unknown instance has the global ones',
  (trial) =>
    listed(trial, async ({ reasons, instances: [one] }) => {
      expect(await reasons('', 'acc a')).toEqual(['acc a4 other instance', ...OWN]);
      expect(await reasons(`?instanceId=${one}&type=allow`, 'acc a')).toEqual(['acc a2 disabled']);
      expect(await reasons(`?instanceId=${one}&type=deny`, 'acc a')).toEqual(OWN.slice(1));
      expect(await reasons(`?instanceId=${NOBODY}`, 'acc a')).toEqual(['acc a3 global']);
    }),
);

state('K11 K12', 'inside one priority the order is the database’s own: a written row moves', (trial) =>
  listed(trial, async ({ reasons, patch, create, instances: [one] }) => {
    expect(await reasons(`?instanceId=${one}`, 'acc a')).toEqual(OWN);
    const { id } = await create({});
    expect((await patch(id, { reason: 'acc a3 global' })).status).toBe(200);
    const moved = ['acc a2 disabled', 'acc a5 expired', 'acc a6 person', 'acc a3 global', 'acc a1'];
    expect(await reasons(`?instanceId=${one}`, 'acc a')).toEqual(moved);
  }),
);

state('K13', 'one rule by its id', async (trial) => {
  const { withRules, instances, release } = await accessGround(trial);
  const wanted = { instanceId: instances[0], ruleType: 'deny', platformUserId: 'acc-k13' };
  await withRules([wanted], async ([made]) => {
    const answer = await trial.call('GET', `/access/rules/${String(made?.id)}`);
    expect(answer.status).toBe(200);
    expectRow(data(answer), wanted, release);
    expect(data(answer)).toEqual(made);
  });
});

state('O2 O5', 'a deleted rule is not found', async (trial) => {
  const { create, remove, patch, instances } = await accessGround(trial);
  const { id } = await create({ instanceId: instances[0], ruleType: 'deny', platformUserId: 'acc-o' });
  expect((await remove(id)).body).toEqual({ success: true });
  expectNotFound(await remove(id), 'AccessRule', String(id));
  expectNotFound(await patch(id, { enabled: true }), 'AccessRule', String(id));
});

state('P34', 'a change does not make a rule the newest', async (trial) => {
  const { withRules, patch, check, instances } = await accessGround(trial);
  const both = { instanceId: instances[0], platformUserId: 'acc-p34' };
  await withRules(
    [
      { ...both, ruleType: 'deny', reason: 'acc first' },
      { ...both, ruleType: 'allow', reason: 'acc second' },
    ],
    async ([first]) => {
      expect((await patch(first?.id, { reason: 'acc first' })).status).toBe(200);
      expect(await check('acc-p34')).toMatchObject({ allowed: true, reason: 'acc second' });
    },
  );
});
