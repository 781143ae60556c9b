import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchersOf } from '#lib/access/rules/match.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { valueOf, type NotSeen, type Seen } from '#lib/omni/seen.ts';
import { partReasons, verdictOf, type VerdictFacts } from '#lib/routes/verdict/verdict.ts';
import { chainOf } from './chain.ts';
import { viewOfResolution } from './resolution-view.ts';
import { resolve } from './resolve.ts';

const HERE = '11111111-1111-4111-8111-111111111111';
const CHAT = 'cccccc01-0000-4000-8000-000000000001';
const ANA = 'dddddd01-0000-4000-8000-000000000001';
const [GOOD, BAD, LOST] = ['a1', 'a2', 'a3'].map((end) => `bbbbbbb1-0000-4000-8000-0000000000${end}`);

const failed: NotSeen = { is: 'failed', problem: { code: 'unavailable', values: { status: 500 } } };
const maybe = <T>(value: T) =>
  fc.constantFrom<Seen<T>>(valueOf(value), valueOf(value), failed, { is: 'forbidden', scope: 'x:read' });

const agentId = fc.constantFrom(GOOD, GOOD, BAD, LOST, null);
const routeOf = (scope: 'chat' | 'user') =>
  fc.option(
    fc.record({ agentId, isActive: fc.boolean() }).map(
      (more) =>
        ({
          id: scope,
          scope,
          instanceId: HERE,
          label: null,
          priority: 0,
          chatId: scope === 'chat' ? CHAT : null,
          personId: scope === 'user' ? ANA : null,
          ...more,
        }) as Route,
    ),
  );

const world = fc.record({
  isActive: fc.constantFrom(true, true, false),
  accessMode: fc.constantFrom('disabled', 'blocklist', 'allowlist', null),
  agent: agentId,
  chatRoute: routeOf('chat'),
  userRoute: routeOf('user'),
  agents: maybe([
    { id: GOOD, name: 'Vendas', isActive: true, agentProviderId: 'p1' },
    { id: BAD, name: 'Suporte', isActive: true, agentProviderId: 'p2' },
  ] as Agent[]),
  providers: maybe([
    { id: 'p1', name: 'um', isActive: true },
    { id: 'p2', name: 'dois', isActive: false },
  ] as Provider[]),
  health: fc.constantFrom<Seen<{ healthy: boolean }>>(valueOf({ healthy: true }), valueOf({ healthy: false }), failed),
  chatHome: fc.constantFrom<Seen<string | null | 'gone'>>(valueOf(HERE), valueOf('gone'), valueOf(ANA), failed),
  rules: maybe<AccessRule[]>([]),
  asked: fc.subarray(['chat', 'person', 'writer']),
});

/** The chain of a world, and its verdict with the health of the provider. */
function shown(given: typeof world extends fc.Arbitrary<infer W> ? W : never) {
  const { isActive, accessMode, agent, chatRoute, userRoute, agents, providers, asked } = given;
  const instance = { id: HERE, name: 'wa', isActive, accessMode, agentId: agent } as Instance;
  const routes = [chatRoute, userRoute].flatMap((route) => route ?? []);
  const [chatId, personId] = [asked.includes('chat') ? CHAT : null, asked.includes('person') ? ANA : null];
  const facts: VerdictFacts = {
    instanceId: HERE,
    instance: valueOf(instance),
    routes: valueOf(routes),
    agents,
    providers,
    chatId: valueOf(chatId),
    chatHome: given.chatHome,
    personId,
    writer: asked.includes('writer')
      ? {
          rules: given.rules,
          matchers: matchersOf('current'),
          now: 0,
          contacts: valueOf([{ handle: '5511', phone: null }]),
        }
      : null,
  };
  const verdict = verdictOf({ ...facts, health: given.health as never });
  const resolution = resolve({ instance, chatId, personId }, routes, agents, providers);
  const view = viewOfResolution(
    { instance, chatId, personId },
    resolution,
    agents,
    { chat: null, person: null },
    {
      verdict,
      waits: false,
      reasons: partReasons(facts),
    },
  );
  return { view, verdict, steps: chainOf(view, verdict) };
}

describe('test routing: the chain', () => {
  it('says what the verdict says, and nothing green stands where a message does not come', () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(world, (given) => {
        const { verdict, steps } = shown(given);
        kinds.set(verdict.is, (kinds.get(verdict.is) ?? 0) + 1);
        const states = steps.map(({ is }) => is);
        if (verdict.is === 'answers') {
          expect(states.filter((is) => ['ends', 'unknown', 'checking'].includes(is))).toEqual([]);
          expect(states.at(-1)).toBe('passes');
          expect(states.filter((is) => is === 'decides')).toHaveLength(1);
        } else {
          expect(states).toContain(verdict.is === 'nobody' ? 'ends' : 'unknown');
          const { why } = verdict;
          expect(steps.map(({ reason }) => reason?.why)).toContain(why);
        }
        // One mark, where the decision fell: what the headline says, and nothing behind it.
        const marks = steps.filter(({ is, broken }) => is === 'decides' || (is === 'ends' && !broken));
        expect(marks.map(({ is, reason }) => reason?.why ?? is)).toEqual(
          verdict.is === 'answers' ? ['decides'] : verdict.is === 'nobody' ? [verdict.why] : [],
        );
        for (const { broken, is } of steps) if (broken) expect(['decides', 'applies']).not.toContain(is);
        if (verdict.is === 'unknown') expect(states).not.toContain('ends');
        const end = states.indexOf('ends');
        if (end >= 0) expect(states.slice(end)).not.toContain('passes');
        for (const { is, reason } of steps) expect(is === 'ends' || is === 'unknown').toBe(reason !== null);
      }),
      { numRuns: 3000 },
    );
    for (const kind of ['answers', 'nobody', 'unknown']) expect(kinds.get(kind) ?? 0).toBeGreaterThan(20);
  });

  it('waits for the provider only where the message comes to it', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { view } = shown(given);
        const steps = chainOf(view, 'checking');
        const provider = steps.find(({ part }) => part === 'provider');
        if (steps.some(({ is }) => is === 'ends')) expect(provider?.is).not.toBe('checking');
        expect(steps.map(({ is }) => is)).not.toContain('decides');
      }),
    );
  });

  it('nothing is asked of access where nobody in particular writes', () => {
    const { steps } = shown({ ...sample(), asked: [] });
    expect(steps.find(({ part }) => part === 'access')?.is).toBe('not-asked');
  });
});

function sample() {
  return fc.sample(world, { seed: 7, numRuns: 1 })[0] as Parameters<typeof shown>[0];
}
