import type { Plan, Text } from '#lib/operations/plan/define.ts';

/** A duplicate that can't be merged, and why: the page of several merges names each. */
export type RefusedMerge = { duplicate: string; why: Text };
export type ManyRefused = { refused: RefusedMerge[] };

/** Who can't be merged, of a plan for several; empty where nobody is refused. */
export function refusedMerges({ data }: Pick<Plan, 'data'>): RefusedMerge[] {
  return data ? (data as ManyRefused).refused : [];
}
