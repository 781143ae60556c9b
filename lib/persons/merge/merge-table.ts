import type { Value } from '#lib/operations/effects/value.ts';
import type { Plan } from '#lib/operations/plan/define.ts';
import type { FieldRow } from './merge-fields.ts';

/** A route in a comparison: what tells it from the other one on its instance. */
export type RouteShown = { label: string | null; agent: Value; overrides: number; active: boolean };

/** What the page of a merge draws: the fields, and the routes of both on an instance where each has one. `id`: the duplicate's route. */
export type MergeTable = {
  fields: FieldRow[];
  routes: ({ id: string; keep: 'survivor' | 'duplicate'; instance: Value } & Record<
    'survivor' | 'duplicate',
    RouteShown
  >)[];
};

/** The table of a merge's plan; null where it is refused, or of before. */
export function mergeTableOf({ data }: Pick<Plan, 'data'>): MergeTable | null {
  return data ? (data as MergeTable) : null;
}
