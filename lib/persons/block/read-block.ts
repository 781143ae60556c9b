import 'server-only';
import { omniNow } from '#lib/omni/resources/health.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import { searchPersons } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { calledBy, readPersonRecord, type PersonRecord } from '#lib/persons/record/person-record.ts';
import { handlesToBlock, identitiesAt, isHit, type AccessRulesRead } from './block-rules.ts';

/** At most so many searches by handle, hits of one, and people read for their handles; so many calls at once. */
const MOST_SEARCHES = 4;
const HITS = 20;
const MOST_READ = 8;
const AT_ONCE = 4;

/** Who else has a handle that the rules name, of those found. `failed`: nobody could be looked for. */
export type OthersHit = { people: { id: string; name: string }[]; failed: boolean };

/** What a block or its end depends on. `now`: milliseconds since 1970. */
export type BlockFacts = AccessRulesRead & {
  record: PersonRecord | null;
  others: OthersHit;
  serverUrl: string;
  now: number;
};

/** Reads it fresh. Scopes `persons:read`, `instances:read`, `access:read`. `at`: where others are looked for; not at all without it. */
export async function readBlock(
  omni: Omni,
  personId: string,
  at?: { instanceId: string | null },
): Promise<Result<BlockFacts, OmniError>> {
  const [record, instances, rules, now] = await Promise.all([
    readPersonRecord(omni, personId),
    listAllInstances(omni),
    listAccessRules(omni),
    omniNow(omni),
  ]);
  if (!record.ok) return record;
  if (!instances.ok) return instances;
  if (!rules.ok) return rules;
  const others =
    at && record.value ? await othersHit(omni, record.value, at.instanceId) : { people: [], failed: false };
  return ok({
    record: record.value,
    instances: instances.value,
    rules: rules.value,
    others,
    serverUrl: omni.server.url,
    now,
  });
}

async function othersHit(omni: Omni, record: PersonRecord, instanceId: string | null): Promise<OthersHit> {
  const handles = handlesToBlock(record, instanceId);
  const searches = handles.filter(({ form }) => form !== 'stored').slice(0, MOST_SEARCHES);
  const found = await fanOut(omni, searches, { concurrency: AT_ONCE }, ({ handle }, signal) =>
    searchPersons(omni, { search: handle.replaceAll(/[%_]/g, ''), limit: HITS }, signal),
  );
  const ids = new Set(found.flatMap((one) => (one.state === 'ok' ? one.value.items.map(({ id }) => id) : [])));
  ids.delete(record.person.id);
  const read = await fanOut(omni, [...ids].slice(0, MOST_READ), { concurrency: AT_ONCE }, (id) =>
    readPersonRecord(omni, id),
  );
  const people = read.flatMap((one) => {
    if (one.state !== 'ok' || !one.value) return [];
    const theirs = identitiesAt(one.value, instanceId).map(({ platformUserId }) => platformUserId);
    return isHit(handles, theirs) ? [{ id: one.value.person.id, name: calledBy(one.value) }] : [];
  });
  const failed = [...found, ...read].some(({ state }) => state !== 'ok');
  return { people, failed: failed && people.length === 0 };
}
