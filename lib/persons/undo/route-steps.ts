import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok } from '#lib/omni/result.ts';
import { createRoute, deleteRoute, getRoute, listRoutes, patchRoute } from '#lib/omni/resources/routes.ts';
import { routeBody, routePatch, type Route } from '#lib/omni/schemas/routes.ts';
import type { Done, Json, Operation, StepContext } from '#lib/operations/plan/define.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { canonical, sameJson } from '#lib/operations/plan/canonical.ts';

type Context = StepContext<unknown, unknown>;
type Step = Operation['steps'][string];
type Body = { [key: string]: Json };

const UNKNOWN: Done = { is: 'unknown' };
const stuckRoute: Done = { is: 'stuck', why: { key: 'merge.stuck-route' } };

/** A new inactive route. `args`: `instanceId`, `body`. The person is the body's, or whom `personOf` names. Results in its id. */
export function routeCreation(personOf: (context: Context) => string | undefined = () => undefined): Step {
  const whole = (context: Context) => {
    const { instanceId, body } = context.args as { instanceId: string; body: Body };
    const personId = personOf(context) ?? body.personId;
    return { instanceId, body: { ...body, ...(personId === undefined ? {} : { personId }) } };
  };
  return {
    async run(context) {
      const { instanceId, body } = whole(context);
      const answer = await createRoute(context.omni, instanceId, routeBody.parse(body));
      return answer.ok ? ok(answer.value.id) : answer;
    },
    async done(context) {
      const { instanceId, body } = whole(context);
      const routes = await listRoutes(context.omni, instanceId);
      if (!routes.ok) return UNKNOWN;
      const there = routes.value.find((route) => route.personId === body.personId);
      if (!there) return { is: 'no' };
      return settings(routeContent(there)) === settings(body) ? { is: 'exists', result: there.id } : stuckRoute;
    },
  };
}

/** A PATCH of a route that was there (`args.routeId`), or that an earlier step of this run created (`args.route` names the step). */
export function routeChange(patchFor: (context: Context) => Body): Step {
  const target = ({ args, results }: Context) => {
    const { instanceId, routeId, route } = args as { instanceId: string; routeId?: string; route?: string };
    return { instanceId, id: routeId ?? String(results[route ?? ''] ?? '') };
  };
  return {
    async run(context) {
      const { instanceId, id } = target(context);
      const answer = await patchRoute(context.omni, instanceId, id, routePatch.parse(patchFor(context)));
      return answer.ok ? ok(undefined) : answer;
    },
    async done(context) {
      const { instanceId, id } = target(context);
      return routeHas(context.omni, instanceId, id, patchFor(context));
    },
  };
}

/** Deletes a route (`args`: `instanceId`, `id`). */
export const routeRemoval: Step = {
  run({ args, omni }) {
    const { instanceId, id } = args as { instanceId: string; id: string };
    return deleteRoute(omni, instanceId, id);
  },
  async done({ args, omni }) {
    const { instanceId, id } = args as { instanceId: string; id: string };
    const route = await getRoute(omni, instanceId, id);
    if (route.ok) return { is: 'no' };
    return route.error.kind === 'not_found' ? { is: 'yes' } : UNKNOWN;
  },
};

async function routeHas(omni: Omni, instanceId: string, id: string, patch: Body): Promise<Done> {
  const route = await getRoute(omni, instanceId, id);
  if (!route.ok) return route.error.kind === 'not_found' ? stuckRoute : UNKNOWN;
  const now = { ...route.value, ...filterOf(route.value) } as Record<string, unknown>;
  const all = Object.entries(patch).every(([name, value]) => sameJson(now[name], value));
  return { is: all ? 'yes' : 'no' };
}

function filterOf(route: Route): Body {
  const { agentReplyFilter } = routeContent(route);
  return agentReplyFilter ? { agentReplyFilter } : {};
}

/** What a created route is recognised by: its settings, without target, agent and state, which have steps of their own. */
function settings(content: Body): string {
  const { agentId: _, isActive: __, scope: ___, personId: ____, ...rest } = content;
  return canonical(rest);
}
