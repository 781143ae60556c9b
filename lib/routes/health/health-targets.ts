import type { Identity } from '#lib/omni/schemas/persons.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { Finding } from './health.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';

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
              values: { other: twin.route.label ?? twin.name.name ?? twin.route.id.slice(0, 8) },
            },
          ]
        : []),
    ];
  });
}

/**
 * What a person's identities show about the route that names them: without one on the instance it never wins; where their
 * own chat has an active route, that one answers there (contract §2.1). Null identities: the person is gone.
 */
export function checkPerson(
  route: Route,
  identities: readonly Pick<Identity, 'instanceId' | 'platformUserId'>[] | null,
  routes: readonly Route[],
  names: ReadonlyMap<string, RouteName>,
): Finding[] {
  if (identities === null) return [{ routeId: route.id, reason: 'target-gone', values: {} }];
  const here = identities.filter(({ instanceId }) => instanceId === route.instanceId);
  if (here.length === 0) return [{ routeId: route.id, reason: 'no-identity', values: {} }];
  if (!route.isActive) return [];
  const handles = new Set(here.map(({ platformUserId }) => platformUserId));
  const before = routes.find((each) => {
    const chat = names.get(each.chatId ?? '');
    return (
      each.scope === 'chat' &&
      each.isActive &&
      each.instanceId === route.instanceId &&
      chat !== undefined &&
      (handles.has(chat.handle ?? '') || handles.has(chat.canonicalId ?? ''))
    );
  });
  if (!before) return [];
  const other = before.label ?? names.get(before.chatId ?? '')?.name ?? before.id.slice(0, 8);
  return [{ routeId: route.id, reason: 'shadowed', values: { other } }];
}
