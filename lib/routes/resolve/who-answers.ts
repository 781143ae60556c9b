import 'server-only';
import { getChat } from '#lib/omni/resources/chats.ts';
import { visibleName } from '#lib/text/visible.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getInstance } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Chat } from '#lib/omni/schemas/chats.ts';
import type { Presence } from '#lib/omni/schemas/persons.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { mapSeen, readSeen, valueOf, type Seen } from '#lib/omni/seen.ts';
import { namedAgents } from '#lib/routes/list/named-agents.ts';
import { isOlder } from '#lib/routes/list/route-row.ts';
import { draftRoute, type RouteFields } from '#lib/routes/editor/route-fields.ts';
import { judge, readVerdictSources, type VerdictReader } from '#lib/routes/verdict/read-verdict.ts';
import {
  decidingProvider,
  partReasons,
  verdictOf,
  type AccessSeen,
  type Contact,
  type Verdict,
  type VerdictFacts,
} from '#lib/routes/verdict/verdict.ts';
import { DRAFT_ID, viewOfResolution, type ResolutionView } from './resolution-view.ts';
import { concerns, resolve } from './resolve.ts';
import type { RouteTarget } from '#lib/routes/editor/route-facts.ts';

/** A question to routing. A chat id may be any text (contract §2.1). */
export type RoutingQuestion = { instanceId: string; chatId: string | null; personId: string | null };

/** A route that is not saved: instead of the one with its id, or besides the others where it has none. */
export type DraftRoute = { id: string | null; target: RouteTarget | null; fields: RouteFields };

/** Who answers, and the same with the health of the provider, which may take 5 s. `older`: the routes are of the older generation. */
export type Answer = { view: ResolutionView; older: boolean; finish: () => Promise<Verdict> };

/**
 * Who answers now, by everything that decides at Omni, read fresh. Only the instance and its routes are needed
 * (`instances:read`, `routes:read`); whatever else is not seen is in the verdict where it decides. A draft for a chat or person
 * that has a route already is a `conflict`.
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
    chatId !== null && isUuid(chatId) ? readSeen(reader.scopes, 'chats:read', () => getChat(omni, chatId)) : null,
    personId === null ? null : readSeen(reader.scopes, 'persons:read', () => getPresence(omni, personId)),
  ]);
  if (!instance.ok) return err(instance.error);
  if (!routes.ok) return err(routes.error);
  if (draft && isTaken(routes.value, draft)) return err({ kind: 'conflict', requestId: 'not-sent' });
  const question = { instance: instance.value, chatId, personId };
  const all = draft ? withDraft(routes.value, instanceId, draft) : routes.value;
  const asked = all.filter((route) => concerns(route, question)).map((route) => route.agentId);
  const named =
    agents.is === 'value' ? await namedAgents(omni, agents.value, [instance.value.agentId, ...asked]) : null;
  const known = named?.ok ? valueOf(named.value) : agents;
  const facts: VerdictFacts = {
    instanceId,
    instance: valueOf(instance.value),
    routes: valueOf(all),
    agents: known,
    providers,
    chatId: valueOf(chatId),
    ...(chat ? { chatHome: homeOf(chat) } : {}),
    personId,
    writer: writerOf(access, instanceId, chat, person),
  };
  const waits = decidingProvider(facts) !== null;
  const names = {
    chat: chat?.is === 'value' ? (chat.value.name ?? chat.value.externalId) : null,
    person: person?.is === 'value' ? visibleName(person.value.person.displayName) : null,
  };
  const view = viewOfResolution(
    question,
    resolve(question, all, known, providers),
    known,
    names,
    { verdict: verdictOf(facts), waits, reasons: partReasons(facts) },
    draft ? (draft.id ?? DRAFT_ID) : null,
  );
  return ok({ view, older: isOlder(routes.value), finish: () => judge(omni, reader, facts) });
}

/** The instance a chat belongs to; a chat that Omni does not find is gone. */
function homeOf(chat: Seen<Chat>): NonNullable<VerdictFacts['chatHome']> {
  if (chat.is === 'failed' && chat.problem.code === 'not_found') return valueOf('gone');
  return mapSeen(chat, ({ instanceId }) => instanceId);
}

/** Whoever writes: the person's identities on the instance, or in a direct chat that chat's own handle; else nobody in particular. */
function writerOf(
  access: AccessSeen,
  instanceId: string,
  chat: Seen<Chat> | null,
  person: Seen<Presence> | null,
): VerdictFacts['writer'] {
  if (person) return { ...access, contacts: mapSeen(person, (presence) => contactsOf(presence, instanceId, chat)) };
  if (chat?.is !== 'value' || chat.value.chatType !== 'dm' || !chat.value.externalId) return null;
  return { ...access, contacts: valueOf([{ handle: chat.value.externalId, phone: null }]) };
}

/** A person's identities on an instance; in a direct chat the one it is with. */
function contactsOf({ identities, person }: Presence, instanceId: string, chat: Seen<Chat> | null): Contact[] {
  const here = identities.filter((identity) => identity.instanceId === instanceId);
  const partner =
    chat?.is === 'value' && chat.value.chatType === 'dm'
      ? here.filter(({ platformUserId }) => [chat.value.externalId, chat.value.canonicalId].includes(platformUserId))
      : [];
  return (partner.length > 0 ? partner : here).map(({ platformUserId }) => ({
    handle: platformUserId,
    phone: person.primaryPhone,
  }));
}

/** Whether a new route's chat or person has one already: active or not, there is no other beside it (contract §2). */
function isTaken(routes: readonly Route[], { id, target }: DraftRoute): boolean {
  if (id !== null || !target) return false;
  return routes.some((route) =>
    target.scope === 'chat' ? route.chatId === target.chatId : route.personId === target.personId,
  );
}

/** The routes as they would be with a draft saved. */
export function withDraft(routes: readonly Route[], instanceId: string, { id, target, fields }: DraftRoute): Route[] {
  const written = ({ scope }: { scope: string }) => draftRoute(fields, { id: id ?? DRAFT_ID, scope }, instanceId);
  if (id !== null) return routes.map((route) => (route.id === id ? { ...route, ...written(route) } : route));
  return target ? [...routes, { ...written(target), chatId: null, personId: null, ...target }] : [...routes];
}
