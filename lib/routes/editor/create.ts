import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { createRoute, getRoute, listRoutes } from '#lib/omni/resources/routes.ts';
import { routeBody, type Route, type RouteBody } from '#lib/omni/schemas/routes.ts';
import { happens } from '#lib/operations/effects/effect.ts';
import { asJson, defineOperation, step, type EffectPlan, type Text } from '#lib/operations/plan/define.ts';
import { createCommand } from './command.ts';
import { successorsOfRoute, verdictMark } from '#lib/routes/verdict/successor.ts';
import { changesIn, draftRoute, fieldsOf, type RouteFields } from './route-fields.ts';
import { changeEffects, routeName, routeWarnings, successorEffects } from './route-plan.ts';
import { readRouteFacts, type RouteFacts, type RouteTarget } from './route-facts.ts';

const createInput = z.strictObject({ instanceId: z.uuid().toLowerCase(), body: routeBody });

type Input = z.infer<typeof createInput>;

/** A new route's fields before it has any: everything is inherited. */
const NOTHING: Partial<RouteFields> = { priority: 0, isActive: true };

/** The chat or person that a new route is for. */
export function targetOf(body: RouteBody): RouteTarget {
  return body.scope === 'chat'
    ? { scope: 'chat', chatId: body.chatId.toLowerCase() }
    : { scope: 'user', personId: body.personId.toLowerCase() };
}

/** The route of a target, active or not: there is at most one on an instance (contract §2). */
export function routeOf(routes: readonly Route[], target: RouteTarget): Route | null {
  return (
    routes.find((route) =>
      target.scope === 'chat' ? route.chatId === target.chatId : route.personId === target.personId,
    ) ?? null
  );
}

/** Whether a route is what a body asks for. */
export function sameContent(route: Route, body: RouteBody): boolean {
  return changesIn(fieldsOf(route), wantedFields(body)).length === 0;
}

async function read({ instanceId, body }: Input, omni: Omni): Promise<Result<RouteFacts, OmniError>> {
  const target = targetOf(body);
  return readRouteFacts(
    omni,
    instanceId,
    (routes) => routeOf(routes, target),
    () => target,
    [body.agentId],
  );
}

function wantedFields(body: RouteBody): RouteFields {
  const { scope: _, ...fields } = body;
  return fieldsOf({ priority: 0, isActive: true, ...fields });
}

function refusalOf({ body }: Input, facts: RouteFacts): Text | null {
  if (!facts.instance) return { key: 'route.no-instance' };
  if (facts.older) return { key: 'route.older' };
  if (facts.route) {
    const { id, isActive, instanceId, label } = facts.route;
    const values = { id, instanceId, label: label || routeName({ id }, facts.target.name) };
    return { key: isActive ? 'route.exists' : 'route.exists-inactive', values };
  }
  if (seenOr(facts.target.seen, 'there') === 'gone')
    return { key: body.scope === 'chat' ? 'route.no-chat' : 'route.no-person' };
  const agentGone =
    facts.agents.is === 'value' && !facts.agents.value.some(({ id }) => id === body.agentId.toLowerCase());
  return agentGone ? { key: 'route.no-agent' } : null;
}

function plan(input: Input, facts: RouteFacts): EffectPlan {
  const { instanceId, body } = input;
  const name = routeName({ label: body.label }, facts.target.name);
  const base = { title: { key: 'route.create-title', values: { name } }, steps: [], verb: 'save' as const };
  const refusal = refusalOf(input, facts);
  const { instance } = facts;
  if (refusal || !instance) return { ...base, effects: [], refusal: refusal ?? { key: 'route.no-instance' } };
  const after = wantedFields(body);
  const successors = successorsOfRoute({ ...facts, instance }, null, draftRoute(after, targetOf(body), instanceId));
  const changes = changesIn(NOTHING, after).filter(({ to }) => to !== null);
  const { effects, notes } = successorEffects(successors, facts);
  return {
    ...base,
    effects: [
      happens('route-created', { kept: 'yes', back: 'yes', more: { name } }),
      ...effects,
      ...changeEffects(changes, facts, instance).map((one) => ({ ...one, back: 'yes' as const })),
    ],
    relies: {
      instanceId,
      body,
      successors: successors.map(({ who, from, to }) => [who, verdictMark(from), verdictMark(to)]),
    },
    steps: [create.planned('create', { key: 'route.step-create' }, body)],
    notes: [...notes, ...routeWarnings(facts, instance, after, body.scope)],
  };
}

/** One POST that names only what is set. Omni keeps one route for a chat or person, so a second one is refused (contract §2). */
const create = step<Input, RouteFacts, RouteBody>({
  kind: 'create',
  args: routeBody,
  run: async ({ input: { instanceId }, args, omni }) => {
    const made = await createRoute(omni, instanceId, args);
    return made.ok ? ok(made.value.id) : made;
  },
  done: async ({ input: { instanceId }, args, before, omni }) => {
    const routes = await listRoutes(omni, instanceId);
    if (!routes.ok) return { is: 'unknown' };
    const there = routeOf(routes.value, targetOf(args));
    if (!there) return { is: 'no' };
    if (sameContent(there, args)) return { is: 'exists', result: there.id };
    const label = there.label || routeName(there, before.target.name);
    return { is: 'stuck', why: { key: 'route.exists', values: { id: there.id, instanceId, label } } };
  },
  command: ({ input: { instanceId }, before, args }) => createCommand(before.serverUrl, instanceId, args),
});

/** Creates a route, read back field by field. Undo deletes it while it is unchanged. */
export const createRouteOperation = defineOperation<Input, RouteFacts>({
  name: 'routes.create',
  scopes: ['routes:write', 'routes:read', 'instances:read'],
  input: createInput,
  subjects: ({ body }) => [
    body.scope === 'chat' ? `chat:${body.chatId.toLowerCase()}` : `person:${body.personId.toLowerCase()}`,
  ],
  read,
  plan,
  steps: { create },
  async verify({ input: { instanceId, body }, omni, results }) {
    const made = await getRoute(omni, instanceId, String(results.create));
    const held = made.ok ? sameContent(made.value, body) : null;
    return [{ text: { key: 'route.checked' }, held, subject: `route:${instanceId}/${String(results.create)}` }];
  },
  undo: ({ input: { instanceId, body }, results }) => ({
    operation: 'routes.create-undo',
    input: { instanceId, id: String(results.create), made: asJson(body) },
  }),
});
