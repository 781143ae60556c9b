import type { RouteRow } from './route-row.ts';

/** An instance whose routes are not in the list, and why: a message of namespace `problems`. */
export type MissingInstance = { id: string; name: string; problem?: string };

/**
 * One line of the list on its way to the browser: first all that is there already, then each instance
 * that came late. `answered`: ids of the instances whose rows these are, some of which may have none.
 */
export type ListLine = { rows: RouteRow[]; answered: string[]; failed: MissingInstance[]; late: MissingInstance[] };
