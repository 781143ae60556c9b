import 'server-only';
import { omniNow } from '#lib/omni/resources/health.ts';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { listAutomationsNaming } from '#lib/omni/resources/automations.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { listInstancesAndOthers } from '#lib/omni/resources/instances.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { ABSENT, LATE, mapSeen, notSeenOf, readSeen, seenOr, type Seen } from '#lib/omni/seen.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { May, MergeFacts, ReadRoutes } from './merge-facts.ts';
import { readPersonRecord, type PersonRecord } from '#lib/persons/record/person-record.ts';

const AT_ONCE = 8;

/** Everything a merge of `duplicate` into `survivor` depends on, fresh. What could not be read says why; it is never taken for empty. */
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
  const [people, rules, all, agents, automations, providers, now] = await Promise.all([
    records,
    readSeen(scopes, 'access:read', () => listAccessRules(omni)),
    readSeen(scopes, 'routes:read', () => allRoutes(omni)),
    readListed(scopes, 'agents:read', () => listAgents(omni)),
    readListed(scopes, 'automations:read', () => listAutomationsNaming(omni, ids)),
    readSeen(scopes, 'providers:read', () => listProviders(omni)),
    omniNow(omni),
  ]);
  const held = new Set(people.flatMap((each) => each?.identities ?? []).flatMap(({ instanceId }) => instanceId ?? []));
  const instances = all.is === 'value' ? all.value.instances : [];
  const shown = new Set(instances.map(({ id }) => id));
  const hidden = all.is === 'value' ? [...held].filter((id) => !shown.has(id)) : [];
  const whose = new Set(people.map((each) => each?.person.id ?? ''));
  const routed = new Set(
    all.is === 'value'
      ? all.value.routes.items.filter(({ personId }) => whose.has(personId ?? '-')).map(({ instanceId }) => instanceId)
      : [],
  );
  const ruled = new Set(
    seenOr(rules, []).flatMap(({ personId, instanceId }) =>
      instanceId && whose.has(personId ?? '-') ? instanceId : [],
    ),
  );
  return {
    rules,
    routes: mapSeen(all, ({ routes }) => ({ ...routes, ...(hidden.length > 0 ? { hidden } : {}) })),
    agents,
    automations,
    answering: { instances: instances.filter(({ id }) => held.has(id) || routed.has(id) || ruled.has(id)), providers },
    may: rightsOf(scopes),
    now,
    serverUrl: omni.server.url,
  };
}

/** Whether a key may move rules, write routes and give agents an owner. */
export function rightsOf(scopes: readonly string[] | null): Record<'rules' | 'routes' | 'agents', May> {
  return {
    rules: allows(scopes, 'access:write'),
    routes: allows(scopes, 'routes:write'),
    agents: allows(scopes, 'agents:write'),
  };
}

/** A list that servers of before do not have: nothing there can name a person. */
export async function readListed<T>(
  scopes: readonly string[] | null,
  scope: string,
  read: () => Promise<Result<T, OmniError>>,
): Promise<Seen<T>> {
  let isMissing = false;
  const seen = await readSeen(scopes, scope, async () => {
    const answer = await read();
    isMissing = !answer.ok && answer.error.kind === 'not_found';
    return answer;
  });
  return isMissing ? ABSENT : seen;
}

type AllRoutes = { routes: ReadRoutes; instances: Instance[] };

/** The routes of all instances the key is shown, and those instances. */
async function allRoutes(omni: Omni): Promise<Result<AllRoutes, OmniError>> {
  const instances = await listInstancesAndOthers(omni);
  if (!instances.ok) return instances;
  const { items, others } = instances.value;
  const answers = await fanOut(omni, items, { concurrency: AT_ONCE }, (instance, signal) =>
    listRoutes(omni, instance.id, signal),
  );
  const failed = answers.filter((answer) => answer.state !== 'ok');
  const [first] = failed;
  const routes = {
    items: answers.flatMap((answer) => (answer.state === 'ok' ? answer.value : [])),
    missing: failed.map(({ item }) => item.name),
    ...(first ? { why: first.state === 'failed' ? notSeenOf(first.error) : LATE } : {}),
    ...(others ? { others: true as const } : {}),
  };
  return ok({ routes, instances: items });
}
