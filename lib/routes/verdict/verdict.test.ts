import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { ABSENT, valueOf, type NotSeen } from '#lib/omni/seen.ts';
import { blockedOn, summaryOf } from './summary.ts';
import { decidingProvider, notesOf, verdictOf, type VerdictFacts } from './verdict.ts';
import { resolve } from '#lib/routes/resolve/resolve.ts';

const CHAT = '11111111-1111-4111-8111-111111111111';
const PERSON = '22222222-2222-4222-8222-222222222222';
const HANDLE = '6550011223';
const instance = { id: 'i1', name: 'wa-vendas', agentId: 'a0', isActive: true, accessMode: 'blocklist' } as Instance;
const agent = { id: 'a1', name: 'Vendas', agentProviderId: 'p1', configPath: 'x', isActive: true } as Agent;
const provider = { id: 'p1', name: 'Agno', isActive: true } as Provider;
const route = {
  id: 'r1',
  instanceId: 'i1',
  scope: 'chat',
  chatId: CHAT,
  personId: null,
  agentId: 'a1',
  priority: 0,
  isActive: true,
} as Route;
const deny = {
  id: 'rule',
  instanceId: 'i1',
  ruleType: 'deny',
  platformUserId: HANDLE,
  phonePattern: null,
  priority: 0,
  enabled: true,
  expiresAt: null,
  createdAt: '2026-02-01T00:00:00.000Z',
} as AccessRule;
const FORBIDDEN: NotSeen = { is: 'forbidden', scope: 'agents:read' };
const FAILED: NotSeen = { is: 'failed', problem: { code: 'unavailable', values: { status: 500 } } };

const writer = (rules: AccessRule[] | NotSeen = [], handles: string[] | NotSeen = [HANDLE]) => ({
  rules: Array.isArray(rules) ? valueOf(rules) : rules,
  matchers: ['exact'] as const,
  now: 0,
  contacts: Array.isArray(handles) ? valueOf(handles.map((handle) => ({ handle, phone: null }))) : handles,
});

const facts = (more: Partial<VerdictFacts> = {}): VerdictFacts => ({
  instanceId: 'i1',
  instance: valueOf(instance),
  routes: valueOf([route]),
  agents: valueOf([agent, { ...agent, id: 'a0', name: 'Padrão' }]),
  providers: valueOf([provider]),
  chatId: valueOf(CHAT),
  chatHome: valueOf('i1'),
  personId: PERSON,
  writer: writer(),
  ...more,
});

const nobody = (why: string) => expect.objectContaining({ is: 'nobody', why });
const unknown = (why: string) => expect.objectContaining({ is: 'unknown', why });
const unseen = (part: string, seen: NotSeen) => expect.objectContaining({ is: 'unknown', why: 'not-seen', part, seen });
const healthy = (yes: boolean) => valueOf({ healthy: yes, latency: 1 });

