import 'server-only';
import { deleteAccessRule, listAccessRules } from '#lib/omni/resources/access.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { patchPerson, searchPersons } from '#lib/omni/resources/persons.ts';
import { deleteRoute, listRoutes } from '#lib/omni/resources/routes.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import { DRESSED, must } from './watched-merge.ts';
import { readPersonRecord } from '#lib/persons/record/person-record.ts';

/** What two people and the server's routes were before the scenario. */
export async function before(omni: Omni, ids: readonly string[]) {
  const records = await Promise.all(ids.map((id) => must(readPersonRecord(omni, id))));
  return {
    records: records.filter((one) => one !== null),
    routes: new Set((await routesHere(omni)).map(({ id }) => id)),
  };
}

async function routesHere(omni: Omni) {
  const instances = await must(listAllInstances(omni));
  return (await Promise.all(instances.map(({ id }) => must(listRoutes(omni, id))))).flat();
}

/**
 * Removes what the scenario created, wherever it stopped: its rules, its routes, and the name, phone and metadata it wrote on
 * whoever has the identities now (`today`: the new ids of those who were merged and restored). Answers what could not be restored, in words.
 */
export async function clean(
  omni: Omni,
  was: Awaited<ReturnType<typeof before>>,
  today: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const left: string[] = [];
  const tried = async (what: string, asked: Promise<{ ok: boolean }>) => {
    if (!(await asked).ok) left.push(what);
  };
  for (const { id, reason } of await must(listAccessRules(omni)))
    if (reason?.startsWith(DRESSED.reason)) await tried(`rule ${id}`, deleteAccessRule(omni, id));
  for (const { id, instanceId, label } of await routesHere(omni))
    if (!was.routes.has(id) && DRESSED.labels.includes(label ?? ''))
      await tried(`route ${id}`, deleteRoute(omni, instanceId, id));
  for (const { person, identities } of was.records) {
    const now = today[person.id] ?? (await holderOf(omni, person.id, identities[0]));
    if (!now) {
      left.push(`person ${person.id}: merged into another`);
      continue;
    }
    const { displayName, primaryPhone, metadata } = person;
    await tried(
      `fields of ${now}`,
      patchPerson(omni, now, { ...(displayName === null ? {} : { displayName }), primaryPhone, metadata }),
    );
    if (displayName === null) left.push(`name of ${now}: a name cannot be cleared`);
  }
  return left;
}

/** The id that a person has now: their own, or that of the person who has their first identity as the first. */
async function holderOf(omni: Omni, id: string, identity: { id: string; platformUserId: string } | undefined) {
  if (await must(readPersonRecord(omni, id))) return id;
  if (!identity) return null;
  const hits = await must(searchPersons(omni, { search: identity.platformUserId, limit: 100 }));
  for (const hit of hits.items) {
    const one = await must(readPersonRecord(omni, hit.id));
    if (one?.identities[0]?.id === identity.id) return hit.id;
  }
  return null;
}
