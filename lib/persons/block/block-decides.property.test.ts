import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { beforeAt } from '#lib/access/rules/match.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { checkAccess, listAccessRules } from '#lib/omni/resources/access.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import { seeded } from '#lib/omni/testing/seeded.ts';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { planBlock } from './block-plan.ts';

/** Handles × rules. */
const WORLDS = process.env.SOAK ? 10_000 : 100;
const BATCH = 50;

const { next, chance, pick } = seeded(20_261_019);

/** Somebody with one handle on an instance of its own, and rules that may be about it. */
function randomWorld(index: number, now: number) {
  const instanceId = randomUUID();
  const digits = `55119${String(10_000_000 + index)}`;
  const handle = pick([
    `${digits}@s.whatsapp.net`,
    `${digits}:12@s.whatsapp.net`,
    digits,
    `${digits}@c.us`,
    `9${digits}@lid`,
    `user.${digits}`,
    `US.${digits}`,
    `U${digits}@hosted.lid`,
  ]);
  const bare = beforeAt(handle);
  const rules = Array.from({ length: Math.floor(next() * 6) }, (_, at) => {
    const everywhere = chance(0.3);
    return {
      id: randomUUID(),
      instanceId: everywhere ? null : instanceId,
      ruleType: pick(['allow', 'deny']),
      priority: pick([0, 0, 0, 3, -2]),
      enabled: chance(0.85),
      ...(chance(0.2) ? { expiresAt: new Date(now + pick([-60_000, 3_600_000])).toISOString() } : {}),
      ...pick([
        { platformUserId: handle },
        { platformUserId: bare },
        { platformUserId: `${bare}@other` },
        { phonePattern: `${pick(['+', '', '*'])}${bare}${pick(['', '*', '@*'])}` },
        { phonePattern: `${pick(['+', ''])}${bare.slice(0, -1)}?*` },
        ...(everywhere ? [] : [{ phonePattern: '*' }]),
      ]),
      createdAt: (now - (at + 1) * 1000) * 1000,
      updatedAt: (now - (at + 1) * 1000) * 1000,
    };
  });
  const unique = new Map(
    rules.map((rule) => [
      `${'phonePattern' in rule ? rule.phonePattern : rule.id} ${rule.ruleType} ${rule.instanceId}`,
      rule,
    ]),
  );
  const personId = randomUUID();
  return {
    handle,
    bare,
    personId,
    rules: [...unique.values()],
    everywhere: chance(0.3),
    phone: chance(0.5) ? `+${digits}` : null,
    instance: { id: instanceId, name: instanceId, accessMode: pick(['blocklist', 'blocklist', 'allowlist']) },
  };
}

const personOf = ({ personId, phone }: ReturnType<typeof randomWorld>) =>
  ({ id: personId, displayName: 'Ana', primaryPhone: phone, primaryEmail: null }) as Person;

test(
  `persons.block: on ${WORLDS} random handles × rules whoever is said to get no answer is refused by Omni in every form`,
  { timeout: 1_800_000 },
  async () => {
    const sandbox = await startSandbox({ port: 0, persons: 20 });
    const control = createControl(sandbox.url);
    await control.rateLimit(10_000_000);
    await control.write('DELETE FROM access_rules');
    const omni = readingFresh(omniFor(sandbox.url, sandbox.keys.admin));
    const isAllowed = async (instanceId: string, platformUserId: string) => {
      const answer = await checkAccess(omni, { instanceId, platformUserId, channel: 'x' });
      if (!answer.ok) throw new Error(answer.error.kind);
      return answer.value.allowed;
    };
    const counts: Record<string, number> = {};
    try {
      for (let done = 0; done < WORLDS; done += BATCH) {
        const now = await control.now();
        const worlds = Array.from({ length: BATCH }, (_, at) => randomWorld(done + at, now));
        await control.rows({
          persons: worlds.map(({ personId }) => ({ id: personId })),
          instances: worlds.map(({ instance }) => instance),
          access_rules: worlds.flatMap(({ rules }) => rules),
        });
        const rules = await listAccessRules(omni);
        if (!rules.ok) throw new Error(rules.error.kind);
        const plans = worlds.map((world) => {
          const { personId, handle, instance, everywhere } = world;
          const facts = {
            record: {
              person: personOf(world),
              identities: [{ id: randomUUID(), instanceId: instance.id, platformUserId: handle } as Identity],
            },
            instances: [instance as Instance],
            rules: rules.value,
            others: { people: [], failed: false },
            serverUrl: sandbox.url,
            now,
          };
          const input = { personId, instanceId: everywhere ? null : instance.id, message: '', until: null, reason: '' };
          return { world, plan: planBlock(input, facts) };
        });
        await control.rows({
          access_rules: plans.flatMap(({ plan }) =>
            plan.rules.map(({ body }) => ({ ...body, createdAt: (now + 1000) * 1000, updatedAt: (now + 1000) * 1000 })),
          ),
        });
        for (const { world, plan } of plans) {
          const said = plan.refusal?.key ?? plan.effects[0]?.what ?? '';
          counts[said] = (counts[said] ?? 0) + 1;
          const answers = [
            await isAllowed(world.instance.id, world.handle),
            await isAllowed(world.instance.id, world.bare),
          ];
          const where = JSON.stringify([said, world]);
          // Each of these sentences promises something; the others say that nobody can tell.
          if (['block-messages', 'block-already', 'block.covered'].includes(said))
            expect([where, answers]).toEqual([where, [false, false]]);
          if (said === 'block-in-vain') expect([where, answers]).toEqual([where, [true, true]]);
        }
        await control.write('DELETE FROM access_rules');
      }
    } finally {
      await sandbox.stop();
    }
    process.stdout.write(`persons.block on ${WORLDS} random worlds: ${JSON.stringify(counts)}\n`);
    const unsure = (counts['block-unsure'] ?? 0) / WORLDS;
    expect(unsure).toBeLessThan(0.2);
    expect(counts['block-messages']).toBeGreaterThan(WORLDS / 3);
  },
);
