import 'server-only';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { unmarked } from '#lib/access/rules/access-rules.ts';
import type { MergeInput, MergeFacts } from '#lib/persons/merge/merge-facts.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import type { Control } from '../../../sandbox/wire/control/control-client.ts';

/** The sandbox that random people are put into, with three instances and three agents. */
export type RandomSandbox = { control: Pick<Control, 'rows'>; instances: readonly string[]; agents: readonly string[] };

const text = fc.option(fc.constantFrom('Ana', 'ana', 'José', 'Bia Reis', ''), { nil: null });
/** Anybody: fields, identities, rules and routes. */
export const randomPerson = fc.record({
  displayName: text,
  phone: fc.option(fc.nat(9), { nil: null }),
  primaryEmail: fc.option(fc.constantFrom('ana@exemplo.com.br', 'ANA@exemplo.com.br', 'b@exemplo.com.br'), {
    nil: null,
  }),
  metadata: fc.option(fc.constantFrom({ plano: 'ouro' }, { plano: 'prata', vip: true }, {}), { nil: null }),
  identities: fc.integer({ min: 0, max: 3 }),
  rules: fc.array(
    fc.record({
      ruleType: fc.constantFrom('deny', 'allow'),
      kind: fc.constantFrom('handle', 'pattern', 'person'),
      enabled: fc.boolean(),
      expires: fc.constantFrom('never', 'past', 'later'),
      shared: fc.boolean(),
      /** Where it holds; null is everywhere. */
      on: fc.option(fc.nat(2), { nil: null }),
    }),
    { maxLength: 3 },
  ),
  routes: fc.array(
    fc.record({
      on: fc.nat(2),
      agent: fc.option(fc.nat(2), { nil: null }),
      isActive: fc.boolean(),
      label: fc.constantFrom('vip', 'outra'),
      agentTimeout: fc.option(fc.constantFrom(5, 30), { nil: null }),
    }),
    { maxLength: 3 },
  ),
  owns: fc.boolean(),
});
export type RandomPerson = typeof randomPerson extends fc.Arbitrary<infer T> ? T : never;

const choice = fc.constantFrom('survivor' as const, 'duplicate' as const);

/** Two people to merge, and what is chosen for it. */
export const story = fc.record({
  duplicate: randomPerson,
  survivor: randomPerson,
  fields: fc.record(
    { displayName: choice, primaryPhone: choice, primaryEmail: choice, metadata: choice },
    { requiredKeys: [] },
  ),
  replace: fc.boolean(),
});

/** Puts a person into the sandbox as a story has it; returns the ids. `salt`: digits no other person of the test has. */
export async function putPerson({ control, instances, agents }: RandomSandbox, who: RandomPerson, salt: string) {
  const id = randomUUID();
  const phone = who.phone === null ? null : `+55119${salt}${who.phone}`;
  const ownRoutes = who.routes.filter((route, index) => who.routes.findIndex(({ on }) => on === route.on) === index);
  const routes = ownRoutes.map(({ on, agent, ...rest }) => ({
    id: randomUUID(),
    instanceId: instances[on],
    scope: 'user',
    personId: id,
    agentId: agent === null ? null : agents[agent],
    priority: 0,
    ...rest,
  }));
  const expiry = { never: null, past: Date.now() - 86_400_000, later: Date.now() + 86_400_000 };
  const rules = who.rules.map(({ kind, expires, shared, on, ...rest }, index) => ({
    id: randomUUID(),
    personId: id,
    instanceId: on === null ? null : instances[on],
    platformUserId: kind === 'handle' ? `${shared ? 'todos' : id}@s.whatsapp.net` : null,
    phonePattern: kind === 'pattern' ? `+55118${salt}${index}*` : null,
    expiresAt: expiry[expires],
    action: 'block',
    priority: 0,
    ...rest,
  }));
  await control.rows({
    persons: [
      { id, displayName: who.displayName, primaryPhone: phone, primaryEmail: who.primaryEmail, metadata: who.metadata },
    ],
    platform_identities: Array.from({ length: who.identities }, () => ({
      id: randomUUID(),
      personId: id,
      instanceId: instances[0],
      messageCount: 2,
    })),
    agent_routes: routes,
    access_rules: rules,
  });
  return { id, routes: routes.map((route) => route.id) };
}

/** What matters of facts: rows by what they do, since those a run creates have new ids. */
export function essence(facts: MergeFacts, { duplicate, survivor }: MergeInput) {
  const sorted = (all: unknown[]) => all.map((one) => JSON.stringify(one)).sort();
  const { displayName, primaryPhone, primaryEmail, metadata } = facts.survivor?.person ?? {};
  return {
    duplicate: facts.duplicate,
    fields: { displayName, primaryPhone, primaryEmail, metadata },
    identities: facts.survivor?.identities.map(({ id }) => id).sort(),
    rules:
      facts.rules.is === 'value'
        ? sorted(
            facts.rules.value
              .filter(({ personId }) => personId === duplicate || personId === survivor)
              .map(({ id: _id, createdAt: _createdAt, updatedAt: _updatedAt, reason, ...rest }) => ({
                ...rest,
                reason: unmarked(reason),
              })),
          )
        : null,
    routes:
      facts.routes.is === 'value'
        ? sorted(
            facts.routes.value.items
              .filter(({ personId }) => personId === duplicate || personId === survivor)
              .map((route) => ({ on: route.instanceId, whose: route.personId, ...routeContent(route) })),
          )
        : null,
    owners: facts.agents.is === 'value' ? sorted(facts.agents.value.map(({ id, ownerId }) => ({ id, ownerId }))) : null,
  };
}

/** The tables a merge may touch. */
export const WATCHED = ['persons', 'platform_identities', 'access_rules', 'agent_routes', 'agents'] as const;