describe('verdictOf', () => {
  it('says who answers where all is well', () => {
    expect(verdictOf(facts())).toEqual({ is: 'answers', by: { id: 'a1', name: 'Vendas' } });
    expect(verdictOf(facts({ health: healthy(true) })).is).toBe('answers');
    expect(verdictOf(facts({ writer: null, chatId: valueOf(null), personId: null }))).toMatchObject({
      by: { name: 'Padrão' },
    });
  });

  it.each<[string, Partial<VerdictFacts>, unknown]>([
    ['a blocked writer', { writer: writer([deny]) }, nobody('blocked')],
    [
      'somebody who is not on the allowlist',
      { instance: valueOf({ ...instance, accessMode: 'allowlist' }) },
      nobody('not-on-allowlist'),
    ],
    ['a chat of another instance', { chatHome: valueOf('i2') }, nobody('chat-elsewhere')],
    ['a chat that is gone', { chatHome: valueOf('gone') }, nobody('chat-gone')],
    [
      'no route and no default agent',
      { routes: valueOf([]), instance: valueOf({ ...instance, agentId: null }) },
      nobody('no-agent'),
    ],
    ['an agent that is gone', { agents: valueOf([]) }, nobody('agent-missing')],
    ['a provider that is gone', { providers: valueOf([]) }, nobody('provider-missing')],
    ['an inactive provider', { providers: valueOf([{ ...provider, isActive: false }]) }, nobody('provider-inactive')],
    ['a provider that does not respond', { health: healthy(false) }, nobody('provider-silent')],
    ['routes that failed', { routes: FAILED }, unseen('routes', FAILED)],
    ['agents that failed', { agents: FAILED }, unseen('agents', FAILED)],
    ['agents without the permission', { agents: FORBIDDEN }, unseen('agents', FORBIDDEN)],
    ['providers that failed', { providers: FAILED }, unseen('providers', FAILED)],
    ['a health check that failed', { health: FAILED }, unseen('provider-health', FAILED)],
    ['a chat that failed', { chatHome: FAILED }, unseen('chat', FAILED)],
    ['an unknown chat beside active chat routes', { chatId: FAILED, chatHome: FAILED }, unseen('chat', FAILED)],
    ['rules that failed', { writer: writer(FAILED) }, unseen('access-rules', FAILED)],
    ['identities that failed', { writer: writer([], FAILED) }, unseen('identities', FAILED)],
    ['an instance that failed', { instance: FAILED }, unseen('instance', FAILED)],
    ['nobody of the person here', { writer: writer([], []) }, unknown('no-identity')],
    ['one blocked identity of two', { writer: writer([deny], [HANDLE, 'other']) }, unknown('identities-differ')],
    ['an agent without a provider', { agents: valueOf([{ ...agent, agentProviderId: null }]) }, unknown('no-provider')],
    ['an inactive instance', { instance: valueOf({ ...instance, isActive: false }) }, unknown('instance-inactive')],
    ['an access mode nobody knows', { instance: valueOf({ ...instance, accessMode: null }) }, unknown('access-mode')],
  ])('of %s', (_what, more, expected) => {
    expect(verdictOf(facts(more))).toEqual(expected);
  });

  it('lets what is sure decide before what was not seen, and a block before all', () => {
    const blocked = { writer: writer([deny]) };
    for (const more of [{ routes: FAILED }, { agents: FAILED }, { providers: FAILED }, { chatHome: FAILED }])
      expect(verdictOf(facts({ ...blocked, ...more }))).toEqual(nobody('blocked'));
    expect(verdictOf(facts({ agents: valueOf([]), writer: writer(FAILED) }))).toEqual(nobody('agent-missing'));
    expect(verdictOf(facts({ ...blocked, agents: valueOf([]) }))).toEqual(nobody('blocked'));
  });

  it('reads no rules where access control is off', () => {
    const off = { instance: valueOf({ ...instance, accessMode: 'disabled' }) };
    expect(verdictOf(facts({ ...off, writer: writer(FAILED) })).is).toBe('answers');
  });

  it('tells without the chat who answers where no chat route is active, and without the instance where a route names its agent', () => {
    const off = { ...route, isActive: false };
    expect(verdictOf(facts({ chatId: FAILED, chatHome: valueOf(null), routes: valueOf([off]) }))).toMatchObject({
      by: { id: 'a0' },
    });
    expect(verdictOf(facts({ instance: FAILED, writer: null }))).toMatchObject({ by: { id: 'a1' } });
    expect(verdictOf(facts({ instance: FAILED, writer: null, routes: valueOf([]) }))).toEqual(
      unseen('instance', FAILED),
    );
  });

  it('keeps the agent that routing leads to where it does not answer', () => {
    const inactive = valueOf([{ ...provider, isActive: false }]);
    expect(verdictOf(facts({ providers: inactive }))).toMatchObject({ agent: { id: 'a1', name: 'Vendas' } });
    expect(verdictOf(facts({ agents: FAILED }))).toMatchObject({ agent: { id: 'a1', name: null } });
    expect(verdictOf(facts({ routes: FAILED }))).toMatchObject({ agent: null });
  });

  it('names the agent of the older generation by its name at the provider', () => {
    const older = { ...route, agentId: 'vendas', agentProviderId: 'p1' } as Route;
    expect(verdictOf(facts({ routes: valueOf([older]), agents: ABSENT }))).toEqual({
      is: 'answers',
      by: { id: 'vendas', name: 'vendas' },
    });
  });

  it('is total: every world has one verdict, and whoever answers is an agent', () => {
    const not = fc.constantFrom<NotSeen>(FORBIDDEN, FAILED, ABSENT, { is: 'beyond', limit: 200 });
    const seen = <T>(value: fc.Arbitrary<T>) => fc.oneof(value.map(valueOf), not);
    const world = fc.record({
      instance: seen(
        fc.record({
          id: fc.constant('i1'),
          agentId: fc.constantFrom('a0', null),
          isActive: fc.constantFrom(true, false, null),
          accessMode: fc.constantFrom('disabled', 'blocklist', 'allowlist', null),
        }),
      ),
      routes: seen(fc.subarray([route, { ...route, id: 'r2', isActive: false }, { ...route, agentId: null } as Route])),
      agents: seen(fc.subarray([agent, { ...agent, id: 'a0', agentProviderId: null }])),
      providers: seen(fc.subarray([provider])),
      health: fc.option(seen(fc.record({ healthy: fc.boolean(), latency: fc.constant(1) }))),
      chatId: seen(fc.constantFrom(CHAT, 'x', null)),
      chatHome: seen(fc.constantFrom('i1', 'i2', 'gone' as const, null)),
      writer: fc.option(
        fc.record({
          rules: seen(fc.subarray([deny])),
          matchers: fc.constant(['exact' as const]),
          now: fc.constant(0),
          contacts: seen(fc.subarray([{ handle: HANDLE, phone: null }])),
        }),
      ),
    });
    fc.assert(
      fc.property(world, (more) => {
        const verdict = verdictOf(facts(more as unknown as Partial<VerdictFacts>));
        if (verdict.is === 'answers') expect(verdict.by.id).toMatch(/^a[01]$/);
        else expect(verdict.why).toBeTruthy();
      }),
      { numRuns: 2000 },
    );
  });
});

