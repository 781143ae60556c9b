import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { checkAccess, listAccessRules } from '#lib/omni/resources/access.ts';
import { seeded } from '#lib/omni/testing/seeded.ts';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { decideHandle } from './decide.ts';
import { isHeavyPattern, type HandleMatcher } from './match.ts';
import { ruleState } from './rule-state.ts';

/** Rules × handles for each generation. */
const WORLDS = process.env.SOAK ? 5000 : 250;
const BATCH = 50;
const HANDLES = 2;

const { next, chance, pick } = seeded(20_260_917);

const NUMBERS = ['5511955500001', '5511955500002', '551195550000', '11987654321000', '-1001234567890'];
const handle = () =>
  pick(['', '+', '++', ' ']).trim() +
  pick(NUMBERS) +
  pick(['', '', '@s.whatsapp.net', '@lid', ':12@s.whatsapp.net', '\n9', '.', '*']);
const pattern = () => {
  const number = pick(NUMBERS);
  const cut = number.slice(0, 1 + Math.floor(next() * number.length));
  return (
    pick(['', '+', '++', '*', '^', '(', '[0-9]']) +
    cut +
    pick(['', '*', '*1', '.*', '?', '@*', '|*', '**', '$', '\\d', '@s.whatsapp.net'])
  );
};

/** A handle that a rule is likely to fit. */
const handleFor = ({ platformUserId, phonePattern }: Pick<RandomRule, 'platformUserId' | 'phonePattern'>) =>
  platformUserId ?? (phonePattern ?? '').replaceAll('*', pick(['', '7', '@lid']));

/** A rule's moment in microseconds; two of one world may share it. */
const moment = (now: number) => (now - Math.floor(next() * 4) * 1000) * 1000;

type RandomRule = Record<string, unknown> & {
  id: string;
  ruleType: string;
  phonePattern?: string;
  platformUserId?: string;
  priority: number;
  createdAt: number;
};

function randomWorld(now: number) {
  const id = randomUUID();
  const rules = Array.from({ length: 1 + Math.floor(next() * 5) }, () => {
    const at = moment(now);
    return {
      id: randomUUID(),
      instanceId: id,
      ruleType: pick(['allow', 'deny']),
      ...(chance(0.6) ? { phonePattern: pattern() } : {}),
      ...(chance(0.5) ? { platformUserId: chance(0.1) ? '' : handle() } : {}),
      priority: pick([0, 0, 0, 5, -5]),
      enabled: chance(0.9),
      ...(chance(0.2) ? { expiresAt: new Date(now + pick([-60_000, 3_600_000])).toISOString() } : {}),
      action: pick(['block', 'allow', 'silent_block']),
      createdAt: at,
      updatedAt: at,
    } as RandomRule;
  });
  const unique = new Map(rules.map((rule) => [`${rule.phonePattern ?? rule.id} ${rule.ruleType}`, rule]));
  const [first] = rules;
  if (first && chance(0.2)) {
    // Two rules of one moment that contradict each other.
    const twin = { ...first, id: randomUUID(), ruleType: first.ruleType === 'allow' ? 'deny' : 'allow', enabled: true };
    for (const rule of [Object.assign(first, { enabled: true, priority: 9 }), Object.assign(twin, { priority: 9 })])
      unique.set(rule.id, Object.assign(rule, { phonePattern: `*${rule.ruleType === 'allow' ? '*' : ''}` }));
  }
  const mode = pick(['blocklist', 'blocklist', 'allowlist', 'allowlist', 'disabled']);
  return { id, mode, rules: [...new Set(unique.values())], instance: { id, name: id, accessMode: mode } };
}

/** What orders a rule: of those of one priority and moment, which all say the same, any may be named. */
function momentOf(id: string | undefined, rules: readonly { id: string; priority: number; createdAt: number }[]) {
  const rule = rules.find((each) => each.id === id);
  return rule ? `${rule.priority} ${rule.createdAt}` : null;
}

