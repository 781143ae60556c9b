import { z } from 'zod';
import { routeBody, type Route, type RouteBody } from '#lib/omni/schemas/routes.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { fold } from '#lib/text/fold.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { jsonObject } from '#lib/omni/json.ts';

/**
 * All of a route that can be created again, and what can't: its id, when it was created, and `agentSendMediaPathTypes`, which Omni
 * takes from nobody (contract §2). `older`: its agent is a name at a provider, which a current route can't have.
 */
export const keptRoute = z.strictObject({
  id: z.uuid().toLowerCase(),
  instanceId: z.uuid().toLowerCase(),
  scope: z.enum(['chat', 'user']),
  targetId: z.uuid().toLowerCase(),
  content: jsonObject,
  mediaTypes: z.boolean(),
  older: z.boolean(),
});

export type KeptRoute = z.infer<typeof keptRoute>;

/** What is kept of a route before it is deleted. */
export function keepRoute(route: Route): KeptRoute {
  return {
    id: route.id,
    instanceId: route.instanceId,
    scope: route.scope === 'user' ? 'user' : 'chat',
    targetId: (route.scope === 'user' ? route.personId : route.chatId) ?? '',
    content: routeContent(route),
    mediaTypes: (route.agentSendMediaPathTypes ?? []).length > 0,
    older: Boolean(route.agentProviderId) || (route.agentId !== null && !isUuid(route.agentId)),
  };
}

/** What a route is called in a sentence: whom it is for and its label, as far as they are known. */
export function calledRoute({ content, targetId }: KeptRoute, names: Record<string, string>): string {
  const label = typeof content.label === 'string' ? content.label.trim() : '';
  const name = names[targetId] ?? '';
  if (label && name && fold(label) !== fold(name)) return `${name} (${label})`;
  return name || label || targetId.slice(0, 8);
}

/** Whether a kept route was active. */
export function wasActive({ content }: KeptRoute): boolean {
  return content.isActive === true;
}

/** The POST that creates a kept route again, or null where Omni takes no such route. One without an agent starts inactive, with `agent`. */
export function bodyOf({ scope, targetId, content }: KeptRoute, agent: string | null): RouteBody | null {
  const target = scope === 'chat' ? { chatId: targetId } : { personId: targetId };
  const agentId = content.agentId ?? agent;
  const isActive = content.agentId === null ? false : content.isActive;
  const parsed = routeBody.safeParse({ ...content, ...target, scope, agentId, isActive });
  return parsed.success ? parsed.data : null;
}

/** Whether a route does what a kept one did, its agent and state aside: these may have a step of their own. */
export function doesTheSame(route: Route, kept: KeptRoute): boolean {
  return settings(routeContent(route)) === settings(kept.content);
}

/** Whether a route is exactly as it was kept. */
export function sameAsKept(route: Route, kept: KeptRoute): boolean {
  return canonical(routeContent(route)) === canonical(kept.content);
}

function settings(content: { [key: string]: Json }): string {
  const { agentId: _, isActive: __, ...rest } = content;
  return canonical(rest);
}
