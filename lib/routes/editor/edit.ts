import 'server-only';
import { visibleName } from '#lib/text/visible.ts';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { getRoute, patchRoute } from '#lib/omni/resources/routes.ts';
import { routePatch, type Route, type RoutePatch } from '#lib/omni/schemas/routes.ts';
import { thing } from '#lib/operations/effects/value.ts';
import { asJson, defineOperation, step, type EffectPlan, type Text } from '#lib/operations/plan/define.ts';
import { editCommand } from './command.ts';
import { successorsOfRoute, verdictMark } from '#lib/routes/verdict/successor.ts';
import { changesIn, draftRoute, fieldsOf } from './route-fields.ts';
import { changeEffects, routeName, routeWarnings, successorEffects } from './route-plan.ts';
import { readRouteFacts, type RouteFacts, type RouteTarget } from './route-facts.ts';

/**
 * Changes to a route: only the fields that are named; null inherits. `since`: the `updatedAt` of the route
 * that was edited. `expects`: values that must still be there (an undo of an edit expects what that edit wrote).
 */
const editInput = z.strictObject({
  instanceId: z.uuid().toLowerCase(),
  id: z.uuid().toLowerCase(),
  since: z.string().max(40).optional(),
  expects: routePatch.optional(),
  changes: routePatch.refine((changes) => Object.keys(changes).length > 0, 'nothing_to_change'),
});

type Input = z.infer<typeof editInput>;

/** Whom a route that exists is for. */
export function targetOfRoute(route: Route | null): RouteTarget | null {
  if (route?.scope === 'chat' && route.chatId) return { scope: 'chat', chatId: route.chatId };
  return route?.scope === 'user' && route.personId ? { scope: 'user', personId: route.personId } : null;
}

async function read({ instanceId, id, changes }: Input, omni: Omni): Promise<Result<RouteFacts, OmniError>> {
  const find = (routes: readonly Route[]) => routes.find((route) => route.id === id) ?? null;
  return readRouteFacts(omni, instanceId, find, targetOfRoute, [changes.agentId]);
}

function refusalOf({ since, expects, changes }: Input, { route, instance, agents, older }: RouteFacts): Text | null {
  if (!route) return { key: 'route.gone' };
  if (!instance) return { key: 'route.no-instance' };
  if (older) return { key: 'route.older' };
  if (since !== undefined && since !== route.updatedAt) {
    const data = { updatedAt: route.updatedAt, fields: fieldsOf(route) };
    return { key: 'route.changed-meanwhile', data };
  }
  if (expects && changesIn(fieldsOf(route), expects).length > 0) return { key: 'route.undo-changed' };
  if (changesIn(fieldsOf(route), changes).length === 0) return { key: 'route.nothing' };
  const gone =
    typeof changes.agentId === 'string' &&
    agents.is === 'value' &&
    !agents.value.some(({ id }) => id === changes.agentId?.toLowerCase());
  return gone ? { key: 'route.no-agent' } : null;
}

function plan(input: Input, facts: RouteFacts): EffectPlan {
  const { instanceId, id } = input;
  const { route, instance, target } = facts;
  const name = routeName({ id, label: visibleName(route?.label) ?? undefined }, target.name);
  const base = { title: { key: 'route.edit-title', values: { name } }, steps: [], verb: 'save' as const };
  const refusal = refusalOf(input, facts);
  if (refusal || !route || !instance) return { ...base, effects: [], refusal: refusal ?? { key: 'route.gone' } };
  const before = fieldsOf(route);
  const changes = changesIn(before, input.changes);
  const fields = Object.fromEntries(changes.map(({ field, to }) => [field, to]));
  const after = { ...route, ...draftRoute(fields, { id, scope: route.scope }, instanceId) };
  const successors = successorsOfRoute({ ...facts, instance }, route, after);
  const { effects, notes } = successorEffects(successors, facts);
  return {
    ...base,
    opens: thing('route', `${instanceId}/${id}`, name),
    effects: [...effects, ...changeEffects(changes, facts, instance)],
    relies: {
      instanceId,
      id,
      successors: successors.map(({ who, from, to }) => [who, verdictMark(from), verdictMark(to)]),
    },
    steps: [
      patch.planned('patch', { key: 'route.step-edit', values: { count: changes.length } }, routePatch.parse(fields)),
    ],
    notes: [...notes, ...routeWarnings(facts, instance, { ...before, ...fields }, route.scope)],
  };
}

/** One PATCH with only what changes, null for inherit. */
const patch = step<Input, RouteFacts, RoutePatch>({
  kind: 'patch',
  args: routePatch,
  still: async ({ input: { instanceId, id }, args, before, omni }) => {
    const now = await getRoute(omni, instanceId, id);
    if (!now.ok) return now;
    const touched = before.route ? changesIn(fieldsOf(before.route), args) : [];
    const was = Object.fromEntries(touched.map(({ field, from }) => [field, from]));
    return ok(changesIn(fieldsOf(now.value), was).length > 0 ? { key: 'route.moved' } : null);
  },
  run: async ({ input: { instanceId, id }, args, omni }) => {
    const done = await patchRoute(omni, instanceId, id, args);
    return done.ok ? ok(undefined) : done;
  },
  done: async ({ input, args, omni }) => {
    const left = await fieldsLeft(omni, input, args);
    if (left === 'gone') return { is: 'stuck', why: { key: 'route.gone' } };
    return { is: left === null ? 'unknown' : left === 0 ? 'yes' : 'no' };
  },
  command: ({ input: { instanceId, id }, before, args }) => editCommand(before.serverUrl, instanceId, id, args),
});

async function fieldsLeft(omni: Omni, { instanceId, id }: Input, wanted: RoutePatch): Promise<number | 'gone' | null> {
  const now = await getRoute(omni, instanceId, id);
  if (now.ok) return changesIn(fieldsOf(now.value), wanted).length;
  return now.error.kind === 'not_found' ? 'gone' : null;
}

/** Edits a route, read back afterwards. Undo writes the old values. */
export const editRoute = defineOperation<Input, RouteFacts>({
  name: 'routes.edit',
  scopes: ['routes:write', 'routes:read', 'instances:read'],
  input: editInput,
  subjects: ({ id }) => [`route:${id}`],
  read,
  plan,
  steps: { patch },
  async verify({ input, omni }) {
    const left = await fieldsLeft(omni, input, input.changes);
    return [{ text: { key: 'route.checked' }, held: left === null ? null : left === 0 }];
  },
  undo({ input: { instanceId, id, changes }, before: { route } }) {
    if (!route) return { impossible: { key: 'route.no-undo' } };
    const made = changesIn(fieldsOf(route), changes);
    const pick = (side: 'from' | 'to') => Object.fromEntries(restorable.map((one) => [one.field, one[side]]));
    const restorable = made.filter(({ field, from }) => routePatch.safeParse({ [field]: from }).success);
    if (restorable.length === 0) return { impossible: { key: 'route.no-undo' } };
    return { operation: 'routes.edit', input: asJson({ instanceId, id, expects: pick('to'), changes: pick('from') }) };
  },
});
