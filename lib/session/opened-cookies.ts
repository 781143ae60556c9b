import 'server-only';
import { createHash } from 'node:crypto';
import { processWide } from '#lib/process-wide.ts';
import { openCookie, type OpenedCookie } from './seal.ts';

type Opened = Extract<OpenedCookie, { ok: true }>;
type Kept = { opened: Opened; until: number };

/** How long an opened cookie is kept at most, and how many. */
const KEPT_MS = 15 * 60_000;
const MOST = 2_000;

const kept = processWide('opened-cookies', () => new Map<string, Kept>());

/**
 * Opens a cookie's value as `openCookie` does, and remembers it under the value's hash for at most 15 minutes and no longer than
 * its seal holds: opening one costs as much as a small page. It says nothing of whether the session lives; its row does, which
 * every request reads (`resolveSession`).
 */
export async function openKept(
  value: string,
  secrets: Parameters<typeof openCookie>[1],
  now = Date.now(),
): Promise<OpenedCookie> {
  const name = createHash('sha256').update(value).digest('base64url');
  const known = kept.get(name);
  if (known && now < known.until) return known.opened;
  kept.delete(name);
  const opened = await openCookie(value, secrets);
  if (opened.ok) keep(name, { opened, until: Math.min(now + KEPT_MS, sealedUntil(value)) }, now);
  return opened;
}

/** Forgets the cookies of sessions that have ended. */
export function forgetOpened(sids: readonly string[]): void {
  for (const [name, { opened }] of kept) if (sids.includes(opened.sid)) kept.delete(name);
}

/** Whether this process remembers a cookie of a session. For tests. */
export function isKept(sid: string): boolean {
  return [...kept.values()].some(({ opened }) => opened.sid === sid);
}

function keep(name: string, entry: Kept, now: number): void {
  if (entry.until <= now) return;
  kept.set(name, entry);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) break;
    kept.delete(oldest);
  }
  setTimeout(() => kept.get(name) === entry && kept.delete(name), entry.until - now).unref();
}

/** When a seal ends, as it says itself (its sixth part, in milliseconds); now for one that says nothing. */
function sealedUntil(value: string): number {
  return Number(value.split('*')[5]) || 0;
}
