import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { getRoute, patchRoute } from '#lib/omni/resources/routes.ts';
import { routePatch, type Route, type RoutePatch } from '#lib/omni/schemas/routes.ts';
import { defineOperation, type Json, type Plan, type Text } from '#lib/operations/plan/define.ts';
import { editCommand } from './command.ts';
import { successorsOfRoute, successorTexts, verdictMark } from '#lib/routes/verdict/successor.ts';
import { changesIn, fieldsOf, type RouteFields } from './route-fields.ts';
import { changeTexts, refusedRoute, routeName, routeWarnings } from './route-plan.ts';
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
  if (since !== undefined && since !== route.updatedAt) return { key: 'route.changed-meanwhile' };
  if (expects && changesIn(fieldsOf(route), expects).length > 0) return { key: 'route.undo-changed' };
  if (changesIn(fieldsOf(route), changes).length === 0) return { key: 'route.nothing' };
  const gone =
    typeof changes.agentId === 'string' &&
    agents.is === 'value' &&
    !agents.value.some(({ id }) => id === changes.agentId?.toLowerCase());
  return gone ? { key: 'route.no-agent' } : null;
}

function plan(input: Input, facts: RouteFacts): Plan {
  const { instanceId, id } = input;
  const { route, instance, target } = facts;
  const name = routeName({ id, label: route?.label ?? undefined }, target.name);
  const title = { key: 'route.edit-title', values: { name } };
  const refusal = refusalOf(input, facts);
  if (refusal || !route || !instance) {
    const now = route ? { updatedAt: route.updatedAt, fields: fieldsOf(route) } : null;
    return refusedRoute(title, refusal ?? { key: 'route.gone' }, { id, now });
  }
  const before = fieldsOf(route);
  const changes = changesIn(before, input.changes);
  const patch = Object.fromEntries(changes.map(({ field, to }) => [field, to]));
  const after = { ...before, ...patch } as RouteFields;
  const successors = successorsOfRoute({ ...facts, instance }, route, { ...route, ...(patch as Partial<Route>) });
  return {
    title,
    effects: {
      id,
      changes: Object.fromEntries(changes.map(({ field, from, to }) => [field, { from, to }])),
      successors: successors.map(({ who, from, to }) => [who, verdictMark(from), verdictMark(to)]),
    },
    steps: [
      { id: 'patch', kind: 'patch', title: { key: 'route.step-edit', values: { count: changes.length } }, args: patch },
    ],
    moves: [...successorTexts(successors, facts), ...changeTexts(changes, facts, instance)],
    losses: [],
    unknowns: [],
    warnings: routeWarnings(facts, instance, after, route.scope),
    command: editCommand(facts.serverUrl, instanceId, id, routePatch.parse(patch)),
  };
}

async function fieldsLeft(omni: Omni, { instanceId, id }: Input, wanted: RoutePatch): Promise<number | 'gone' | null> {
  const now = await getRoute(omni, instanceId, id);
  if (now.ok) return changesIn(fieldsOf(now.value), wanted).length;
  return now.error.kind === 'not_found' ? 'gone' : null;
}

/** Edits a route: one PATCH with only what changes, null for inherit, read back afterwards. Undo writes the old values. */
export const editRoute = defineOperation<Input, RouteFacts>({
  name: 'routes.edit',
  scopes: ['routes:write', 'routes:read', 'instances:read'],
  input: editInput,
  subjects: ({ id }) => [`route:${id}`],
  read,
  plan,
  steps: {
    patch: {
      still: async ({ input: { instanceId, id }, args, before, omni }) => {
        const now = await getRoute(omni, instanceId, id);
        if (!now.ok) return now;
        const touched = before.route ? changesIn(fieldsOf(before.route), args as RoutePatch) : [];
        const was = Object.fromEntries(touched.map(({ field, from }) => [field, from])) as RoutePatch;
        return ok(changesIn(fieldsOf(now.value), was).length > 0 ? { key: 'route.moved' } : null);
      },
      run: async ({ input: { instanceId, id }, args, omni }) => {
        const done = await patchRoute(omni, instanceId, id, routePatch.parse(args));
        return done.ok ? ok(undefined) : done;
      },
      done: async ({ input, args, omni }) => {
        const left = await fieldsLeft(omni, input, args as RoutePatch);
        if (left === 'gone') return { is: 'stuck', why: { key: 'route.gone' } };
        return { is: left === null ? 'unknown' : left === 0 ? 'yes' : 'no' };
      },
    },
  },
  async verify({ input, omni }) {
    const left = await fieldsLeft(omni, input, input.changes);
    return [{ text: { key: 'route.checked' }, held: left === null ? null : left === 0 }];
  },
  undo({ input: { instanceId, id, changes }, before: { route } }) {
    if (!route) return { impossible: { key: 'route.no-undo' } };
    const made = changesIn(fieldsOf(route), changes);
    const back = Object.fromEntries(made.map(({ field, from }) => [field, from]));
    if (!routePatch.safeParse(back).success) return { impossible: { key: 'route.no-undo' } };
    const expects = Object.fromEntries(made.map(({ field, to }) => [field, to]));
    return { operation: 'routes.edit', input: { instanceId, id, expects, changes: back } as Json };
  },
});
