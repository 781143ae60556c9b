import type { KeyAuditQuery } from '#lib/omni/resources/keys.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';

/**
 * What an audit log is narrowed to. Status, path and time are Omni's own filters; method and address are looked for in what
 * was loaded, since Omni can't (contract §7.1). Times are ISO in UTC.
 */
export type AuditFilter = {
  status?: number;
  path?: string;
  since?: string;
  until?: string;
  method?: string;
  ip?: string;
};

/** The part of a filter that Omni answers itself. */
export function omniFilter({ status, path, since, until }: AuditFilter): KeyAuditQuery {
  return {
    ...(status === undefined ? {} : { statusCode: status }),
    ...(path ? { path } : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
  };
}

/** Whether a filter has a part that only the console can look for. */
export function looksItself({ method, ip }: AuditFilter): boolean {
  return Boolean(method ?? ip);
}

/** Whether a loaded call fits the console's own part of a filter: the method whole, the address by its beginning. */
export function fits(call: Pick<KeyCall, 'method' | 'ipAddress'>, { method, ip }: AuditFilter): boolean {
  return (!method || call.method === method) && (!ip || (call.ipAddress ?? '').startsWith(ip));
}
