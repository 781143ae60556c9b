import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { getInstance } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import type { Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import { seeded } from '#lib/omni/testing/seeded.ts';
import { OVERRIDES, type Override } from '#lib/routes/editor/overrides.ts';
import { valueOf } from '#lib/omni/seen.ts';
import { resolve, type Resolution } from './resolve.ts';

const WORLDS = process.env.SOAK ? 10_000 : 1000;
const BATCH = 100;
const AT_ONCE = 16;

let omni: Omni;

const { next, chance, pick } = seeded(20_260_201);

function value<T>(answer: Result<T, { kind: string }>): T {
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

const { sandbox, control } = await ownSandbox({ persons: 100 });
beforeAll(async () => {
  omni = readingFresh(
    omniAs(new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, sandbox.keys.admin), { actor: 'worlds' }),
  );
});

/** Agents of every kind: with a provider that is on, off, none; switched off; and some our list does not have. */
async function cast() {
  await control.write('UPDATE instances SET agent_id = NULL');
  const providers = [true, true, false].map((isActive) => ({ id: randomUUID(), name: randomUUID(), isActive }));
  const agents = Array.from({ length: 12 }, (_, at) => ({
    id: randomUUID(),
    isActive: at % 4 !== 3,
    agentProviderId: at % 5 === 4 ? null : pick(providers).id,
    configPath: at % 3 === 0 ? null : 'here',
  }));
  await control.rows({ agent_providers: providers, agents });
  const hidden = new Set<string>(agents.slice(-2).map(({ id }) => id));
  return {
    ids: agents.map(({ id }) => id),
    seen: value(await listAgents(omni)).filter(({ id }) => !hidden.has(id)),
    providers: value(await listProviders(omni)),
  };
}

const VALUES: Record<Override, () => unknown> = {
  agentTimeout: () => pick([1, 30, 600]),
  agentStreamMode: () => chance(0.5),
  agentReplyFilter: () => ({
    mode: pick(['all', 'filtered']),
    conditions: {
      onDm: chance(0.5),
      onMention: true,
      onReply: false,
      onNameMatch: chance(0.5),
      namePatterns: ['omni'],
    },
  }),
  agentSessionStrategy: () => pick(['per_user', 'per_chat']),
  agentPrefixSenderName: () => chance(0.5),
  agentWaitForMedia: () => chance(0.5),
  agentSendMediaPath: () => chance(0.5),
  agentGateEnabled: () => chance(0.5),
  agentGateModel: () => pick(['gpt-4o-mini', 'x']),
  agentGatePrompt: () => pick(['', 'só clientes']),
  messageDebounceMode: () => pick(['disabled', 'fixed', 'presence']),
  messageDebounceMinMs: () => pick([0, 250]),
  messageDebounceMaxMs: () => pick([0, 900]),
  messageDebounceGroupMs: () => pick([0, 1500]),
  messageDebounceRestartOnTyping: () => chance(0.5),
  messageDebounceMaxWaitMs: () => pick([0, 9000]),
  messageSplitDelayMode: () => pick(['disabled', 'fixed', 'randomized']),
  messageSplitDelayFixedMs: () => pick([0, 250]),
  messageSplitDelayMinMs: () => pick([0, 100]),
  messageSplitDelayMaxMs: () => pick([0, 2000]),
  enableAutoSplit: () => chance(0.5),
  reactionAck: () => pick(['on', 'off']),
  reactionAckEmoji: () => ({ received: '👀' }),
  ackTimeoutMs: () => pick([1, 3000]),
  agentAckMessage: () => 'já volto',
};

function overrides(): Record<string, unknown> {
  const all = Object.entries(VALUES).flatMap(([name, make]) => (chance(0.25) ? [[name, make()]] : []));
  return Object.fromEntries(all);
}

/** An instance, its chats, a chat of another instance, people, and routes at random, at most one for each target. */
function randomInstance(agentIds: readonly string[], foreignChat: string) {
  const id = randomUUID();
  const maybe = () => (chance(0.2) ? null : pick(agentIds));
  const chats = Array.from({ length: 3 }, () => randomUUID());
  const people = Array.from({ length: 3 }, () => randomUUID());
  const common = () => ({
    instanceId: id,
    agentId: maybe(),
    isActive: chance(0.65),
    priority: Math.floor(next() * 40) - 20,
    ...overrides(),
  });
  const routes = [
    ...[...chats, foreignChat].flatMap((chatId) => (chance(0.5) ? [{ scope: 'chat', chatId, ...common() }] : [])),
    ...people.flatMap((personId) => (chance(0.5) ? [{ scope: 'user', personId, ...common() }] : [])),
  ];
  const instance = { id, name: id, agentId: maybe(), isActive: chance(0.8), ...overrides() };
  return { id, chats, people, foreignChat, routes, instance };
}

type RandomInstance = ReturnType<typeof randomInstance>;

function questions({ chats, people, foreignChat }: RandomInstance): [string | null, string | null][] {
  return [
    [pick(chats), pick(people)],
    [pick(chats), null],
    [null, pick(people)],
    [foreignChat, pick(people)],
    [chance(0.5) ? 'not-a-uuid' : randomUUID(), pick(people)],
    [null, chance(0.5) ? null : randomUUID()],
  ];
}

const counts = {
  asked: 0,
  outranked: 0,
  chat: 0,
  user: 0,
  default: 0,
  inactive: 0,
  missing: 0,
  providerOff: 0,
  nobody: 0,
  foreign: 0,
};

async function agree(one: RandomInstance, instance: Instance, cast: { agents: Agent[]; providers: Provider[] }) {
  const routes = value(await listRoutes(omni, one.id));
  for (const [chatId, personId] of questions(one)) {
    const ours = resolve({ instance, chatId, personId }, routes, valueOf(cast.agents), valueOf(cast.providers));
    const asked = { instanceId: one.id, ...(chatId ? { chatId } : {}), ...(personId ? { personId } : {}) };
    const theirs = await control.whoAnswers(asked);
    count(ours, chatId === one.foreignChat);
    const where = JSON.stringify(asked);
    const winner = ours.winner.by === 'default' ? null : ours.winner.route.id;
    expect([where, winner, ours.winner.by]).toEqual([
      where,
      theirs.route?.id ?? null,
      theirs.decidedBy === 'instance' ? 'default' : theirs.decidedBy,
    ]);
    expect([where, ours.answerer?.id ?? null]).toEqual([where, theirs.agentId]);
    const agent = ours.answerer?.agent;
    const known = agent?.is === 'value' ? agent.value?.id : null;
    if (known) expect(known).toBe(theirs.agent?.id);
    expect(Object.keys(theirs.settings).toSorted()).toEqual([...OVERRIDES].toSorted());
    for (const { name, value: here, origin } of ours.settings) {
      const there = theirs.settings[name];
      expect([where, name, here, origin === 'route']).toEqual([where, name, there?.value, there?.from === 'route']);
      expect(origin === 'unknown').toBe(here === null);
    }
    for (const { route, reason } of ours.losers) {
      // Beaten by the chat's route means that without the chat this very route answers.
      const alone =
        reason === 'outranked' && personId ? await control.whoAnswers({ instanceId: one.id, personId }) : null;
      if (alone) expect([where, alone.route?.id, ours.winner.by]).toEqual([where, route.id, 'chat']);
      else expect([where, reason]).toEqual([where, chatId === 'not-a-uuid' ? 'chat_unreachable' : 'inactive']);
      expect([where, reason === 'inactive']).toEqual([where, reason !== 'chat_unreachable' && !route.isActive]);
      if (reason === 'outranked') counts.outranked += 1;
    }
    const accounted = [...(winner ? [winner] : []), ...ours.losers, ...ours.others].length;
    expect([where, accounted]).toEqual([where, routes.length]);
  }
}

function count(ours: Resolution, foreign: boolean): void {
  counts.asked += 1;
  counts[ours.winner.by] += 1;
  if (ours.losers.some(({ reason }) => reason === 'inactive')) counts.inactive += 1;
  const { answerer } = ours;
  if (answerer?.agent.is === 'value' && answerer.agent.value === null) counts.missing += 1;
  if (answerer?.provider?.is === 'value' && answerer.provider.value?.isActive === false) counts.providerOff += 1;
  if (answerer === null) counts.nobody += 1;
  if (foreign && ours.winner.by === 'chat') counts.foreign += 1;
}

test(
  `resolve agrees with the server's own resolver in ${WORLDS} random worlds: winner, agent and every setting`,
  { timeout: 900_000 },
  async () => {
    const { ids, seen, providers } = await cast();
    const elsewhere = { id: randomUUID(), name: 'elsewhere' };
    const foreignChat = randomUUID();
    await control.rows({ instances: [elsewhere], chats: [{ id: foreignChat, instanceId: elsewhere.id }] });
    for (let done = 0; done < WORLDS; done += BATCH) {
      const worlds = Array.from({ length: BATCH }, () => randomInstance(ids, foreignChat));
      await control.rows({
        instances: worlds.map(({ instance }) => instance),
        chats: worlds.flatMap(({ id: instanceId, chats }) => chats.map((id) => ({ id, instanceId }))),
        persons: worlds.flatMap(({ people }) => people.map((id) => ({ id }))),
        agent_routes: worlds.flatMap(({ routes }) => routes),
      });
      const queue = worlds.values();
      const work = async () => {
        for (const one of queue) {
          await agree(one, value(await getInstance(omni, one.id)), { agents: seen, providers });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      // Small lists stay fast: what was compared is gone again.
      await control.write('DELETE FROM agent_routes WHERE instance_id IN (SELECT id FROM instances WHERE name = id)');
      await control.write('DELETE FROM instances WHERE name = id');
    }
    process.stdout.write(`resolve: ${WORLDS} worlds, ${JSON.stringify(counts)}\n`);
    expect(counts.asked).toBe(WORLDS * 6);
    for (const seldom of [
      counts.chat,
      counts.user,
      counts.default,
      counts.inactive,
      counts.missing,
      counts.nobody,
      counts.foreign,
      counts.outranked,
    ])
      expect(seldom).toBeGreaterThan(WORLDS / 50);
    expect(counts.providerOff).toBeGreaterThan(WORLDS / 50);
  },
);
