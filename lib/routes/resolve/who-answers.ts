import 'server-only';
import { getChat } from '#lib/omni/resources/chats.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getInstance } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { mapSeen, readSeen, valueOf, type Seen } from '#lib/omni/seen.ts';
import { namedAgents } from '#lib/routes/list/named-agents.ts';
import { nameOfChat, nameOfPerson, unnamed, type RouteName } from '#lib/routes/list/route-name.ts';
import { isOlder } from '#lib/routes/list/route-row.ts';
import { draftRoute, type RouteFields } from '#lib/routes/editor/route-fields.ts';
import { judge, readVerdictSources, type VerdictReader } from '#lib/routes/verdict/read-verdict.ts';
import { ruleEndedAgo } from '#lib/routes/verdict/rule-ended.ts';
import {
  decidingProvider,
  partReasons,
  verdictOf,
  type Verdict,
  type VerdictFacts,
} from '#lib/routes/verdict/verdict.ts';
import { handlesOf, homeOfChat, writerOf, type PersonHandles } from '#lib/routes/verdict/writer.ts';
import { DRAFT_ID, viewOfResolution, type ResolutionView } from './resolution-view.ts';
import { concerns, resolve } from './resolve.ts';
import type { RouteTarget } from '#lib/routes/editor/route-facts.ts';

/** A question to routing. A chat id may be any text (contract §2.1). */
export type RoutingQuestion = { instanceId: string; chatId: string | null; personId: string | null };

/** A route that is not saved: instead of the one with its id, or besides the others where it has none. */
export type DraftRoute = { id: string | null; target: RouteTarget | null; fields: RouteFields };

/**
 * Who answers, and the same with the health of the provider, which may take 5 s. `older`: the routes are of the older generation.
 * `ruleEndedAgo`: see there.
 */
export type Answer = {
  view: ResolutionView;
  older: boolean;
  ruleEndedAgo: number | null;
  finish: () => Promise<Verdict>;
};

/**
 * Who answers now, by everything that decides at Omni, read fresh. Only the instance and its routes are needed
 * (`instances:read`, `routes:read`); whatever else is not seen is in the verdict where it decides. A draft for a chat or person
 * that has a route already is a `conflict`, and one of a route that is gone is `not_found`.
 */
export async function whoAnswers(
  omni: Omni,
  reader: VerdictReader,
  { instanceId, chatId, personId }: RoutingQuestion,
  draft?: DraftRoute,
): Promise<Result<Answer, OmniError>> {
  const [instance, routes, { agents, providers, access }, chat, person] = await Promise.all([
    getInstance(omni, instanceId),
    listRoutes(omni, instanceId),
    readVerdictSources(omni, reader, { fresh: true }),
    chatId !== null && isUuid(chatId) ? readChat(omni, reader, chatId) : null,
    personId === null ? null : readPerson(omni, reader, personId),
  ]);
  if (!instance.ok) return err(instance.error);
  if (!routes.ok) return err(routes.error);
  if (draft && isTaken(routes.value, draft)) return err({ kind: 'conflict', requestId: 'not-sent' });
  if (draft && isGone(routes.value, draft)) return err({ kind: 'not_found', requestId: 'not-sent' });
  const question = { instance: instance.value, chatId, personId };
  const all = draft ? withDraft(routes.value, instanceId, draft) : routes.value;
  const asked = all.filter((route) => concerns(route, question)).map((route) => route.agentId);
  const known = await namedAgents(omni, agents, [instance.value.agentId, ...asked]);
  const facts: VerdictFacts = {
    instanceId,
    instance: valueOf(instance.value),
    routes: valueOf(all),
    agents: known,
    providers,
    chatId: valueOf(chatId),
    ...(chat ? { chatHome: homeOfChat(chat) } : {}),
    personId,
    writer: writerOf(access, instanceId, chat, person && mapSeen(person, ({ handles }) => handles)),
  };
  const waits = decidingProvider(facts) !== null;
  const names = {
    chat: chat?.is === 'value' ? (chat.value.name ?? chat.value.handle) : null,
    person: person?.is === 'value' ? person.value.name : null,
  };
  const view = viewOfResolution(
    question,
    resolve(question, all, known, providers),
    known,
    names,
    { verdict: verdictOf(facts), waits, reasons: partReasons(facts) },
    draft ? (draft.id ?? DRAFT_ID) : null,
  );
  return ok({
    view,
    older: isOlder(routes.value),
    ruleEndedAgo: ruleEndedAgo(facts),
    finish: () => judge(omni, reader, facts),
  });
}

/** A chat; one that Omni does not find is gone. */
async function readChat(omni: Omni, { scopes }: VerdictReader, id: string): Promise<Seen<RouteName>> {
  const chat = mapSeen(await readSeen(scopes, 'chats:read', () => getChat(omni, id)), nameOfChat);
  return isNotFound(chat) ? valueOf(unnamed(id, 'gone')) : chat;
}

/** What a person is called, here and by whoever knows them; one that Omni does not find has no identities. */
async function readPerson(
  omni: Omni,
  { scopes }: VerdictReader,
  id: string,
): Promise<Seen<{ name: string | null; handles: PersonHandles }>> {
  const presence = await readSeen(scopes, 'persons:read', () => getPresence(omni, id));
  if (isNotFound(presence)) return valueOf({ name: null, handles: [] });
  return mapSeen(presence, (one) => {
    const { name, handle } = nameOfPerson(one.person);
    return { name: name ?? handle, handles: handlesOf(one) };
  });
}

function isNotFound(seen: Seen<unknown>): boolean {
  return seen.is === 'failed' && seen.problem.code === 'not_found';
}

/** Whether a new route's chat or person has one already: active or not, there is no other beside it (contract §2). */
function isTaken(routes: readonly Route[], { id, target }: DraftRoute): boolean {
  if (id !== null || !target) return false;
  return routes.some((route) =>
    target.scope === 'chat' ? route.chatId === target.chatId : route.personId === target.personId,
  );
}

/** Whether the route that a draft is of has been deleted meanwhile. */
function isGone(routes: readonly Route[], { id }: DraftRoute): boolean {
  return id !== null && !routes.some((route) => route.id === id);
}

/** The routes as they would be with a draft saved. */
export function withDraft(routes: readonly Route[], instanceId: string, { id, target, fields }: DraftRoute): Route[] {
  const written = ({ scope }: { scope: string }) => draftRoute(fields, { id: id ?? DRAFT_ID, scope }, instanceId);
  if (id !== null) return routes.map((route) => (route.id === id ? { ...route, ...written(route) } : route));
  return target ? [...routes, { ...written(target), chatId: null, personId: null, ...target }] : [...routes];
}
