import { z } from 'zod';
import { routePatch, type Route, type RoutePatch } from '#lib/omni/schemas/routes.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { seenOr, type Seen } from '#lib/omni/seen.ts';
import { matchingOverrides, OVERRIDES, type Override } from '#lib/routes/editor/overrides.ts';
import { changesIn, fieldsOf } from '#lib/routes/editor/route-fields.ts';
import { MOST_CHANGED } from './limits.ts';

const uuid = z.uuid().toLowerCase();
const isOne = (patch: RoutePatch) => {
  const [field, ...others] = Object.keys(patch);
  return others.length === 0 && OVERRIDES.some((name) => name === field);
};

/**
 * What several routes get: an agent (`from`: only those that name this one), one override, the inherited value wherever theirs is
 * the same, or values of their own each (`back`, as an undo does: only where what it expects is still there).
 */
export const manyChange = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('agent'), agentId: uuid, from: uuid.optional() }),
  z.strictObject({ to: z.literal('override'), patch: routePatch.refine(isOne, 'one_override') }),
  z.strictObject({ to: z.literal('clear') }),
  z.strictObject({
    to: z.literal('back'),
    each: z
      .array(z.strictObject({ id: uuid, expects: routePatch, changes: routePatch }))
      .min(1)
      .max(MOST_CHANGED),
  }),
]);

export type ManyChange = z.infer<typeof manyChange>;

/** What becomes of one route. `same`: it is like that already. `moved`: it is no longer what was to be changed. */
export type OnePatch = { is: 'patch'; patch: RoutePatch } | { is: 'same' | 'moved' | 'older' };

/** The PATCH that a change is for one route. Values of the older generation's routes are not written (contract §9). */
export function patchOf(change: ManyChange, route: Route, instance: Seen<Instance>): OnePatch {
  if (route.agentProviderId || (route.agentId && !isUuid(route.agentId))) return { is: 'older' };
  const fields = fieldsOf(route);
  const own = change.to === 'back' ? change.each.find(({ id }) => id === route.id) : undefined;
  if (change.to === 'back' && (!own || changesIn(fields, own.expects).length > 0)) return { is: 'moved' };
  if (change.to === 'agent' && change.from && route.agentId?.toLowerCase() !== change.from) return { is: 'moved' };
  const made = changesIn(fields, own?.changes ?? wantedOf(change, route, instance));
  if (made.length === 0) return { is: 'same' };
  return { is: 'patch', patch: routePatch.parse(Object.fromEntries(made.map(({ field, to }) => [field, to]))) };
}

function wantedOf(change: ManyChange, route: Route, instance: Seen<Instance>): RoutePatch {
  if (change.to === 'agent') return { agentId: change.agentId };
  if (change.to === 'override') return change.patch;
  const home = seenOr(instance, null);
  const matching = change.to === 'clear' && home ? matchingOverrides(route, home) : [];
  return Object.fromEntries(matching.map((name) => [name, null]));
}

/** The override that `override` sets. */
export function overrideOf(patch: RoutePatch): Override | null {
  return OVERRIDES.find((name) => name in patch) ?? null;
}
