import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import { momentValue } from '#lib/operations/effects/value.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { scopesOfCall } from '#lib/scopes/calls.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { isKnownScope, KNOWN_SCOPES } from '#lib/scopes/table.ts';

/** A call that no known scope explains: it may need any. */
type UnmappedCall = Pick<KeyCall, 'method' | 'path'>;

/**
 * What of a key's permissions its requests needed. All lists hold single scopes, wildcards expanded. `used`: with the number of
 * requests, the most first. `older`: whether an older request needed it was not looked at closely enough to tell. `unmapped`: requests
 * whose scope this console doesn't know; then nothing can be called unused. `kept`: the key's scopes without the unused ones; what
 * this console doesn't know stays. `requestsRead` of the log, back to `since` (ISO), null where there is none; `whole`: to its end.
 * `unlogged`: so many more Omni counted than its whole log has, which may have needed anything.
 */
export type PermissionUse = {
  used: { scope: string; requests: number }[];
  older: string[];
  unused: string[];
  unmapped: { requests: number; example: UnmappedCall } | null;
  kept: string[];
  requestsRead: number;
  since: string | null;
  whole: boolean;
  unlogged: number;
};

/** So many requests may be counted and not logged yet: a page's own, while it is made. */
const UNDER_WAY = 10;

type Read = {
  calls: readonly KeyCall[];
  whole: boolean;
  /** How many requests Omni counted, before the log was read; null where it doesn't tell. */
  counted: number | null;
  /** Which of these scopes an older request may have needed. */
  older: readonly string[];
};

/** The scopes that a key has, wildcards expanded; those nobody knows left out. */
export function singleScopes(scopes: readonly string[]): string[] {
  return KNOWN_SCOPES.filter((scope) => allows(scopes, scope) === 'yes');
}

/** How many requests needed each scope, and those that none explains. A refused one needed its scope as well. */
export function needsOf(calls: readonly Pick<KeyCall, 'method' | 'path' | 'statusCode'>[]) {
  const needed = new Map<string, number>();
  const unmapped: UnmappedCall[] = [];
  for (const { method, path, statusCode } of calls) {
    const scopes = scopesOfCall(method, path);
    for (const scope of scopes) needed.set(scope, (needed.get(scope) ?? 0) + 1);
    // Omni refuses what its own table doesn't know.
    if (scopes.length === 0 && statusCode !== 403) unmapped.push({ method, path });
  }
  return { needed, unmapped };
}

/** What of a key's permissions was needed, by the part of its log that was read. Pure. */
export function permissionUse(scopes: readonly string[], { calls, whole, counted, older: asked }: Read): PermissionUse {
  const held = singleScopes(scopes);
  const { needed, unmapped } = needsOf(calls);
  const used = held.flatMap((scope) => {
    const requests = needed.get(scope);
    return requests === undefined ? [] : [{ scope, requests }];
  });
  const [example] = unmapped;
  const rest = held.filter((scope) => !needed.has(scope));
  // `*` also opens what no scope opens: only a log that was read whole shows that nothing needed it.
  const everything = scopes.includes('*') && !whole;
  const older = example || everything ? rest : rest.filter((scope) => asked.includes(scope));
  const unused = rest.filter((scope) => !older.includes(scope));
  const unlogged = whole && counted !== null ? counted - calls.length : 0;
  return {
    used: used.toSorted((a, b) => b.requests - a.requests),
    older,
    unused,
    unmapped: example ? { requests: unmapped.length, example } : null,
    kept: without(scopes, unused),
    requestsRead: calls.length,
    since: calls.at(-1)?.timestamp ?? null,
    whole,
    unlogged: unlogged > UNDER_WAY ? unlogged : 0,
  };
}

/** Scopes without some; a wildcard that stood for one of them becomes what is left of it. */
export function without(scopes: readonly string[], unused: readonly string[]): string[] {
  const gone = new Set(unused);
  const left = scopes.flatMap((scope) => {
    const stoodFor = singleScopes([scope]);
    if (!isKnownScope(scope) || !stoodFor.some((one) => gone.has(one))) return [scope];
    return stoodFor.filter((one) => !gone.has(one));
  });
  return [...new Set(left)];
}

/** Which of the permissions that a change takes a request needed, or may have needed. */
export function neededAmong(from: readonly string[], to: readonly string[], { unused }: PermissionUse): string[] {
  const left = new Set(singleScopes(to));
  return singleScopes(from).filter((scope) => !left.has(scope) && !unused.includes(scope));
}

/** How many requests were looked at, and since when, and how many there is no record of. */
export function lookedAt(use: PermissionUse): Text[] {
  const { requestsRead: requests, since, whole } = use;
  const key = whole ? 'keys.edit.looked-at-all' : 'keys.edit.looked-at';
  return [{ key, values: { requests, since: momentValue(since) } }, ...notLogged(use)];
}

/** What was never looked at, since Omni's log lacks it. */
export function notLogged({ unlogged: count }: PermissionUse): Text[] {
  return count > 0 ? [{ key: 'keys.edit.not-logged', values: { count } }] : [];
}
