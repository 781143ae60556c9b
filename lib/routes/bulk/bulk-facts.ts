import 'server-only';
import { listAgents } from '#lib/omni/resources/agents.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { readSeen, seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { allows } from '#lib/scopes/scopes.ts';
import {
  changeOf,
  participantSuccessors,
  successorsInBulk,
  type BulkChange,
  type ChangeRoute,
} from '#lib/routes/verdict/successor.ts';
import { keepRoute } from './kept-route.ts';
import type { BulkFacts, RouteRef } from './facts.ts';
import { namedAgents } from '#lib/routes/list/named-agents.ts';
import { readNames } from '#lib/routes/list/names.ts';
import { participantsOf } from '#lib/routes/editor/route-facts.ts';

const AT_ONCE = 8;
const NAMES_MS = 1500;
/** Participants are asked for by chat: of so many chats, within so long. */
const MOST_CHATS = 100;
const PARTICIPANTS_MS = 4000;

/** What several routes were read with: as themselves, their instances, and the agents that they name. */
export type BulkRead = {
  facts: BulkFacts;
  found: Route[];
  instanceOf: (id: string) => Seen<Instance>;
  agents: Seen<Agent[]>;
};

/**
 * The routes a change is about as they are now, who answers before and after, and the names its sentences need. `changeFor` makes
 * the change of a route of an instance; `agentIds` are agents it names.
 */
export async function readBulk(
  changeFor: (instance: Seen<Instance>) => ChangeRoute,
  refs: readonly RouteRef[],
  omni: Omni,
  scopes: readonly string[] | null,
  agentIds: readonly string[] = [],
): Promise<Result<BulkRead, OmniError>> {
  const ids = new Set(refs.map(({ id }) => id));
  const instanceIds = [...new Set(refs.map(({ instanceId }) => instanceId))];
  const [lists, instances, agents, providers] = await Promise.all([
    listsOf(omni, instanceIds),
    readSeen(scopes, 'instances:read', () => listAllInstances(omni)),
    readSeen(scopes, 'agents:read', () => listAgents(omni)),
    readSeen(scopes, 'providers:read', () => listProviders(omni)),
  ]);
  if (!lists.ok) return lists;
  const byId = new Map<string, Instance>(seenOr(instances, []).map((each) => [each.id, each]));
  const instanceOf = (id: string): Seen<Instance> => {
    const instance = byId.get(id);
    if (instance) return valueOf(instance);
    return instances.is === 'value' ? { is: 'failed', problem: { code: 'not_found', values: {} } } : instances;
  };
  const found = [...lists.value.values()].flat().filter(({ id }) => ids.has(id));
  const there = new Set(found.map(({ id }) => id));
  const members = await readParticipants(omni, scopes, found, ids, lists.value);
  const named = await namedAgents(omni, agents, [
    ...agentIds,
    ...[...found, ...members.of.flatMap(({ own }) => own.map(({ route }) => route))].map(({ agentId }) => agentId),
    ...instanceIds.map((id) => byId.get(id)?.agentId),
  ]);
  const answering = { agents: named, providers };
  const facts: BulkFacts = {
    routes: found.map(keepRoute),
    agentless: found
      .filter(({ agentId, instanceId }) => agentId === null && byId.get(instanceId)?.agentId === null)
      .map(({ id }) => id),
    gone: refs.filter(({ id }) => !there.has(id)).map(({ id }) => id),
    successors: [...lists.value].flatMap(([id, routes]) =>
      successorsInBulk(changeFor(instanceOf(id)), ids, instanceOf(id), routes, answering),
    ),
    participantSuccessors: members.of.flatMap(({ route, own }) =>
      participantSuccessors(
        changeFor(instanceOf(route.instanceId)),
        ids,
        route,
        own,
        instanceOf(route.instanceId),
        lists.value.get(route.instanceId) ?? [],
        answering,
      ),
    ),
    ...(members.notSeen.count > 0 ? { participantsNotSeen: members.notSeen } : {}),
    instances: Object.fromEntries(instanceIds.map((id) => [id, byId.get(id)?.name ?? id.slice(0, 8)])),
    names: await targetNames(omni, scopes, found),
  };
  return ok({ facts, found, instanceOf, agents: named });
}

