import 'server-only';
import { z } from 'zod';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok } from '#lib/omni/result.ts';
import { createRoute, deleteRoute, getRoute, listRoutes, patchRoute } from '#lib/omni/resources/routes.ts';
import { routeBody, routePatch, type Route } from '#lib/omni/schemas/routes.ts';
import { step, type Done, type Json } from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { deleteCommand } from '#lib/routes/editor/command.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { canonical, sameJson } from '#lib/operations/plan/canonical.ts';
import { createdBy } from '#lib/persons/identities/identity-steps.ts';
import { jsonObject } from '#lib/omni/json.ts';

type Body = { [key: string]: Json };
type OnServer = { serverUrl?: string };

const UNKNOWN: Done = { is: 'unknown' };
const stuckRoute: Done = { is: 'stuck', why: { key: 'merge.stuck-route' } };

const fields = jsonObject;
const created = z.object({ instanceId: z.string(), body: fields, personStep: z.string().optional() });
type Created = z.infer<typeof created>;

/** The body of a new route, for the person that it names or whom the step `personStep` creates. */
function bodyOf({ body, personStep }: Created, idFrom: (step: string) => string): Body {
  return personStep === undefined ? body : { ...body, personId: idFrom(personStep) };
}

/** A new inactive route. Results in its id. */
export const routeCreation = step<unknown, OnServer, Created>({
  kind: 'route',
  args: created,
  async run({ args, results, omni }) {
    const body = bodyOf(args, (id) => createdBy(results, id));
    const answer = await createRoute(omni, args.instanceId, routeBody.parse(body));
    return answer.ok ? ok(answer.value.id) : answer;
  },
  async done({ args, results, omni }) {
    const body = bodyOf(args, (id) => createdBy(results, id));
    const routes = await listRoutes(omni, args.instanceId);
    if (!routes.ok) return UNKNOWN;
    const there = routes.value.find((route) => route.personId === body.personId);
    if (!there) return { is: 'no' };
    return settings(routeContent(there)) === settings(body) ? { is: 'exists', result: there.id } : stuckRoute;
  },
  command: ({ args, before, created: idFrom }) =>
    curlLine('POST', before.serverUrl ?? '', `/instances/${args.instanceId}/routes`, bodyOf(args, idFrom)),
});

const changed = z.object({
  instanceId: z.string(),
  routeId: z.string().optional(),
  route: z.string().optional(),
  patch: fields.optional(),
});
type Changed = z.infer<typeof changed>;

/** A PATCH of a route that was there (`routeId`), or that an earlier step of this run created (`route` names the step). */
export function routeChange(kind: string, patchFor: (args: Changed) => Body, more: { independent?: true } = {}) {
  const idOf = ({ routeId, route }: Changed, idFrom: (step: string) => string) => routeId ?? idFrom(route ?? '');
  return step<unknown, OnServer, Changed>({
    ...more,
    kind,
    args: changed,
    async run({ args, results, omni }) {
      const id = idOf(args, (one) => createdBy(results, one));
      const answer = await patchRoute(omni, args.instanceId, id, routePatch.parse(patchFor(args)));
      return answer.ok ? ok(undefined) : answer;
    },
    async done({ args, results, omni }) {
      const id = idOf(args, (one) => createdBy(results, one));
      return routeHas(omni, args.instanceId, id, patchFor(args));
    },
    command: ({ args, before, created: idFrom }) =>
      curlLine(
        'PATCH',
        before.serverUrl ?? '',
        `/instances/${args.instanceId}/routes/${idOf(args, idFrom)}`,
        patchFor(args),
      ),
  });
}

const removed = z.object({ instanceId: z.string(), id: z.string() });

/** Deletes a route. */
export const routeRemoval = step<unknown, unknown, z.infer<typeof removed>>({
  kind: 'drop-route',
  args: removed,
  run: ({ args: { instanceId, id }, omni }) => deleteRoute(omni, instanceId, id),
  async done({ args: { instanceId, id }, omni }) {
    const route = await getRoute(omni, instanceId, id);
    if (route.ok) return { is: 'no' };
    return route.error.kind === 'not_found' ? { is: 'yes' } : UNKNOWN;
  },
  command: ({ args: { instanceId, id } }) => deleteCommand(instanceId, id),
});

async function routeHas(omni: Omni, instanceId: string, id: string, patch: Body): Promise<Done> {
  const route = await getRoute(omni, instanceId, id);
  if (!route.ok) return route.error.kind === 'not_found' ? stuckRoute : UNKNOWN;
  const now = new Map<string, unknown>(Object.entries({ ...route.value, ...filterOf(route.value) }));
  const all = Object.entries(patch).every(([name, value]) => sameJson(now.get(name), value));
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
