import 'server-only';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { getChat } from '#lib/omni/resources/chats.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getInstance } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { getPerson } from '#lib/omni/resources/persons.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { draftRoute } from '#lib/routes/editor/route-fields.ts';
import { namedAgents } from '#lib/routes/list/named-agents.ts';
import { isOlder } from '#lib/routes/list/older.ts';
import type { RouteFields } from '#lib/routes/editor/route-fields.ts';
import { DRAFT_ID, viewOfResolution, type QuestionNames, type ResolutionView } from './resolution-view.ts';
import { concerns, resolve } from './resolve.ts';
import type { RouteTarget } from '#lib/routes/editor/route-facts.ts';

/** A question to routing. A chat id may be any text (contract §2.1). */
export type RoutingQuestion = { instanceId: string; chatId: string | null; personId: string | null };

/** A route that is not saved: instead of the one with its id, or besides the others where it has none. */
export type DraftRoute = { id: string | null; target: RouteTarget | null; fields: RouteFields };

/**
 * Who answers now, by everything that decides at Omni, read fresh. What the key may not read is `unseen`; only the
 * instance and its routes are needed (`instances:read`, `routes:read`). `older`: the routes are of the older generation.
 */
export async function whoAnswers(
  omni: Omni,
  { instanceId, chatId, personId }: RoutingQuestion,
  draft?: DraftRoute,
): Promise<Result<ResolutionView & { older: boolean }, OmniError>> {
  const [instance, routes, agents, providers, names] = await Promise.all([
    getInstance(omni, instanceId),
    listRoutes(omni, instanceId),
    listAgents(omni),
    listProviders(omni),
    namesOf(omni, instanceId, chatId, personId),
  ]);
  if (!instance.ok) return err(instance.error);
  if (!routes.ok) return err(routes.error);
  const question = { instance: instance.value, chatId, personId };
  const all = draft ? withDraft(routes.value, instanceId, draft) : routes.value;
  const asked = all.filter((route) => concerns(route, question)).map((route) => route.agentId);
  const named = agents.ok ? await namedAgents(omni, agents.value, [instance.value.agentId, ...asked]) : agents;
  const known = named.ok ? named.value : agents.ok ? agents.value : 'unseen';
  const resolution = resolve(question, all, known, providers.ok ? providers.value : 'unseen');
  const draftId = draft ? (draft.id ?? DRAFT_ID) : null;
  const view = viewOfResolution(question, resolution, known, names, draftId);
  return ok({ ...view, older: isOlder(routes.value) });
}

/** The routes as they would be with a draft saved. */
export function withDraft(routes: readonly Route[], instanceId: string, { id, target, fields }: DraftRoute): Route[] {
  const written = ({ scope }: { scope: string }) => draftRoute(fields, { id: id ?? DRAFT_ID, scope }, instanceId);
  if (id !== null) return routes.map((route) => (route.id === id ? { ...route, ...written(route) } : route));
  return target ? [...routes, { ...written(target), chatId: null, personId: null, ...target }] : [...routes];
}

async function namesOf(
  omni: Omni,
  instanceId: string,
  chatId: string | null,
  personId: string | null,
): Promise<QuestionNames> {
  const [chat, person] = await Promise.all([
    chatId !== null && isUuid(chatId) ? getChat(omni, chatId) : null,
    personId === null ? null : getPerson(omni, personId),
  ]);
  const home = chat?.ok ? chat.value.instanceId : null;
  return {
    chat: chat?.ok ? (chat.value.name ?? chat.value.externalId) : null,
    chatElsewhere: home !== null && home !== instanceId,
    person: person?.ok ? (person.value.displayName ?? null) : null,
  };
}
