import type { OwnCall } from '#lib/omni/cache/own-calls.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';

/** How far Omni's time of a request may lie outside the time this console spent on it, by the same clock; milliseconds. */
export const TOLERANCE_MS = 5000;

/**
 * Which of a key's logged requests this console sent itself, by their ids. A `User-Agent` proves nothing: a request is this
 * console's only where its door sent one like it at that time, and each sent call stands for one request at most. `sent` is by
 * Omni's clock.
 */
export function provenOwn(requests: readonly KeyCall[], sent: readonly OwnCall[]): ReadonlyMap<string, OwnCall> {
  const left = new Map<string, OwnCall[]>();
  for (const call of sent) {
    const name = `${call.method} ${call.path}`;
    left.set(name, [...(left.get(name) ?? []), call]);
  }
  const own = new Map<string, OwnCall>();
  for (const { id, method, path, timestamp } of requests) {
    const candidates = left.get(`${method} ${path}`) ?? [];
    const at = Date.parse(timestamp);
    const index = candidates.findLastIndex(
      ({ from, until }) => at >= from - TOLERANCE_MS && at <= until + TOLERANCE_MS,
    );
    const [call] = index < 0 ? [] : candidates.splice(index, 1);
    if (call) own.set(id, call);
  }
  return own;
}
