import type { OmniError } from './errors.ts';

const RETRIES = 2;
const LONGEST_LIMIT_WAIT = 2000;
const FIRST_WAIT = 100;

/**
 * Milliseconds to wait before asking again, or nothing. For reads only: a network failure, 502, 503, 504, and a rate limit
 * that ends within two seconds; at most twice. `attempt` counts from 0.
 */
export function retryWait(error: OmniError, attempt: number, random: () => number = Math.random): number | undefined {
  if (attempt >= RETRIES) return undefined;
  const backOff = FIRST_WAIT * 3 ** attempt * (0.5 + random());
  switch (error.kind) {
    case 'unreachable':
      return ['refused', 'dns', 'reset', 'other'].includes(error.cause) ? backOff : undefined;
    case 'unavailable':
      return [502, 503, 504].includes(error.status) ? backOff : undefined;
    case 'rate_limited':
      return error.retryAfterMs <= LONGEST_LIMIT_WAIT ? Math.max(error.retryAfterMs, FIRST_WAIT) : undefined;
    default:
      return undefined;
  }
}
