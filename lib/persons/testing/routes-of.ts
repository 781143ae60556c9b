import type { Route } from '#lib/omni/schemas/routes.ts';
import { routeContent } from '#lib/routes/editor/content.ts';

/** What the routes of a person do, in an order that does not depend on ids. */
export function allRoutesOf(routes: readonly Route[], personId: string) {
  return routes
    .filter((route) => route.personId === personId)
    .map((route) => ({ instanceId: route.instanceId, ...routeContent(route) }))
    .sort((a, b) => a.instanceId.localeCompare(b.instanceId));
}
