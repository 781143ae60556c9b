import 'server-only';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { ABSENT, mapSeen, readSeen, seenOf, seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import { agentsBeyond } from '#lib/routes/list/named-agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { routePatch, type Route } from '#lib/omni/schemas/routes.ts';
import { agentsSnapshot, instancesSnapshot, routesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { asJson, type Json } from '#lib/operations/plan/define.ts';
import { targetOfRoute } from './edit.ts';
import { OVERRIDES, type Override } from './overrides.ts';
import { fieldsOf, FIELDS, type RouteField, type RouteFields } from './route-fields.ts';
import { GENERATIONS, type OmniGeneration } from '#lib/scopes/generations.ts';
import { seeTarget, type RouteTarget, type TargetSeen } from './route-facts.ts';

/** An instance as the editor needs it: what a route inherits. */
export type EditorInstance = {
  id: string;
  name: string;
  channel: string;
  active: boolean | null;
  agentId: string | null;
  settings: Record<Override, Json>;
};

/** An agent to choose; `provider` is its provider's name, null where it has none or the provider is gone. */
export type AgentOption = { id: string; name: string; active: boolean; provider: Seen<string | null>; silent: boolean };

/** A route's target with what is known of it. */
export type EditorTarget = { scope: 'chat' | 'user'; id: string } & TargetSeen;

/** What of a route can't be written: the list of media types, and values that Omni accepts from nobody (contract §2). */
export type Unwritable = { field: RouteField | 'agentSendMediaPathTypes'; value: Json };

export type EditorRoute = {
  id: string;
  instanceId: string;
  updatedAt: string;
  fields: RouteFields;
  target: EditorTarget | null;
  unwritable: Unwritable[];
};

/** An instance cut down to what a route inherits from it. */
export function editorInstance(instance: Instance): EditorInstance {
  const { id, name, channel, isActive, agentId } = instance;
  const settings = Object.fromEntries(OVERRIDES.map((override) => [override, asJson(instance[override])]));
  return { id, name, channel, active: isActive, agentId, settings: settings as Record<Override, Json> };
}

/**
 * Agents to choose from, by name. `limited`: Omni lists no more, and there may be others. `missing`: of the ids asked about those
 * that are of no agent.
 */
export type AgentChoices = { all: AgentOption[]; limited: boolean; missing: string[] };

/** The agents that Omni lists, and those of some ids, which may be beyond its limit (contract §1.6). */
export async function agentChoices(
  omni: Omni,
  { scopes, capabilities }: { scopes: readonly string[] | null; capabilities?: { generation: OmniGeneration } },
  ids: readonly (string | null | undefined)[],
): Promise<Seen<AgentChoices>> {
  const [agents, providers] = await Promise.all([
    GENERATIONS[capabilities?.generation ?? 'unknown'].agents
      ? readSeen(scopes, 'agents:read', () => agentsSnapshot(omni))
      : ABSENT,
    readSeen(scopes, 'providers:read', () => listProviders(omni)),
  ]);
  if (agents.is !== 'value') return agents;
  const listed = new Map(agents.value.map((agent) => [agent.id, agent]));
  const limited = listed.size >= AGENTS_LIMIT;
  const { found, unanswered } = limited ? await agentsBeyond(omni, listed, ids, { deadlineMs: NAMES_MS }) : NONE_BEYOND;
  const all = [...listed.values(), ...found];
  const known = new Set(all.map(({ id }) => id));
  return valueOf({
    all: all.map((agent) => agentOption(agent, providers)).toSorted((one, other) => one.name.localeCompare(other.name)),
    limited,
    missing: ids.filter((id): id is string => Boolean(id) && !known.has(id ?? '') && !unanswered.has(id ?? '')),
  });
}

/** An agent whose name does not come in time is its id. */
const NAMES_MS = 3000;
const NONE_BEYOND = { found: [], unanswered: new Set<string>() };

function agentOption(
  { id, name, isActive: active, agentProviderId }: Agent,
  providers: Seen<readonly Provider[]>,
): AgentOption {
  const provider = mapSeen(providers, (each) => each.find((one) => one.id === agentProviderId) ?? null);
  const silent = seenOr(provider, null)?.isActive === false;
  return { id, name, active, provider: mapSeen(provider, (one) => one?.name ?? null), silent };
}

/** A target as the editor shows it. */
export async function editorTarget(omni: Omni, instanceId: string, target: RouteTarget): Promise<EditorTarget> {
  const id = target.scope === 'chat' ? target.chatId : target.personId;
  return { scope: target.scope, id, ...(await seeTarget(omni, instanceId, target)) };
}

/** A route as the editor shows it, its target named where the key may read it. */
export async function editorRoute(omni: Omni, route: Route): Promise<EditorRoute> {
  const target = targetOfRoute(route);
  return {
    id: route.id,
    instanceId: route.instanceId,
    updatedAt: route.updatedAt,
    fields: fieldsOf(route),
    target: target ? await editorTarget(omni, route.instanceId, target) : null,
    unwritable: unwritableOf(route),
  };
}

function unwritableOf(route: Route): Unwritable[] {
  const fields = fieldsOf(route);
  const refused = FIELDS.flatMap((field) =>
    routePatch.safeParse({ [field]: fields[field] }).success ? [] : [{ field, value: fields[field] }],
  );
  const types = route.agentSendMediaPathTypes;
  return types === null ? refused : [...refused, { field: 'agentSendMediaPathTypes', value: types }];
}

/** What a copy starts with: everything that can be written, without what names the target. */
export function copiedFields(route: EditorRoute): RouteFields {
  const lost = new Set(route.unwritable.map(({ field }) => field));
  const kept = FIELDS.map((field) => [field, lost.has(field) ? null : route.fields[field]]);
  return Object.fromEntries(kept) as RouteFields;
}

/**
 * A route by its id alone, since the address of a copy need not name the instance. Null where no instance has it, all of which have
 * answered.
 */
export async function findRoute(
  omni: Omni,
  id: string,
  instanceId: string | null,
): Promise<Result<Route | null, OmniError>> {
  const instances = await instancesSnapshot(omni);
  if (!instances.ok) return err(instances.error);
  const asked = instances.value.filter((instance) => instanceId === null || instance.id === instanceId);
  const answers = await fanOut(omni, asked, { concurrency: 8, deadlineMs: 5000 }, (instance) =>
    routesSnapshot(omni, instance.id),
  );
  const found = answers.flatMap((answer) => (answer.state === 'ok' ? answer.value : [])).find((one) => one.id === id);
  if (found) return ok(found);
  for (const answer of answers) {
    if (answer.state === 'failed') return err(answer.error);
    if (answer.state === 'late') return err({ kind: 'unreachable', cause: 'timeout', requestId: 'not-sent' });
  }
  return ok(null);
}

/** The route that this chat or person has on the instance already, or null. */
export async function existingRoute(
  omni: Omni,
  instanceId: string,
  target: RouteTarget,
): Promise<Seen<{ id: string; label: string | null; active: boolean } | null>> {
  const routes = await listRoutes(omni, instanceId);
  const wanted = target.scope === 'chat' ? target.chatId : target.personId;
  return mapSeen(seenOf(routes), (all) => {
    const there = all.find((route) => (target.scope === 'chat' ? route.chatId : route.personId) === wanted);
    return there ? { id: there.id, label: there.label, active: there.isActive } : null;
  });
}
