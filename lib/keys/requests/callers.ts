import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ownCallsOf, type OwnCall } from '#lib/omni/cache/own-calls.ts';
import { takeFromBudget } from '#lib/omni/paging/budget.ts';
import type { Position } from '#lib/omni/paging/paging.ts';
import { getKey } from '#lib/omni/resources/keys.ts';
import { keyRefOf } from '#lib/omni/resources/own-key.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import { auditPage, type RequestLogPage } from './audit-walk.ts';
import { provenOwn, TOLERANCE_MS } from './prove-own.ts';

const PAGE = 100;

/**
 * What uses a key: a program, by its address and `User-Agent`, or another session of this console, by the name it signed in with.
 * `last` is an ISO time; `path` that of the last request; `refused` counts those that were refused or failed.
 */
export type Integration = {
  ip: string | null;
  userAgent: string | null;
  session: string | null;
  requests: number;
  refused: number;
  last: string;
  path: string;
};

/**
 * What uses a key, by its newest requests, the latest first. Left out are only the reader's own session and this console's checks, as
 * far as this process can prove that it sent them. `last`: the newest request that is none of these, null where none was read.
 * `unlogged`: when the key was used last (ISO) by what stands in no log, and then `last` is that; null where the log has it.
 * `since`: requests are read back to that time (ISO); null: to the beginning of the log. `own`: how many were left out.
 */
export type KeyUse = {
  integrations: Integration[];
  last: string | null;
  unlogged: string | null;
  requestsRead: number;
  own: number;
  since: string | null;
};

/**
 * `now`, `since`: milliseconds by Omni's clock. Requests are read until one is not the reader's own, and back to `since`; `pages` of a
 * hundred at most. `on`: all of these pages, as far as the key's budget allows, and not only up to the first request of somebody else.
 * `checks`: calls that another process of this console may have sent to check the key.
 */
type Reading = { now: number; since: number; pages: number; on?: boolean; checks?: readonly OwnCall[] };

/**
 * What uses a key. Omni logs a request once it is answered, and not at all where its path is too long; the key's row has its time at
 * once (contract §1.8, §7.1), so it is read first: what it tells must be in the log. Scope `keys:read`.
 */
export async function useOfKey(
  omni: Omni,
  keyId: string,
  { now, since, pages: mostPages, on = false, checks = [] }: Reading,
): Promise<Result<KeyUse, OmniError>> {
  const row = await getKey(omni, keyId);
  if (!row.ok) return row;
  const requests: KeyCall[] = [];
  let position: Position | null = null;
  let others: KeyCall[] = [];
  let own: ReadonlyMap<string, OwnCall> = new Map();
  let sent: readonly OwnCall[] | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page: Result<RequestLogPage, OmniError> = await auditPage(omni, keyId, {}, position, PAGE);
    if (!page.ok) return page;
    requests.push(...page.value.calls);
    // A key nobody here signed in with has none, and is not asked for.
    sent ??= requests.some(isConsoleLike) ? await sentWith(omni, keyId, now, checks) : undefined;
    own = provenOwn(requests.filter(isConsoleLike), sent ?? []);
    others = requests.filter(({ id }) => !isReaders(own.get(id), omni));
    position = page.value.next;
    const oldest = Date.parse(requests.at(-1)?.timestamp ?? '');
    if (!position || oldest <= since || (others.length > 0 && (!on || takeFromBudget(omni) > 0))) break;
  }
  const used = row.value.lastUsedAt;
  const missing = used !== null && !isNear(requests[0]?.timestamp, used);
  sent ??= missing ? await sentWith(omni, keyId, now, checks) : undefined;
  const unlogged = missing && !sent?.some((call) => isReaders(call, omni) && wasSentAt(call, used)) ? used : null;
  return ok({
    integrations: bySource(others, own),
    last: unlogged ?? others[0]?.timestamp ?? null,
    unlogged,
    requestsRead: requests.length,
    own: requests.length - others.length,
    since: position === null ? null : (requests.at(-1)?.timestamp ?? null),
  });
}

/** Whether the log's newest request is as late as a use of the key; its time is that of the answer. */
function isNear(newest: string | undefined, used: string): boolean {
  return newest !== undefined && Date.parse(newest) >= Date.parse(used) - TOLERANCE_MS;
}

function wasSentAt({ from, until }: OwnCall, moment: string): boolean {
  const at = Date.parse(moment);
  return at >= from - TOLERANCE_MS && at <= until + TOLERANCE_MS;
}

/** Consoles say so, and so may anything else: only such a request can be this console's. */
function isConsoleLike({ userAgent }: KeyCall): boolean {
  return userAgent?.startsWith('omni-console/') ?? false;
}

function isReaders(call: OwnCall | undefined, { sid }: Omni): boolean {
  return call !== undefined && (call.sid === null || call.sid === sid);
}

/** What this console sent with a key, by Omni's clock; checks that are given are not counted once more. */
async function sentWith(omni: Omni, keyId: string, now: number, checks: readonly OwnCall[]): Promise<OwnCall[]> {
  const ahead = now - Date.now();
  const ref = await keyRefOf(omni, keyId);
  const calls = ref.ok ? ownCallsOf(omni.server, ref.value) : [];
  const others = calls.filter(({ sid }) => sid !== null || checks.length === 0);
  return [...checks, ...others.map((call) => ({ ...call, from: call.from + ahead, until: call.until + ahead }))];
}

function bySource(requests: readonly KeyCall[], own: ReadonlyMap<string, OwnCall>): Integration[] {
  const integrations = new Map<string, Integration>();
  for (const { id, ipAddress: ip, userAgent, timestamp, path, statusCode } of requests) {
    const session = own.get(id);
    const name = JSON.stringify(session ? ['session', session.sid] : [ip, userAgent]);
    const known = integrations.get(name) ?? {
      ip,
      userAgent,
      session: session?.who ?? null,
      requests: 0,
      refused: 0,
      last: timestamp,
      path,
    };
    known.requests += 1;
    known.refused += statusCode >= 400 ? 1 : 0;
    integrations.set(name, known);
  }
  return [...integrations.values()];
}
