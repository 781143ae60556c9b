import type { Value } from '#lib/operations/effects/value.ts';
import type { Plan } from '#lib/operations/plan/define.ts';
import type { FieldRow } from './merge-fields.ts';

/** What the page of a merge draws: the fields, and the routes of the duplicate where both have one on an instance. */
export type MergeTable = {
  fields: FieldRow[];
  routes: { id: string; chosen: 'keep' | 'replace'; route: Value }[];
};

/** The table of a merge's plan; null where it is refused, or of before. */
export function mergeTableOf({ data }: Pick<Plan, 'data'>): MergeTable | null {
  return data ? (data as MergeTable) : null;
}
