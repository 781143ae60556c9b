import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { matchersOf } from '#lib/access/rules/match.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { checkAccess, listAccessRules } from '#lib/omni/resources/access.ts';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { getInstance } from '#lib/omni/resources/instances.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Result } from '#lib/omni/result.ts';
import { valueOf } from '#lib/omni/seen.ts';
import { seeded } from '#lib/omni/testing/seeded.ts';
import { verdictOf, type Verdict } from './verdict.ts';

const WORLDS = process.env.SOAK ? 10_000 : 300;
const BATCH = 50;
const AT_ONCE = 8;

let omni: Omni;

const { next, chance, pick } = seeded(20_260_211);

function value<T>(answer: Result<T, { kind: string }>): T {
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

const { sandbox, control } = await ownSandbox({ persons: 20 });
beforeAll(async () => {
  await control.write('DELETE FROM access_rules');
  omni = readingFresh(
    omniAs(new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, sandbox.keys.admin), { actor: 'worlds' }),
  );
});

/** Agents with a provider that is active, inactive or none, and one that does not exist. */
async function cast() {
  const providers = [true, true, false].map((isActive) => ({ id: randomUUID(), name: randomUUID(), isActive }));
  const agents = Array.from({ length: 8 }, (_, at) => ({
    id: randomUUID(),
    isActive: at % 4 !== 3,
    agentProviderId: at % 7 === 6 ? null : (providers[at % 3]?.id ?? null),
  }));
  await control.rows({ agent_providers: providers, agents });
  return agents.map(({ id }) => id);
}

/** An instance, a chat of its own or of another one, a writer with a handle, routes and rules at random. */
function randomWorld(agents: readonly string[], elsewhere: string, now: number) {
  const [id, chatId, personId] = [randomUUID(), randomUUID(), randomUUID()];
  const number = `55119${String(Math.floor(next() * 100_000_000)).padStart(8, '0')}`;
  const handle = pick([number, `${number}@s.whatsapp.net`]);
  const maybe = () => (chance(0.15) ? null : pick(agents));
  const common = () => ({ instanceId: id, agentId: maybe(), isActive: chance(0.7) });
  const routes = [
    ...(chance(0.5) ? [{ scope: 'chat', chatId, ...common() }] : []),
    ...(chance(0.5) ? [{ scope: 'user', personId, ...common() }] : []),
  ];
  const rules = Array.from({ length: Math.floor(next() * 3) }, (_, at) => ({
    instanceId: pick([id, id, null]),
    ruleType: pick(['deny', 'deny', 'allow']),
    ...(chance(0.5)
      ? { phonePattern: pick([`+${number}`, `${number}*`, `+${number.slice(0, 8)}*${number.at(-1)}`]) + '*'.repeat(at) }
      : { platformUserId: pick([handle, number, 'somebody else']) }),
    ...(chance(0.2) ? { personId } : {}),
    priority: pick([0, 0, 3]),
    enabled: chance(0.9),
    createdAt: (now - at * 1000) * 1000,
  }));
  return {
    id,
    chatId,
    personId,
    handle,
    number,
    routes,
    rules,
    home: chance(0.1) ? elsewhere : id,
    instance: {
      id,
      name: id,
      agentId: maybe(),
      isActive: chance(0.95),
      accessMode: pick(['blocklist', 'blocklist', 'allowlist', 'disabled']),
    },
  };
}

type World = ReturnType<typeof randomWorld>;

const counts: Record<string, number> = {};

