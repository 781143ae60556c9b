import type { Finding } from './health.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import type { Verdict } from '#lib/routes/verdict/verdict.ts';

/** A route with what is wrong with it, and who answers its chat or person now; null while that is checked. */
export type Unhealthy = { row: RouteRow; findings: Finding[]; verdict: Verdict | null };

/** What stands behind routes and could not be read. */
export type UnreadParts = readonly ('agents' | 'providers' | 'provider-health')[];

/**
 * One line of the health of routes on its way to the browser. The first has everything that the routes show by themselves;
 * later ones add findings and bring verdicts. `checked` of `total` chats and people are checked; `failed` of them could not be.
 * `unread`: names of instances whose routes could not be read; `without`: what behind the routes could not be read.
 */
export type HealthLine = {
  unhealthy: Unhealthy[];
  unread?: string[];
  without?: UnreadParts;
  checked: number;
  total: number;
  failed: number;
};
