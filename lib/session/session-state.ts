import { env } from '#lib/env.ts';

/** How long a session lasts without a click, and at all; milliseconds. */
export type Limits = { idleMs: number; maxMs: number };

export type SessionState = 'live' | 'idle' | 'expired' | 'ended';

/**
 * The state of a session at a time (all in milliseconds). Ended wins over expired, expired over idle. A clock that was set back
 * ends nothing.
 */
export function sessionState(
  row: { createdAt: number; lastSeenAt: number; endedAt: number | null },
  now: number,
  limits: Limits,
): SessionState {
  if (row.endedAt !== null) return 'ended';
  if (now - row.createdAt >= limits.maxMs) return 'expired';
  if (now - row.lastSeenAt >= limits.idleMs) return 'idle';
  return 'live';
}

/** The limits of the configuration. */
export function sessionLimits({ SESSION_IDLE_MINUTES, SESSION_MAX_MINUTES } = env()): Limits {
  return { idleMs: SESSION_IDLE_MINUTES * 60_000, maxMs: SESSION_MAX_MINUTES * 60_000 };
}
