import 'server-only';
import type { IncomingHttpHeaders } from 'node:http';
import type { OmniServer } from '#lib/omni/door/credential.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { processWide } from '#lib/process-wide.ts';

/** Requests a key has left in Omni's window of a minute, as its last answer told (contract §1.7). Times in milliseconds. */
type Budget = { limit: number; remaining: number; resetAt: number };

const WINDOW = 60_000;
const MOST_KEYS = 1000;

/** Omni tells the end of a window in whole seconds. */
const SAME_WINDOW = 1500;

/** The part of a window that fan-outs leave for clicks. */
const RESERVE = 0.3;

const budgets = () => processWide('budgets', () => new Map<string, Budget>());
const nameOf = (server: OmniServer, keyRef: string) => `${server.url}\n${keyRef}`;

/** Remembers what an answer says about its key's budget. Answers without the headers change nothing. */
export function noteBudget(server: OmniServer, keyRef: string, headers: IncomingHttpHeaders, now = Date.now()): void {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    Number(headers[`x-ratelimit-${name}`] ?? Number.NaN),
  );
  if (!limit || remaining === undefined || !reset || !Number.isFinite(limit + remaining + reset)) return;
  const all = budgets();
  const name = nameOf(server, keyRef);
  const resetAt = Math.min(Math.max(reset * 1000, now), now + WINDOW);
  const known = all.get(name);
  // An answer doesn't know of the requests that left after it: within a window what is left only shrinks.
  const same = known?.limit === limit && Math.abs(known.resetAt - resetAt) < SAME_WINDOW && known.resetAt > now;
  all.delete(name);
  all.set(name, { limit, remaining: same ? Math.min(remaining, known.remaining) : remaining, resetAt });
  const [oldest] = all.keys();
  if (all.size > MOST_KEYS && oldest !== undefined) all.delete(oldest);
}

/** What the key with the fewest requests left has, by the address of its server; only windows that are not over. */
export function lowestBudgets(now = Date.now()): Map<string, number> {
  const lowest = new Map<string, number>();
  for (const [name, { remaining, resetAt }] of budgets()) {
    const url = name.slice(0, name.indexOf('\n'));
    if (resetAt > now) lowest.set(url, Math.min(remaining, lowest.get(url) ?? Infinity));
  }
  return lowest;
}

/**
 * Milliseconds a fan-out has to wait before its next request, 0 when it may go on. A request that may go is counted at
 * once, since the answer that tells the true number is still on its way.
 */
export function takeFromBudget(omni: Omni, now = Date.now()): number {
  const budget = budgets().get(nameOf(omni.server, omni.keyRef));
  if (!budget) return 0;
  if (now >= budget.resetAt) Object.assign(budget, { remaining: budget.limit, resetAt: now + WINDOW });
  if (budget.remaining <= budget.limit * RESERVE) return budget.resetAt - now;
  budget.remaining -= 1;
  return 0;
}
