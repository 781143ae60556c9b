import 'server-only';
import { createHash } from 'node:crypto';
import { takeFromBudget } from '#lib/omni/paging/budget.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getKey } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Position } from '#lib/omni/paging/paging.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import { auditPage } from '#lib/keys/requests/audit-walk.ts';
import { omniNow } from '#lib/omni/resources/health.ts';

/** How many pages of a hundred requests an evidence file reads; a copy has the whole log. */
export const MOST_PAGES = 20;

type Times = { count: number; refused: number; first: string; last: string };

/** What was done with a key since a moment. `complete`: no request since then is missing. Times are ISO in UTC. */
type RequestsSince = {
  since: string;
  until: string;
  count: number;
  complete: boolean;
  integrations: ({ ip: string | null; userAgent: string | null } & Times)[];
  paths: ({ method: string; path: string } & Times)[];
};

/** A file, its SHA-256 in hex, how many requests and integrations it holds, and whether no request is missing. */
export type EvidenceFile = {
  name: string;
  text: string;
  sha256: string;
  requests: number;
  integrations: number;
  complete: boolean;
};

/** A file with a leaked key's row and its requests since it may have leaked. Scope `keys:read`. */
export async function evidenceOf(
  omni: Omni,
  { id, since, who }: { id: string; since: string; who: string },
): Promise<Result<EvidenceFile, OmniError>> {
  const [key, now] = await Promise.all([getKey(omni, id), omniNow(omni)]);
  if (!key.ok) return key;
  const until = new Date(now).toISOString();
  const requests = await requestsSince(omni, id, since, until);
  if (!requests.ok) return requests;
  const { name: server, url } = omni.server;
  const evidence = {
    madeAt: until,
    madeBy: who,
    server: { name: server, url },
    key: key.value,
    requests: requests.value,
  };
  const text = `${JSON.stringify(evidence, null, 2)}\n`;
  return ok({
    name: `key-evidence-${key.value.keyPrefix}-${until.slice(0, 10)}.json`,
    text,
    sha256: createHash('sha256').update(text).digest('hex'),
    requests: requests.value.count,
    integrations: requests.value.integrations.length,
    complete: requests.value.complete,
  });
}

async function requestsSince(
  omni: Omni,
  id: string,
  since: string,
  until: string,
): Promise<Result<RequestsSince, OmniError>> {
  const found: KeyCall[] = [];
  let position: Position | null = null;
  let sure = true;
  for (let pages = 0; pages === 0 || (position && pages < MOST_PAGES && takeFromBudget(omni) === 0); pages += 1) {
    const page: Awaited<ReturnType<typeof auditPage>> = await auditPage(omni, id, { since, until }, position, 100);
    if (!page.ok) return page;
    found.push(...page.value.calls);
    position = page.value.next;
    sure &&= !page.value.unsure;
  }
  return ok({
    since,
    until,
    count: found.length,
    complete: sure && position === null,
    integrations: grouped(found, ({ ipAddress, userAgent }) => ({ ip: ipAddress, userAgent })),
    paths: grouped(found, ({ method, path }) => ({ method, path })),
  });
}

/** Groups requests, which come newest first; the largest group first. */
function grouped<T extends object>(calls: readonly KeyCall[], by: (call: KeyCall) => T): (T & Times)[] {
  const groups = new Map<string, T & Times>();
  for (const call of calls) {
    const name = JSON.stringify(by(call));
    const { timestamp } = call;
    const group = groups.get(name) ?? { ...by(call), count: 0, refused: 0, first: timestamp, last: timestamp };
    group.count += 1;
    group.refused += call.statusCode >= 400 ? 1 : 0;
    group.first = timestamp;
    groups.set(name, group);
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count);
}
