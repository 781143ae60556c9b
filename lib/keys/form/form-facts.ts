import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { readCeiling } from './ceiling.ts';

/**
 * What a form needs to offer no more than can be granted: the caller's scopes (null: unknown), the instances they are limited
 * to (null: all, or unknown, which Omni decides), and the instances there are (null: can't be read).
 */
export async function readFormFacts(omni: Omni, scopes: readonly string[] | null) {
  const [{ ceiling }, instances] = await Promise.all([
    readCeiling(omni, scopes),
    allows(scopes, 'instances:read') === 'no' ? null : instancesSnapshot(omni),
  ]);
  return {
    own: ceiling.scopes,
    held: ceiling.instances === 'unknown' ? null : ceiling.instances,
    instances: instances?.ok ? instances.value.map(({ id, name }) => ({ id, name })) : null,
  };
}

/** Names of instances by id, for sentences; none where they can't be read. */
export async function instanceNames(omni: Omni, scopes: readonly string[] | null): Promise<Record<string, string>> {
  const instances = allows(scopes, 'instances:read') === 'no' ? null : await instancesSnapshot(omni);
  return Object.fromEntries(instances?.ok ? instances.value.map(({ id, name }) => [id, name]) : []);
}
