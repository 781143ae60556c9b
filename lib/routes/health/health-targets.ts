import type { Identity } from '#lib/omni/schemas/persons.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import { visibleName } from '#lib/text/visible.ts';
import type { Finding } from './health.ts';

/** What the chats of routes show: one of another instance never matches; one conversation under two ids has two routes. */
export function checkChats(
  routes: readonly Route[],
  names: ReadonlyMap<string, RouteName>,
  instances: ReadonlyMap<string, string>,
): Finding[] {
  const chats = routes.flatMap((route) => {
    const name = route.scope === 'chat' ? names.get(route.chatId ?? '') : undefined;
    return name ? [{ route, name }] : [];
  });
  const twins = Map.groupBy(
    chats.filter(({ name }) => name.canonicalId),
    ({ route, name }) => `${route.instanceId} ${name.canonicalId}`,
  );
  return chats.flatMap(({ route, name }): Finding[] => {
    if (name.state === 'gone') return [{ routeId: route.id, reason: 'target-gone', values: {} }];
    if (name.state !== 'known') return [];
    const elsewhere = name.instanceId && name.instanceId !== route.instanceId;
    const twin = twins.get(`${route.instanceId} ${name.canonicalId}`)?.find((each) => each.route.id !== route.id);
    return [
      ...(elsewhere
        ? [
            {
              routeId: route.id,
              reason: 'chat-elsewhere' as const,
              values: { instance: instances.get(name.instanceId ?? '') ?? (name.instanceId ?? '').slice(0, 8) },
            },
          ]
        : []),
      ...(twin
        ? [
            {
              routeId: route.id,
              reason: 'duplicate' as const,
              values: { other: visibleName(twin.route.label) ?? twin.name.name ?? twin.route.id.slice(0, 8) },
            },
          ]
        : []),
    ];
  });
}

/** What a person's route is checked with: all routes of its instance, the names of their chats, and the instance's default agent. */
export type PersonFacts = {
  routes: readonly Route[];
  names: ReadonlyMap<string, RouteName>;
  defaultAgent: string | null;
  agentName: (id: string | null) => string;
};

/**
 * What a person's identities show about the route that names them: without one on the instance it never wins; where their own chat
 * has an active route, that one answers there (contract §2.1), which is worth saying where the two differ. Null identities: the
 * person is gone.
 */
export function checkPerson(
  route: Route,
  identities: readonly Pick<Identity, 'instanceId' | 'platformUserId'>[] | null,
  { routes, names, defaultAgent, agentName }: PersonFacts,
): Finding[] {
  if (identities === null) return [{ routeId: route.id, reason: 'target-gone', values: {} }];
  const here = identities.filter(({ instanceId }) => instanceId === route.instanceId);
  if (here.length === 0) return [{ routeId: route.id, reason: 'no-identity', values: {} }];
  if (!route.isActive) return [];
  const handles = new Set(here.map(({ platformUserId }) => platformUserId));
  const first = routes.find((each) => {
    const chat = names.get(each.chatId ?? '');
    return (
      each.scope === 'chat' &&
      each.isActive &&
      each.instanceId === route.instanceId &&
      chat !== undefined &&
      (handles.has(chat.handle ?? '') || handles.has(chat.canonicalId ?? ''))
    );
  });
  const agentOf = ({ agentId }: Route) => agentId ?? defaultAgent;
  if (!first || (agentOf(first) === agentOf(route) && sameOverrides(first, route))) return [];
  return [
    {
      routeId: route.id,
      reason: 'shadowed',
      values: {
        other: visibleName(first.label) ?? names.get(first.chatId ?? '')?.name ?? first.id.slice(0, 8),
        agent: agentName(agentOf(route)),
        first: agentName(agentOf(first)),
        same: agentOf(first) === agentOf(route) ? 'yes' : 'no',
      },
    },
  ];
}

function sameOverrides(one: Route, other: Route): boolean {
  return OVERRIDES.every((name) => JSON.stringify(one[name] ?? null) === JSON.stringify(other[name] ?? null));
}
