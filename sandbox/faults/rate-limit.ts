import type { Clock } from '../world/clock.ts';
import { ApiError } from '../wire/http-errors.ts';

const WINDOW = 60_000;

export type RateLimit = {
  /** Counts one call of a key; the headers of its answer, or 429 (contract §1.7, behaviour J15). */
  count(keyId: string): Record<string, string>;
  reset(): void;
  setLimit(limit: number): void;
};

/** A fixed window of 60 s and 1,000 calls per key id, in memory. The key's own `rateLimit` column plays no part. */
export function createRateLimit(clock: Clock): RateLimit {
  const windows = new Map<string, { ends: number; calls: number }>();
  let limit = 1000;

  return {
    count(keyId) {
      const now = clock.now();
      const known = windows.get(keyId);
      const window = known && known.ends > now ? known : { ends: now + WINDOW, calls: 0 };
      window.calls += 1;
      windows.set(keyId, window);
      const headers = {
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(Math.max(0, limit - window.calls)),
        'X-RateLimit-Reset': String(Math.ceil(window.ends / 1000)),
      };
      if (window.calls <= limit) return headers;
      throw new RateLimited(headers, { retryAfterMs: window.ends - now, limit, windowMs: WINDOW });
    },
    reset: () => windows.clear(),
    setLimit: (next) => {
      limit = next;
    },
  };
}

export class RateLimited extends ApiError {
  readonly headers: Record<string, string>;

  constructor(headers: Record<string, string>, details: Record<string, unknown>) {
    super(429, 'RATE_LIMITED', 'Too many requests. Please slow down.', { details });
    this.headers = headers;
  }
}
