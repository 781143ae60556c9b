import 'server-only';
import { listAgents } from '#lib/omni/resources/agents.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { readSeen, seenOf, seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { allows } from '#lib/scopes/scopes.ts';
import {
  participantSuccessors,
  personRoutes,
  successorsInBulk,
  type BulkChange,
} from '#lib/routes/verdict/successor.ts';
import { keepRoute } from './kept-route.ts';
import type { BulkFacts, RouteRef } from './bulk-plan.ts';
import { namedAgents } from '#lib/routes/list/named-agents.ts';
import { readNames } from '#lib/routes/list/names.ts';
import { participantsOf } from '#lib/routes/editor/route-facts.ts';

const AT_ONCE = 8;
const NAMES_MS = 1500;

/** The routes a change is about as they are now, who answers before and after, and the names its sentences need. */
export async function readBulkFacts(
  change: BulkChange,
  refs: readonly RouteRef[],
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<BulkFacts, OmniError>> {
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
  const all = [...lists.value.values()].flat();
  const found = all.filter(({ id }) => ids.has(id));
  const there = new Set(found.map(({ id }) => id));
  const [only] = refs.length === 1 ? found : [];
  const own = only ? (lists.value.get(only.instanceId) ?? []) : [];
  const participants =
    only?.scope === 'chat' && allows(scopes, 'chats:read') !== 'no'
      ? seenOr(await participantsOf(omni, only.chatId ?? '', own), null)
      : null;
  const named =
    agents.is === 'value'
      ? seenOf(
          await namedAgents(omni, agents.value, [
            ...[...found, ...(participants ?? []).map(({ route }) => route)].map(({ agentId }) => agentId),
            ...instanceIds.map((id) => byId.get(id)?.agentId),
          ]),
        )
      : agents;
  const answering = { agents: named.is === 'value' ? named : agents, providers };
  return ok({
    routes: found.map(keepRoute),
    agentless: found
      .filter(({ agentId, instanceId }) => agentId === null && byId.get(instanceId)?.agentId === null)
      .map(({ id }) => id),
    gone: refs.filter(({ id }) => !there.has(id)).map(({ id }) => id),
    successors: [...lists.value].flatMap(([id, routes]) =>
      successorsInBulk(change, ids, instanceOf(id), routes, answering),
    ),
    ...(only && participants
      ? {
          participantSuccessors: participantSuccessors(
            change,
            only,
            participants,
            instanceOf(only.instanceId),
            own,
            answering,
          ),
        }
      : {}),
    personRoutes: [...lists.value.values()].reduce((sum, routes) => sum + personRoutes(ids, routes), 0),
    instances: Object.fromEntries(instanceIds.map((id) => [id, byId.get(id)?.name ?? id.slice(0, 8)])),
    names: await targetNames(omni, scopes, found),
  });
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