describe('decidingProvider', () => {
  it('is asked for only where all else says that somebody answers', () => {
    expect(decidingProvider(facts())).toBe('p1');
    expect(decidingProvider(facts({ writer: writer([deny]) }))).toBeNull();
    expect(decidingProvider(facts({ agents: FAILED }))).toBeNull();
  });
});

describe('notesOf', () => {
  it('tells an inactive agent and one without an id at its provider', () => {
    const of = (more: Partial<Agent>) =>
      notesOf(
        resolve(
          { instance, chatId: CHAT, personId: null },
          [route],
          valueOf([{ ...agent, ...more }]),
          valueOf([provider]),
        ),
      );
    expect(of({})).toEqual([]);
    expect(of({ isActive: false, configPath: null })).toEqual(['agent-inactive', 'asks-default']);
  });
});

describe('summaryOf', () => {
  const here = (id: string, more: Partial<VerdictFacts> = {}) => ({
    instance: { id, name: id },
    verdict: verdictOf(facts(more)),
  });
  const blocked = { writer: writer([deny]) };

  it('says one sentence where all are alike', () => {
    expect(summaryOf([])).toEqual({ is: 'none' });
    expect(summaryOf([here('a'), here('b')])).toMatchObject({ is: 'same', verdict: { is: 'answers' } });
    expect(summaryOf([here('a', blocked), here('b', blocked)])).toMatchObject({
      is: 'same',
      verdict: { why: 'blocked' },
    });
  });

  it('names where somebody is blocked, each instance once', () => {
    const all = [here('a', blocked), here('a', blocked), here('b')];
    expect(summaryOf(all)).toEqual({ is: 'blocked', names: ['a'] });
    expect(blockedOn(all)).toEqual(['a']);
  });

  it('counts on how many instances somebody answers, and on how many it can’t be told', () => {
    const off = { providers: valueOf([{ ...provider, isActive: false }]) };
    expect(summaryOf([here('a'), here('b', off), here('c')])).toEqual({
      is: 'some',
      answered: 2,
      total: 3,
      unknown: 0,
    });
    expect(summaryOf([here('a'), here('b', { agents: FAILED })])).toMatchObject({ answered: 1, unknown: 1 });
    expect(summaryOf([here('a'), here('a', off)])).toMatchObject({ answered: 0, total: 1, unknown: 1 });
  });
});

describe('verdictOf on the February generation', () => {
  const named = { id: 'p1', name: 'agno', isActive: true } as Provider;
  const at = (agentProviderId: string | null, providers: VerdictFacts['providers']) => {
    const home = {
      ...instance,
      accessMode: 'disabled',
      agentId: 'bbbbbbb1-0000-4000-8000-000000000001',
      agentProviderId,
    };
    const asked = { chatId: valueOf(null), personId: null, writer: null, routes: valueOf([]) };
    return verdictOf(facts({ ...asked, instance: valueOf(home as Instance), agents: ABSENT, providers }));
  };

  it('names an agent by its name at the provider, also where that looks like an id', () => {
    expect(at('p1', valueOf([named]))).toMatchObject({ is: 'answers' });
    expect(at('p1', valueOf([{ ...named, isActive: false }]))).toEqual(nobody('provider-inactive'));
  });

  it('says that it has no list of agents, not that it has no providers', () => {
    expect(at(null, valueOf([named]))).toEqual(unseen('agents', ABSENT));
  });
});
