import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { path } from '#lib/omni/door/path.ts';
import { read } from '#lib/omni/cache/read.ts';
import type { Result } from '#lib/omni/result.ts';
import { auditAnswer, auditPage, type AuditEntry, type AuditPage } from '#lib/omni/schemas/audit.ts';

/** `actor` matches `X-Omni-Actor` or the key's name; `since` an ISO time; `limit` 1–200. */
export type AuditQuery = {
  targetType?: string;
  target?: string;
  actor?: string;
  since?: string;
  limit?: number;
  cursor?: string;
};

/**
 * Omni's own record of changes, newest first. Scope `audit:read`; only the newest Omnis have it. Persons and access rules
 * are not in it (contract §7.2).
 */
export function listAudit(omni: Omni, query: AuditQuery = {}): Promise<Result<AuditPage, OmniError>> {
  return read(omni, { path: '/audit', query, schema: auditPage });
}

/** One entry. Scope `audit:read` (contract §7.2). */
export function getAudit(omni: Omni, id: string): Promise<Result<AuditEntry, OmniError>> {
  return read(omni, { path: path`/audit/${id}`, schema: auditAnswer });
}
