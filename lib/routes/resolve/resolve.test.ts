import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import { ABSENT, valueOf, type Seen } from '#lib/omni/seen.ts';
import { resolve } from './resolve.ts';

const CHAT = '11111111-1111-4111-8111-111111111111';
const PERSON = '22222222-2222-4222-8222-222222222222';
const instance = { id: 'i1', agentId: 'a0', agentTimeout: 60 } as Instance;
const chat = {
  id: 'r1',
  instanceId: 'i1',
  scope: 'chat',
  chatId: CHAT,
  personId: null,
  agentId: 'a1',
  priority: 0,
  isActive: true,
} as Route;
const user = { ...chat, id: 'r2', scope: 'user', chatId: null, personId: PERSON, agentId: 'a2', priority: 99 } as Route;
const provider = { id: 'p1', isActive: true } as Provider;
const agent = { id: 'a1', agentProviderId: 'p1', configPath: 'x', isActive: true, metadata: null } as Agent;
const notSeen = { is: 'forbidden', scope: 'agents:read' } as const;
const ask = (
  routes: Route[],
  chatId: string | null = CHAT,
  personId: string | null = PERSON,
  agents: Seen<Agent[]> = notSeen,
) => resolve({ instance, chatId, personId }, routes, agents, notSeen);
const why = (answer: ReturnType<typeof ask>) => answer.losers.map(({ route, reason }) => [route.id, reason]);

describe('resolve', () => {
  it('lets the chat route win, whatever the priority', () => {
    const answer = ask([user, chat]);
    expect([answer.winner, answer.agentFrom, answer.answerer?.id]).toEqual([
      { by: 'chat', route: chat },
      'route',
      'a1',
    ]);
    expect(why(answer)).toEqual([['r2', 'outranked']]);
  });

  it('passes over an inactive route and says so', () => {
    const answer = ask([{ ...chat, isActive: false }, user]);
    expect(answer.winner).toEqual({ by: 'user', route: user });
    expect(why(answer)).toEqual([['r1', 'inactive']]);
  });

  it('skips every route for a chat id that is no UUID', () => {
    const answer = ask([user], 'no-uuid');
    expect([answer.winner, answer.answerer?.id]).toEqual([{ by: 'default' }, 'a0']);
    expect(why(answer)).toEqual([['r2', 'chat_unreachable']]);
  });

  it('names as losers only routes of the chat or the person; the others are kept apart, each with its reason', () => {
    const others = (answer: ReturnType<typeof ask>) => answer.others.map(({ route, reason }) => [route.id, reason]);
    expect(why(ask([user, chat], null, null))).toEqual([]);
    expect(others(ask([user, chat], null, null))).toEqual([
      ['r2', 'no_person'],
      ['r1', 'no_chat'],
    ]);
    expect(others(ask([user], null, CHAT))).toEqual([['r2', 'other_person']]);
    expect(others(ask([chat], PERSON, null))).toEqual([['r1', 'other_chat']]);
  });

  it('asks for ids in any case', () => {
    expect(ask([chat], CHAT.toUpperCase()).winner.by).toBe('chat');
    expect(ask([user], null, PERSON.toUpperCase()).winner.by).toBe('user');
  });

  it("never sees another instance's routes", () => {
    const answer = ask([{ ...chat, instanceId: 'i2' }]);
    expect([answer.winner, answer.losers]).toEqual([{ by: 'default' }, []]);
  });

  it('falls to the agent of the instance where the route names none, and tells a missing agent from an unseen one', () => {
    const bare = { ...chat, agentId: null } as unknown as Route;
    expect(ask([bare]).agentFrom).toBe('instance');
    expect(ask([chat], CHAT, PERSON, valueOf([])).answerer).toMatchObject({ id: 'a1', agent: valueOf(null) });
    expect(ask([chat]).answerer).toMatchObject({ id: 'a1', agent: notSeen, provider: notSeen });
    const full = Array.from({ length: 200 }, (_, at) => ({ id: `x${at}` }) as Agent);
    expect(ask([chat], CHAT, PERSON, valueOf(full)).answerer?.agent).toEqual({ is: 'beyond', limit: 200 });
  });

  it('reads a name at a provider, as the older generation has it, without a list of agents', () => {
    const older = { ...chat, agentId: 'vendas', agentProviderId: 'p1' } as Route;
    const answer = resolve({ instance, chatId: CHAT, personId: null }, [older], notSeen, valueOf([provider]));
    expect(answer.answerer).toEqual({ id: 'vendas', agent: ABSENT, provider: valueOf(provider) });
  });

  it.each(OVERRIDES)('tells where %s comes from', (name) => {
    const setting = (route: object, on: object) =>
      resolve(
        { instance: { ...instance, [name]: null, ...on } as Instance, chatId: CHAT, personId: null },
        [{ ...chat, ...route } as Route],
        valueOf([]),
        valueOf([]),
      ).settings.find((each) => each.name === name);
    expect(setting({ [name]: 0 }, { [name]: 7 })).toEqual({ name, value: 0, origin: 'route' });
    expect(setting({ [name]: null }, { [name]: 7 })).toEqual({ name, value: 7, origin: 'instance' });
    expect(setting({ [name]: null }, {})).toEqual({ name, value: null, origin: 'unknown' });
  });

  it('answers whatever it is asked: one winner at most, every route of the instance with one reason', () => {
    const ids = fc.constantFrom(CHAT, PERSON, CHAT.toUpperCase(), 'x', '', null);
    const route = fc.record({
      id: fc.uuid(),
      instanceId: fc.constantFrom('i1', 'i2'),
      scope: fc.constantFrom('chat', 'user', 'elsewhere'),
      chatId: ids,
      personId: ids,
      agentId: fc.constantFrom('a1', 'a2', null),
      isActive: fc.boolean(),
      priority: fc.integer(),
    });
    const agents = fc.constantFrom<Seen<Agent[]>>(valueOf([agent]), valueOf([]), notSeen);
    fc.assert(
      fc.property(
        fc.uniqueArray(route, { selector: ({ id }) => id }),
        ids,
        ids,
        agents,
        (list, chatId, personId, seen) => {
          const routes = list as unknown as Route[];
          const answer = resolve({ instance, chatId, personId }, routes, seen, valueOf([provider]));
          const won = answer.winner.by === 'default' ? [] : [answer.winner.route];
          const all = [...won, ...[...answer.losers, ...answer.others].map((one) => one.route)].map(({ id }) => id);
          const here = routes.filter(({ instanceId }) => instanceId === 'i1').map(({ id }) => id);
          expect(all.toSorted()).toEqual(here.toSorted());
          expect(won.every(({ isActive }) => isActive)).toBe(true);
          expect(answer.settings).toHaveLength(OVERRIDES.length);
        },
      ),
      { numRuns: Number(process.env.FC_RUNS ?? 300) },
    );
  });
});