test.each<[HandleMatcher, 'measured' | 'newest']>([
  ['exact', 'measured'],
  ['before-at', 'newest'],
])(
  `decideHandle agrees with the sandbox's check on ${WORLDS * HANDLES} random rules × handles: %s (%s)`,
  { timeout: 900_000 },
  async (matcher, generation) => {
    const sandbox = await startSandbox({ port: 0, persons: 20, generation });
    const control = createControl(sandbox.url);
    await control.rateLimit(10_000_000);
    await control.write('DELETE FROM access_rules');
    const omni = readingFresh(
      omniAs(new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, sandbox.keys.admin), { actor: 'worlds' }),
    );
    const counts: Record<string, number> = {};
    try {
      for (let done = 0; done < WORLDS; done += BATCH) {
        const now = await control.now();
        const worlds = Array.from({ length: BATCH }, () => randomWorld(now));
        await control.rows({
          instances: worlds.map(({ instance }) => instance),
          access_rules: worlds.flatMap(({ rules }) => rules),
        });
        const rules = await listAccessRules(omni);
        if (!rules.ok) throw new Error(rules.error.kind);
        for (const world of worlds) {
          for (let ask = 0; ask < HANDLES; ask += 1) {
            const platformUserId = chance(0.6) ? handleFor(pick(world.rules)) : handle();
            const ours = decideHandle(
              { instanceId: world.id, mode: world.mode, rules: rules.value, now },
              platformUserId,
              matcher,
            );
            const theirs = await checkAccess(omni, { instanceId: world.id, platformUserId, channel: 'x' });
            if (!theirs.ok) throw new Error(theirs.error.kind);
            counts[ours.is] = (counts[ours.is] ?? 0) + 1;
            const where = JSON.stringify([platformUserId, world]);
            if (ours.is === 'unknown') expect([where, ours.why]).toEqual([where, 'order']);
            else
              expect([where, ours.is, momentOf(ours.by?.id, world.rules)]).toEqual([
                where,
                theirs.value.allowed ? 'allowed' : 'blocked',
                momentOf(theirs.value.rule?.id, world.rules),
              ]);
            if (ours.is !== 'unknown' && ours.by) counts.byRule = (counts.byRule ?? 0) + 1;
          }
        }
        await control.write('DELETE FROM instances WHERE name = id');
      }
    } finally {
      await sandbox.stop();
    }
    process.stdout.write(`access (${generation}): ${JSON.stringify(counts)}\n`);
    for (const seldom of ['allowed', 'blocked', 'byRule', 'unknown'])
      expect([seldom, (counts[seldom] ?? 0) > (WORLDS * HANDLES) / 20]).toEqual([seldom, true]);
  },
);

/** Worlds of two instances, and how many handles are asked of each: every handle against every rule. */
const STATE_WORLDS = process.env.SOAK ? 2000 : 60;
const STATE_HANDLES = 6;

test.each(['measured', 'newest'] as const)(
  `ruleState: no rule that is said to be unable to decide is ever the one the sandbox's check names (%s)`,
  { timeout: 900_000 },
  async (generation) => {
    const sandbox = await startSandbox({ port: 0, persons: 20, generation });
    const control = createControl(sandbox.url);
    await control.rateLimit(10_000_000);
    const omni = readingFresh(
      omniAs(new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, sandbox.keys.admin), { actor: 'states' }),
    );
    const counts: Record<string, number> = {};
    let pairs = 0;
    try {
      for (let done = 0; done < STATE_WORLDS; done += 1) {
        await control.write('DELETE FROM access_rules');
        const now = await control.now();
        const worlds = [randomWorld(now), randomWorld(now)];
        const all = worlds.flatMap(({ rules }) => rules);
        for (const rule of all) {
          if (chance(0.3)) rule.instanceId = null;
          if (chance(0.05)) rule.phonePattern = '55*1*2*3*';
          // One that is likely to stand behind another, or before it.
          if (rule.platformUserId && chance(0.3)) rule.phonePattern ??= `${rule.platformUserId.slice(0, 5)}*`;
        }
        const unique = new Map(
          all.map((rule) => [`${rule.phonePattern ?? rule.id} ${String(rule.instanceId)} ${rule.ruleType}`, rule]),
        );
        await control.rows({ instances: worlds.map(({ instance }) => instance), access_rules: [...unique.values()] });
        const listed = await listAccessRules(omni);
        if (!listed.ok) throw new Error(listed.error.kind);
        const rules = listed.value;
        const places = new Map(worlds.map(({ id, mode }) => [id, { accessMode: mode }]));
        const states = new Map(rules.map((rule) => [rule.id, ruleState(rule, rules, places, now).is]));
        for (const state of states.values()) counts[state] = (counts[state] ?? 0) + 1;
        for (const { id } of worlds) {
          for (let ask = 0; ask < STATE_HANDLES; ask += 1) {
            const platformUserId = chance(0.8) ? handleFor(pick(rules as unknown as RandomRule[])) : handle();
            if (platformUserId === '') continue;
            const theirs = await checkAccess(omni, { instanceId: id, platformUserId, channel: 'x' });
            if (!theirs.ok) throw new Error(theirs.error.kind);
            pairs += rules.length;
            const named = theirs.value.rule?.id;
            if (named === undefined) continue;
            counts.named = (counts.named ?? 0) + 1;
            const where = JSON.stringify([platformUserId, id, rules]);
            expect([where, ['decides', 'not-tried'].includes(states.get(named) ?? '')]).toEqual([where, true]);
          }
        }
      }
    } finally {
      await sandbox.stop();
    }
    process.stdout.write(`rule states (${generation}): ${pairs} handle × rule pairs, ${JSON.stringify(counts)}\n`);
    expect(pairs).toBeGreaterThan(2000);
    for (const state of ['decides', 'inactive', 'expired', 'person-only', 'older', 'off', 'not-tried', 'named'])
      expect([state, (counts[state] ?? 0) > 0]).toEqual([state, true]);
  },
);

test('decideHandle refuses what the sandbox would take seconds for', () => {
  expect(isHeavyPattern(`${'*'.repeat(10)}x`)).toBe(true);
});
