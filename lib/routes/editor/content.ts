import type { Json } from '#lib/operations/plan/define.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { ownSettings } from './overrides.ts';

/**
 * What a route does, without what only identifies the row. All four conditions of a reply filter are there: a POST needs
 * them and older rows lack some (contract §2).
 */
export function routeContent(route: Route): { [key: string]: Json } {
  const content = { agentId: route.agentId, isActive: route.isActive, ...ownSettings(route) };
  return withWholeFilter(content as { [key: string]: Json });
}

function withWholeFilter(settings: { [key: string]: Json }): { [key: string]: Json } {
  const filter = settings.agentReplyFilter as { mode: string; conditions?: { [key: string]: Json } } | null | undefined;
  if (!filter) return settings;
  const conditions = { onDm: false, onMention: false, onReply: false, onNameMatch: false, ...filter.conditions };
  return { ...settings, agentReplyFilter: { mode: filter.mode, conditions } };
}
