import 'server-only';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { listAutomationsNaming } from '#lib/omni/resources/automations.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { listInstancesAndOthers } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { seen, type MergeFacts, type UnseenPart } from './merge-facts.ts';
import { readPersonRecord, type PersonRecord } from '#lib/persons/record/person-record.ts';

const AT_ONCE = 8;

/** Everything a merge of `duplicate` into `survivor` depends on, fresh. Parts that could not be read are named, not taken for empty. */
export async function readMergeFacts(
  input: { duplicate: string; survivor: string },
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<MergeFacts, OmniError>> {
  const both = Promise.all([readPersonRecord(omni, input.duplicate), readPersonRecord(omni, input.survivor)]);
  const shared = readShared(
    both.then((records) => records.map((one) => (one.ok ? one.value : null))),
    [input.duplicate],
    omni,
    scopes,
  );
  const [[duplicate, survivor], rest] = await Promise.all([both, shared]);
  if (!duplicate.ok) return duplicate;
  if (!survivor.ok) return survivor;
  return ok({ duplicate: duplicate.value, survivor: survivor.value, ...rest });
}

/** What merges depend on besides the people: rules, routes, agents, automations that name one of `ids`, and what the key may do. */
export async function readShared(
  records: (PersonRecord | null)[] | Promise<(PersonRecord | null)[]>,
  ids: readonly string[],
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Omit<MergeFacts, 'duplicate' | 'survivor'>> {
  const part = async <T extends object>(
    scope: string,
    read: () => Promise<Result<T, OmniError>>,
  ): Promise<T | UnseenPart> => {
    if (allows(scopes, scope) === 'no') return { unseen: scope };
    const answer = await read();
    if (answer.ok) return answer.value;
    return { unseen: scope, ...(answer.error.kind === 'forbidden' ? {} : { failed: true as const }) };
  };
  const [people, rules, all, agents, automations] = await Promise.all([
    records,
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

type AllRoutes = { items: Route[]; missing: string[]; instances: string[]; others: boolean };

/** The routes of all instances the key is shown. `missing`: names of instances that did not answer. `others`: there are more instances. */
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

/** Instances that somebody has an identity on and the key is not shown: their routes can't be read (contract §1.4). */
function hiddenInstances(records: (PersonRecord | null)[], instances: readonly string[]): string[] {
  const known = new Set(instances);
  const named = records.flatMap((each) => each?.identities ?? []).flatMap(({ instanceId }) => instanceId ?? []);
  return [...new Set(named)].filter((id) => !known.has(id));
}