/** What the server's resolver, its access check and its tables say together: who answers, or why nobody does. */
async function theirsOf(world: World): Promise<{ agentId: string | null; nobody: string[]; allowed: boolean[] }> {
  const asked = { instanceId: world.id, chatId: world.chatId, personId: world.personId };
  const { agentId, agent } = await control.whoAnswers(asked);
  const forms = [...new Set([world.handle, world.number])];
  const allowed = await Promise.all(
    forms.map(
      async (platformUserId) =>
        value(await checkAccess(omni, { instanceId: world.id, platformUserId, channel: 'whatsapp-baileys' })).allowed,
    ),
  );
  const [provider] = agent?.agentProviderId
    ? await control.sql<{ active: number }>('SELECT is_active AS active FROM agent_providers WHERE id = ?', [
        String(agent.agentProviderId),
      ])
    : [];
  const nobody = [
    ...(world.home === world.id ? [] : ['chat-elsewhere']),
    ...(allowed.includes(true) ? [] : ['access']),
    ...(agentId === null ? ['no-agent'] : agent ? [] : ['agent-missing']),
    ...(provider?.active === 0 ? ['provider-inactive'] : []),
  ];
  return { agentId, nobody, allowed };
}

const reasonOf = (why: string) => (why === 'blocked' || why === 'not-on-allowlist' ? 'access' : why);

async function agree(world: World, verdict: Verdict): Promise<void> {
  const { agentId, nobody, allowed } = await theirsOf(world);
  const where = JSON.stringify(world);
  const name = verdict.is === 'answers' ? 'answers' : verdict.why;
  counts[name] = (counts[name] ?? 0) + 1;
  if (verdict.is === 'answers') {
    expect([where, agentId, nobody, allowed.every(Boolean)]).toEqual([where, verdict.by.id, [], true]);
  } else if (verdict.is === 'nobody') {
    expect([where, nobody.includes(reasonOf(verdict.why))]).toEqual([where, true]);
  } else {
    // Nothing of what is sure may be told as unknown.
    expect([where, nobody.filter((why) => why !== 'access')]).toEqual([where, []]);
    if (verdict.why === 'access-form')
      expect([where, allowed.includes(false) || world.handle !== world.number]).toEqual([where, true]);
    else expect(['no-provider', 'instance-inactive']).toContain(verdict.why);
  }
}

test(
  `verdictOf agrees with the sandbox's resolver, access check and providers in ${WORLDS} random worlds`,
  { timeout: 1_800_000 },
  async () => {
    const agentIds = await cast();
    const elsewhere = { id: randomUUID(), name: 'elsewhere' };
    await control.rows({ instances: [elsewhere] });
    const [agents, providers] = [value(await listAgents(omni)), value(await listProviders(omni))];
    for (let done = 0; done < WORLDS; done += BATCH) {
      const now = await control.now();
      const worlds = Array.from({ length: BATCH }, () => randomWorld(agentIds, elsewhere.id, now));
      await control.rows({
        instances: worlds.map(({ instance }) => instance),
        chats: worlds.map(({ chatId: id, home: instanceId }) => ({ id, instanceId })),
        persons: worlds.map(({ personId: id }) => ({ id })),
        agent_routes: worlds.flatMap(({ routes }) => routes),
        access_rules: worlds.flatMap(({ rules }) => rules),
      });
      const rules = value(await listAccessRules(omni));
      const queue = worlds.values();
      const work = async () => {
        for (const world of queue) {
          const verdict = verdictOf({
            instanceId: world.id,
            instance: valueOf(value(await getInstance(omni, world.id))),
            routes: valueOf(value(await listRoutes(omni, world.id))),
            agents: valueOf(agents),
            providers: valueOf(providers),
            chatId: valueOf(world.chatId),
            chatHome: valueOf(world.home),
            personId: world.personId,
            writer: {
              rules: valueOf(rules),
              matchers: matchersOf('february'),
              now,
              contacts: valueOf([{ handle: world.handle, phone: null }]),
            },
          });
          await agree(world, verdict);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      await control.write('DELETE FROM access_rules');
      await control.write('DELETE FROM agent_routes WHERE instance_id IN (SELECT id FROM instances WHERE name = id)');
      await control.write('DELETE FROM instances WHERE name = id');
    }
    process.stdout.write(`verdict: ${WORLDS} worlds, ${JSON.stringify(counts)}\n`);
    for (const seldom of ['answers', 'blocked', 'not-on-allowlist', 'chat-elsewhere', 'no-agent', 'provider-inactive'])
      expect([seldom, (counts[seldom] ?? 0) >= WORLDS / 100]).toEqual([seldom, true]);
  },
);
