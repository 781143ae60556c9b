import type { KeyAuditQuery } from '#lib/omni/resources/keys.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';

/**
 * A filter of a key's requests. Omni filters by status, path and time itself; method and address are searched in what was
 * loaded, since Omni can't filter by them (contract §7.1). Times are ISO in UTC.
 */
export type AuditFilter = {
  status?: number;
  path?: string;
  since?: string;
  until?: string;
  method?: string;
  ip?: string;
};

/** So many of the newest requests the plot and the integrations of a key's record are made from. */
export const MOST_READ = 1000;

/** A request's path without what all have in front: Omni's address and version (`/api/v2`). */
export function shownPath(path: string): string {
  return path.replace(/^\/api\/v\d+(?=\/)/, '');
}

/** The part of a filter that Omni answers itself. */
export function omniFilter({ status, path, since, until }: AuditFilter): KeyAuditQuery {
  return {
    ...(status === undefined ? {} : { statusCode: status }),
    ...(path ? { path } : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
  };
}

/** Whether a filter has a part that only the console can search for. */
export function searchesHere({ method, ip }: AuditFilter): boolean {
  return Boolean(method ?? ip);
}

/** Whether a loaded request fits the console's part of a filter: the whole method, the address by its beginning. */
export function fits(call: Pick<KeyCall, 'method' | 'ipAddress'>, { method, ip }: AuditFilter): boolean {
  return (!method || call.method === method) && (!ip || (call.ipAddress ?? '').startsWith(ip));
}
