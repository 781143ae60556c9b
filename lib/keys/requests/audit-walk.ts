import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { listKeyAudit } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { cutPage, pageQuery, type Position } from '#lib/omni/paging/paging.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import { fits, looksItself, omniFilter, type AuditFilter } from './audit-filter.ts';

/** Calls that are looked through at once for what Omni can't filter. */
export const LOOKED_AT_ONCE = 500;

/**
 * One page of a key's calls. `remaining`: how many there are from its first on, where Omni counts. `unsure`: calls of one
 * millisecond were too many to step through (contract §1.6).
 */
export type AuditPage = { calls: KeyCall[]; next: Position | null; unsure: boolean; remaining: number | null };

/** `looked`: how many calls the rows were picked from; the oldest of them. `null` where Omni did the picking. */
export type Looked = AuditPage & { looked: { count: number; oldest: string | null } | null };

/** The next page as Omni has it, newest first: nothing is skipped, nothing comes twice. Scope `keys:read`. */
export async function auditPage(
  omni: Omni,
  keyId: string,
  filter: AuditFilter,
  position: Position | null,
  size: number,
): Promise<Result<AuditPage, OmniError>> {
  const answer = await listKeyAudit(omni, keyId, { ...omniFilter(filter), ...pageQuery(position, size) });
  if (!answer.ok) return answer;
  const timed = answer.value.items.map((call) => ({ ...call, createdAt: call.timestamp }));
  const { rows, next, unsure } = cutPage(timed, answer.value.meta.hasMore, position, size);
  const { remaining } = answer.value.meta;
  const ids = new Set(rows.map(({ id }) => id));
  const calls = answer.value.items.filter(({ id }) => ids.has(id));
  return ok({
    calls,
    next,
    unsure,
    remaining: remaining === null ? null : Math.max(remaining - repeated(position), 0),
  });
}

/** The overlap asks for the rows of the position's own millisecond once more. */
function repeated(position: Position | null): number {
  return position?.shown.filter((id) => id !== '00000000').length ?? 0;
}

/** A page of a filter. Where Omni can't pick, the next 500 calls are looked through; the page says how far it got. */
export async function lookThrough(
  omni: Omni,
  keyId: string,
  filter: AuditFilter,
  position: Position | null,
  size: number,
): Promise<Result<Looked, OmniError>> {
  if (!looksItself(filter)) {
    const page = await auditPage(omni, keyId, filter, position, size);
    return page.ok ? ok({ ...page.value, looked: null }) : page;
  }
  const found: Looked = { calls: [], next: position, unsure: false, remaining: null, looked: null };
  let count = 0;
  let oldest: string | null = null;
  do {
    const page = await auditPage(omni, keyId, filter, found.next, 100);
    if (!page.ok) return page;
    count += page.value.calls.length;
    oldest = page.value.calls.at(-1)?.timestamp ?? oldest;
    found.calls.push(...page.value.calls.filter((call) => fits(call, filter)));
    found.next = page.value.next;
    found.unsure ||= page.value.unsure;
  } while (found.next && count < LOOKED_AT_ONCE && found.calls.length < size);
  return ok({ ...found, looked: { count, oldest } });
}

/** The newest calls of a filter, at most `most`; `more`: there are older ones. For the plot. */
export async function newestCalls(
  omni: Omni,
  keyId: string,
  filter: AuditFilter,
  most: number,
): Promise<Result<{ calls: KeyCall[]; more: boolean }, OmniError>> {
  const calls: KeyCall[] = [];
  let position: Position | null = null;
  do {
    const page: Result<AuditPage, OmniError> = await auditPage(omni, keyId, filter, position, 100);
    if (!page.ok) return page;
    calls.push(...page.value.calls);
    position = page.value.next;
  } while (position && calls.length < most);
  return ok({ calls: calls.slice(0, most).filter((call) => fits(call, filter)), more: position !== null });
}