/** The facts of activating, deactivating or deleting. */
export async function readBulkFacts(
  change: BulkChange,
  refs: readonly RouteRef[],
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<BulkFacts, OmniError>> {
  const read = await readBulk(() => changeOf(change), refs, omni, scopes);
  return read.ok ? ok(read.value.facts) : read;
}

type OwnRoutes = { route: Route; name: string | null }[];

/**
 * Who takes part in the chats of these routes and has an active route of their own besides; not asked for where nobody of the
 * instance has one. `notSeen`: the chats that nobody could tell of, or not in time.
 */
async function readParticipants(
  omni: Omni,
  scopes: readonly string[] | null,
  found: readonly Route[],
  ids: ReadonlySet<string>,
  lists: ReadonlyMap<string, readonly Route[]>,
): Promise<{ of: { route: Route; own: OwnRoutes }[]; notSeen: { count: number; scope?: string } }> {
  const ownHere = (instanceId: string) =>
    (lists.get(instanceId) ?? []).filter(({ id, scope, isActive }) => scope === 'user' && isActive && !ids.has(id));
  const chats = found.filter(({ scope, instanceId }) => scope === 'chat' && ownHere(instanceId).length > 0);
  if (allows(scopes, 'chats:read') === 'no') return { of: [], notSeen: { count: chats.length, scope: 'chats:read' } };
  const limits = { concurrency: AT_ONCE, deadlineMs: PARTICIPANTS_MS };
  const answers = await fanOut(omni, chats.slice(0, MOST_CHATS), limits, async (route) => {
    const own = await participantsOf(omni, route.chatId ?? '', ownHere(route.instanceId));
    return ok(own);
  });
  const of = answers.flatMap(({ item: route, ...answer }) =>
    answer.state === 'ok' && answer.value.is === 'value' ? [{ route, own: answer.value.value }] : [],
  );
  const refused = answers.flatMap((answer) =>
    answer.state === 'ok' && answer.value.is === 'forbidden' ? [answer.value.scope] : [],
  );
  return { of, notSeen: { count: chats.length - of.length, ...(refused[0] ? { scope: refused[0] } : {}) } };
}

/** Fresh lists of routes by instance; the first that fails fails them all: no plan is made of a part of them. */
export async function listsOf(
  omni: Omni,
  instanceIds: readonly string[],
): Promise<Result<Map<string, Route[]>, OmniError>> {
  const answers = await fanOut(omni, instanceIds, { concurrency: AT_ONCE }, (id, signal) =>
    listRoutes(omni, id, signal),
  );
  const lists = new Map<string, Route[]>();
  for (const answer of answers) {
    if (answer.state === 'failed') return err(answer.error);
    if (answer.state === 'ok') lists.set(answer.item, answer.value);
  }
  return ok(lists);
}

/**
 * The names (else the handles) of the chats and persons that routes are for, by id: those the scopes allow and Omni tells in time.
 */
export async function targetNames(
  omni: Omni,
  scopes: readonly string[] | null,
  routes: readonly Route[],
): Promise<Record<string, string>> {
  const targets = routes.map(({ scope, chatId, personId, instanceId }) =>
    scope === 'user'
      ? { scope: 'user' as const, id: personId ?? '', instanceId }
      : { scope: 'chat' as const, id: chatId ?? '', instanceId },
  );
  const names = await readNames(omni, scopes, targets, { deadlineMs: NAMES_MS });
  return Object.fromEntries(
    [...names].flatMap(([id, { name, handle }]) => ((name ?? handle) ? [[id, name ?? handle ?? '']] : [])),
  );
}
