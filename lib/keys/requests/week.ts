import 'server-only';
import { dayAfter, localOf, startOfDay } from '#lib/i18n/local-time.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { listKeyAudit } from '#lib/omni/resources/keys.ts';
import { ok, type Result } from '#lib/omni/result.ts';

const DAYS = 7;
const AT_ONCE = 100;

/** A key's requests in the last seven days of the reader's, today the last: all of them, and by day. */
export type KeyWeek = { total: number; days: number[] };

/** The beginnings of the last seven days in a zone and the end of today; milliseconds, eight of them. */
export function weekEdges(now: number, timeZone: string): number[] {
  const today = localOf(new Date(now).toISOString(), timeZone).slice(0, 10);
  const before = new Date(Date.parse(`${today}T00:00:00Z`) - (DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
  const days = [before];
  while (days.length <= DAYS) days.push(dayAfter(days.at(-1) ?? today));
  return days.map((day) => startOfDay(day, timeZone));
}

/**
 * A key's requests by day: one question where a hundred or fewer were made, else one more for each day but the first. Omni counts
 * them. Null: it did not count. Clicks keep their share of the key's budget. Scope `keys:read`.
 */
export async function weekOfKey(
  omni: Omni,
  id: string,
  { now, timeZone, signal }: { now: number; timeZone: string; signal: AbortSignal },
): Promise<Result<KeyWeek | null, OmniError>> {
  const edges = weekEdges(now, timeZone);
  const since = (edge: number) => new Date(edge).toISOString();
  const first = await listKeyAudit(omni, id, { since: since(edges[0] ?? now), limit: AT_ONCE }, signal);
  if (!first.ok) return first;
  const { items, meta } = first.value;
  const days = Array.from({ length: DAYS }, () => 0);
  if (!meta.hasMore) {
    for (const { timestamp } of items) {
      const day = edges.slice(0, DAYS).findLastIndex((edge) => edge <= Date.parse(timestamp));
      days[day] = (days[day] ?? 0) + 1;
    }
    return ok({ total: items.length, days });
  }
  const counted = await fanOut(omni, edges.slice(1, DAYS), { concurrency: 2, signal }, (edge, stop) =>
    listKeyAudit(omni, id, { since: since(edge), limit: 1 }, stop),
  );
  const total = meta.remaining;
  // How many there were since the beginning of each day; those that come meanwhile are left out.
  const from = [total, ...counted.map((one) => (one.state === 'ok' ? one.value.meta.remaining : null)), 0];
  const known = from.filter((count) => count !== null);
  if (total === null || known.length < from.length) return ok(null);
  return ok({ total, days: days.map((_, day) => Math.max((known[day] ?? 0) - (known[day + 1] ?? 0), 0)) });
}
