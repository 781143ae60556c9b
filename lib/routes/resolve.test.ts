import { describe, expect, it } from 'vitest';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { OVERRIDES } from './overrides.ts';
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
  isActive: true,
} as Route;
const user = { ...chat, id: 'r2', scope: 'user', chatId: null, personId: PERSON, agentId: 'a2', priority: 99 } as Route;
const ask = (
  routes: Route[],
  chatId: string | null = CHAT,
  personId: string | null = PERSON,
  agents: Agent[] | 'unseen' = 'unseen',
) => resolve({ instance, chatId, personId }, routes, agents);
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

  it('tells a route of another chat or person, and one that needs a person, from those that were beaten', () => {
    expect(why(ask([user], null, null))).toEqual([['r2', 'no_person']]);
    expect(why(ask([user], null, CHAT))).toEqual([['r2', 'other_person']]);
    expect(why(ask([chat], PERSON, null))).toEqual([['r1', 'other_chat']]);
  });

  it("never sees another instance's routes", () => {
    const answer = ask([{ ...chat, instanceId: 'i2' }]);
    expect([answer.winner, answer.losers]).toEqual([{ by: 'default' }, []]);
  });

  it('falls to the agent of the instance where the route names none, and tells a missing agent from an unseen one', () => {
    const bare = { ...chat, agentId: null } as unknown as Route;
    expect(ask([bare]).agentFrom).toBe('instance');
    expect(ask([chat], CHAT, PERSON, []).answerer).toEqual({ id: 'a1', agent: 'missing' });
    expect(ask([chat]).answerer).toEqual({ id: 'a1', agent: 'unseen' });
  });

  it.each(OVERRIDES)('tells where %s comes from', (name) => {
    const setting = (route: object, on: object) =>
      resolve(
        { instance: { ...instance, [name]: null, ...on } as Instance, chatId: CHAT, personId: null },
        [{ ...chat, ...route } as Route],
        [],
      ).settings.find((each) => each.name === name);
    expect(setting({ [name]: 0 }, { [name]: 7 })).toEqual({ name, value: 0, origin: 'route' });
    expect(setting({ [name]: null }, { [name]: 7 })).toEqual({ name, value: 7, origin: 'instance' });
    expect(setting({ [name]: null }, {})).toEqual({ name, value: null, origin: 'unknown' });
  });
});
