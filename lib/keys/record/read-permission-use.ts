import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { listKeyAudit } from '#lib/omni/resources/keys.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Key, KeyCall } from '#lib/omni/schemas/keys.ts';
import { newestCalls } from '#lib/keys/requests/audit-walk.ts';
import { pathPartsOf } from '#lib/scopes/calls.ts';
import { needsOf, permissionUse, singleScopes, type PermissionUse } from './permission-use.ts';

/** So many of the newest requests are read one by one; of older ones, Omni is asked which paths they have. */
const MOST_READ = 5000;

const AT_ONCE = 4;
const WITHIN_MS = 10_000;

/**
 * What of a key's permissions its requests needed: the newest 5,000 are read, and the rest of the log is searched for the paths of
 * what they didn't need. Where that can't be done in time, a permission counts as perhaps needed. Scope `keys:read`.
 */
export async function readPermissionUse(
  omni: Omni,
  { id, scopes, usageCount: counted }: Pick<Key, 'id' | 'usageCount'> & { scopes: readonly string[] },
  most = MOST_READ,
): Promise<Result<PermissionUse, OmniError>> {
  const newest = await newestCalls(omni, id, {}, most);
  if (!newest.ok) return newest;
  const { calls, more, unsure } = newest.value;
  const whole = !more && !unsure;
  const { needed } = needsOf(calls);
  const rest = singleScopes(scopes).filter((scope) => !needed.has(scope));
  const older = whole ? [] : await neededByOthers(omni, id, calls, rest);
  return ok(permissionUse(scopes, { calls, whole, counted, older }));
}

/** Which of these scopes a request may have needed that is not among the ones that were read. */
async function neededByOthers(omni: Omni, id: string, read: readonly KeyCall[], scopes: readonly string[]) {
  const partsOf = new Map(scopes.map((scope) => [scope, pathPartsOf([scope])]));
  const parts = [...new Set([...partsOf.values()].flat())];
  // Omni's times are finer than those it tells.
  const until = new Date(Date.parse(read[0]?.timestamp ?? '') + 1).toISOString();
  const counts = await fanOut(omni, parts, { concurrency: AT_ONCE, deadlineMs: WITHIN_MS }, (path, stop) =>
    listKeyAudit(omni, id, { path, until, limit: 1 }, stop),
  );
  const met = new Set(
    counts.flatMap((one) => {
      const inLog = one.state === 'ok' ? one.value.meta.remaining : null;
      const known = read.filter(({ path }) => path.includes(one.item)).length;
      return inLog !== null && inLog <= known ? [] : [one.item];
    }),
  );
  return scopes.filter((scope) => partsOf.get(scope)?.some((part) => met.has(part)));
}
