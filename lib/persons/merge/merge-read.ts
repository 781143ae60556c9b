import 'server-only';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { listAutomationsNaming } from '#lib/omni/resources/automations.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { listInstancesAndOthers } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { seen, type MergeWorld, type Side, type Unseen } from './merge-facts.ts';

const AT_ONCE = 8;

/** Everything a merge of `goes` into `stays` depends on, fresh. Parts the key may not see are named, not taken for empty. */
export async function readMergeWorld(
  input: { goes: string; stays: string },
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<MergeWorld, OmniError>> {
  const both = Promise.all([side(omni, input.goes), side(omni, input.stays)]);
  const shared = readShared(
    both.then((sides) => sides.map((one) => (one.ok ? one.value : null))),
    [input.goes],
    omni,
    scopes,
  );
  const [[goes, stays], rest] = await Promise.all([both, shared]);
  if (!goes.ok) return goes;
  if (!stays.ok) return stays;
  return ok({ goes: goes.value, stays: stays.value, ...rest });
}

/** What merges depend on besides the people themselves: rules, routes, agents, automations that name one of `ids`, and what the key may do. */
export async function readShared(
  sides: (Side | null)[] | Promise<(Side | null)[]>,
  ids: readonly string[],
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Omit<MergeWorld, 'goes' | 'stays'>> {
  const part = async <T extends object>(
    scope: string,
    read: () => Promise<Result<T, OmniError>>,
  ): Promise<T | Unseen> => {
    if (allows(scopes, scope) === 'no') return { unseen: scope };
    const answer = await read();
    return answer.ok ? answer.value : { unseen: scope };
  };
  const [people, rules, all, agents, automations] = await Promise.all([
    sides,
    part('access:read', () => listAccessRules(omni)),
    part('routes:read', () => allRoutes(omni)),
    part('agents:read', () => listAgents(omni)),
    part('automations:read', () => listAutomationsNaming(omni, ids)),
  ]);
  const routes = seen(all)
    ? {
        items: all.items,
        missing: [...all.missing, ...hiddenInstances(people, all.instances)],
        ...(all.others ? { others: true as const } : {}),
      }
    : all;
  const may = {
    rules: allows(scopes, 'access:write'),
    routes: allows(scopes, 'routes:write'),
    agents: allows(scopes, 'agents:write'),
  };
  return { rules, routes, agents, automations, may, now: Date.now() };
}

/** A person with identities, or null when Omni knows no such person. */
export async function side(omni: Omni, id: string): Promise<Result<Side | null, OmniError>> {
  const presence = await getPresence(omni, id);
  if (presence.ok) return ok({ person: presence.value.person, identities: presence.value.identities });
  return presence.error.kind === 'not_found' ? ok(null) : presence;
}

type AllRoutes = { items: Route[]; missing: string[]; instances: string[]; others: boolean };

/** The routes of all instances the key sees; instances that did not answer are named. `others`: there are more instances. */
async function allRoutes(omni: Omni): Promise<Result<AllRoutes, OmniError>> {
  const instances = await listInstancesAndOthers(omni);
  if (!instances.ok) return instances;
  const { items, others } = instances.value;
  const answers = await fanOut(omni, items, { concurrency: AT_ONCE }, (instance, signal) =>
    listRoutes(omni, instance.id, signal),
  );
  return ok({
    items: answers.flatMap((answer) => (answer.state === 'ok' ? answer.value : [])),
    missing: answers.flatMap((answer) => (answer.state === 'ok' ? [] : [answer.item.name])),
    instances: items.map(({ id }) => id),
    others,
  });
}

/** Instances a key is not shown, but somebody has an identity on: their routes cannot be seen (contract §1.4). */
function hiddenInstances(sides: (Side | null)[], instances: readonly string[]): string[] {
  const known = new Set(instances);
  const named = sides.flatMap((each) => each?.identities ?? []).flatMap(({ instanceId }) => instanceId ?? []);
  return [...new Set(named)].filter((id) => !known.has(id));
}
