import type { Finding } from './health.ts';
import type { RouteRow } from '#lib/routes/list/row.ts';

/** A route with something to say about it. */
export type Ailing = { row: RouteRow; findings: Finding[] };

export type Without = readonly ('agents' | 'providers')[];

/**
 * One line of a check-up on its way to the browser. The first has everything the routes show by themselves; later ones add
 * findings. `checked` of `total` chats and people were looked at; `failed` of them could not be. In the first line, `unread`:
 * names of instances whose routes could not be read; `without`: what stands behind routes and could not be read.
 */
export type CheckupLine = {
  ailing: Ailing[];
  unread?: string[];
  without?: Without;
  checked: number;
  total: number;
  failed: number;
};
