import 'server-only';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { mapSeen, readSeen, seenOr, type Seen } from '#lib/omni/seen.ts';
import { notSeenValue } from '#lib/operations/effects/value.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { readCeiling } from './ceiling.ts';

export type NamedInstance = { id: string; name: string };

/**
 * What a form needs to offer no more than can be granted: the caller's scopes (null where the session's are unknown), the instances
 * they are limited to (null is all), and the instances there are.
 */
export type KeyFormFacts = {
  own: readonly string[] | null;
  held: Seen<readonly string[] | null>;
  instances: Seen<readonly NamedInstance[]>;
};

/** Reads the facts of a form. Plain data: it is sent to the browser. */
export async function readFormFacts(omni: Omni, scopes: readonly string[] | null): Promise<KeyFormFacts> {
  const [{ ceiling }, instances] = await Promise.all([readCeiling(omni, scopes), readInstances(omni, scopes)]);
  return { own: ceiling.scopes, held: ceiling.instances, instances };
}

/** The instances there are, by name. Scope `instances:read`. */
export async function readInstances(omni: Omni, scopes: readonly string[] | null): Promise<Seen<NamedInstance[]>> {
  const seen = await readSeen(scopes, 'instances:read', () => instancesSnapshot(omni));
  return mapSeen(seen, (all) => all.map(({ id, name }) => ({ id, name })));
}

/** Their names by id, for sentences; none where they were not seen. */
export function namesOf(instances: Seen<readonly NamedInstance[]>): Record<string, string> {
  return Object.fromEntries(seenOr(instances, []).map(({ id, name }) => [id, name]));
}

/** Why instances have no names in a plan, where it tells of some. */
export function unnamedInstances(instances: Seen<readonly NamedInstance[]>, ids: readonly string[] | null): Text[] {
  return instances.is === 'value' || !ids?.length
    ? []
    : [{ key: 'keys.instances-not-seen', values: { why: notSeenValue(instances) } }];
}
