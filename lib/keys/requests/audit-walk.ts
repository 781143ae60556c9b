import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { listKeyAudit } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { takeFromBudget } from '#lib/omni/paging/budget.ts';
import { cutPage, pageQuery, type Position } from '#lib/omni/paging/paging.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import { fits, searchesHere, omniFilter, type AuditFilter } from './audit-filter.ts';

/** The most requests that are searched at once for what Omni can't filter by. */
export const SEARCHED_AT_ONCE = 500;

/**
 * One page of a key's requests. `remaining`: how many there are from its first one on, where Omni counts them. `unsure`: too many
 * requests share one millisecond to page through them (contract §1.6).
 */
export type RequestLogPage = { calls: KeyCall[]; next: Position | null; unsure: boolean; remaining: number | null };

/** `searched`: how many requests were searched, and the oldest of them (ISO); null where Omni did the filtering. */
export type SearchedRequests = RequestLogPage & { searched: { count: number; oldest: string | null } | null };

/** The next page as Omni has it, newest first: nothing is skipped, nothing comes twice. Scope `keys:read`. */
export async function auditPage(
  omni: Omni,
  keyId: string,
  filter: AuditFilter,
  position: Position | null,
  size: number,
): Promise<Result<RequestLogPage, OmniError>> {
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

/** How many requests of a position's own millisecond the next page answers again. */
function repeated(position: Position | null): number {
  return position?.shown.filter((id) => id !== '00000000').length ?? 0;
}

/** A page of a filter. Where Omni can't filter, the next 500 requests are searched; the page says how far. */
export async function searchRequests(
  omni: Omni,
  keyId: string,
  filter: AuditFilter,
  position: Position | null,
  size: number,
): Promise<Result<SearchedRequests, OmniError>> {
  if (!searchesHere(filter)) {
    const page = await auditPage(omni, keyId, filter, position, size);
    return page.ok ? ok({ ...page.value, searched: null }) : page;
  }
  const found: SearchedRequests = { calls: [], next: position, unsure: false, remaining: null, searched: null };
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
  } while (found.next && count < SEARCHED_AT_ONCE && found.calls.length < size);
  return ok({ ...found, searched: { count, oldest } });
}

/**
 * The newest requests of a filter, at most `most`, and fewer where the key's budget is needed for clicks. `more`: there are older
 * ones. `unsure`: some may be missing among these.
 */
export async function newestCalls(
  omni: Omni,
  keyId: string,
  filter: AuditFilter,
  most: number,
): Promise<Result<{ calls: KeyCall[]; more: boolean; unsure: boolean }, OmniError>> {
  const calls: KeyCall[] = [];
  let position: Position | null = null;
  let unsure = false;
  do {
    const page: Result<RequestLogPage, OmniError> = await auditPage(omni, keyId, filter, position, 100);
    if (!page.ok) return page;
    calls.push(...page.value.calls);
    position = page.value.next;
    unsure ||= page.value.unsure;
  } while (position && calls.length < most && takeFromBudget(omni) === 0);
  const newest = calls.slice(0, most);
  const more = position !== null || newest.length < calls.length;
  return ok({ calls: newest.filter((call) => fits(call, filter)), more, unsure });
}
