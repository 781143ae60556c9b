import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { createRoute, getRoute, listRoutes, patchRoute } from '#lib/omni/resources/routes.ts';
import { routeBody } from '#lib/omni/schemas/routes.ts';
import { thing } from '#lib/operations/effects/value.ts';
import {
  defineOperation,
  step,
  type Done,
  type PlannedStep,
  type StepContext,
  type Text,
  type Undo,
  type UndoContext,
} from '#lib/operations/plan/define.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { bodyOf, calledRoute, doesTheSame, keptRoute, sameAsKept, type KeptRoute } from './kept-route.ts';
import { createCommand, editCommand } from '#lib/routes/editor/command.ts';
import { MOST_DELETED } from './limits.ts';
import { listsOf } from './bulk-facts.ts';
import { readNames } from '#lib/routes/list/names.ts';
import { planDeleteUndo, type DeleteUndoFacts } from './delete-undo-plan.ts';

const input = z.strictObject({ routes: z.array(keptRoute).min(1).max(MOST_DELETED) });
type Input = z.infer<typeof input>;

async function read(
  { routes }: Input,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<DeleteUndoFacts, OmniError>> {
  const instanceIds = [...new Set(routes.map(({ instanceId }) => instanceId))];
  const [lists, instances, names] = await Promise.all([
    listsOf(omni, instanceIds),
    allows(scopes, 'instances:read') === 'no' ? null : listAllInstances(omni),
    readNames(
      omni,
      scopes,
      routes.map(({ scope, targetId, instanceId }) => ({ scope, id: targetId, instanceId })),
      {
        deadlineMs: 1500,
      },
    ),
  ]);
  if (!lists.ok) return lists;
  if (instances?.ok === false) return instances;
  const known = new Map(instances?.value.map((each) => [each.id, each]));
  const taken = routes.filter((kept) => lists.value.get(kept.instanceId)?.some((route) => sameTarget(route, kept)));
  return ok({
    taken: taken.map(({ id }) => id),
    serverUrl: omni.server.url,
    agents: instances ? Object.fromEntries(instanceIds.map((id) => [id, known.get(id)?.agentId ?? null])) : {},
    instances: Object.fromEntries(instanceIds.map((id) => [id, known.get(id)?.name ?? id.slice(0, 8)])),
    names: Object.fromEntries(
      [...names].flatMap(([id, { name, handle }]) => ((name ?? handle) ? [[id, name ?? handle ?? '']] : [])),
    ),
  });
}

function sameTarget(
  route: { scope: string; chatId: string | null; personId: string | null },
  kept: KeptRoute,
): boolean {
  return route.scope === kept.scope && (kept.scope === 'chat' ? route.chatId : route.personId) === kept.targetId;
}

const args = z.strictObject({ of: z.string() });
type Args = z.infer<typeof args>;
type Context = Pick<StepContext<Input, DeleteUndoFacts, Args>, 'args' | 'input' | 'before'>;
type Run = StepContext<Input, DeleteUndoFacts, Args>;

const keptOf = ({ args, input: { routes } }: Context): KeptRoute => {
  const kept = routes.find(({ id }) => id === args.of);
  if (!kept) throw new Error('a step about a route that is not in the input');
  return kept;
};

const bodyFor = (context: Context) =>
  routeBody.parse(bodyOf(keptOf(context), context.before.agents[keptOf(context).instanceId] ?? null));
const withoutAgent = ({ content }: KeptRoute) => ({ agentId: null, isActive: content.isActive === true });

const create = step<Input, DeleteUndoFacts, Args>({
  kind: 'create',
  args,
  independent: true,
  run: createAgain,
  done: created,
  command: (at) => createCommand(at.before.serverUrl ?? '', keptOf(at).instanceId, bodyFor(at)),
});

const clear = step<Input, DeleteUndoFacts, Args>({
  kind: 'clear',
  args,
  independent: true,
  still: sinceCreated,
  run: clearAgent,
  done: cleared,
  command: (at) =>
    editCommand(at.before.serverUrl ?? '', keptOf(at).instanceId, at.created(at.args.of), withoutAgent(keptOf(at))),
});

function stepsOf(route: KeptRoute, { names, instances }: DeleteUndoFacts): PlannedStep[] {
  const { id, instanceId, content } = route;
  const instance = thing('instance', instanceId, instances[instanceId]);
  const values = { label: calledRoute(route, names), instance };
  return [
    create.planned(id, { key: 'delete-undo.step', values }, { of: id }),
    ...(content.agentId === null
      ? [clear.planned(`${id}-clear`, { key: 'delete-undo.step-clear', values }, { of: id })]
      : []),
  ];
}

/**
 * Undoes deletions: creates the deleted routes again, each under a new id. A chat or person that has another route by now
 * keeps that one.
 */
export const undoRouteDeletes = defineOperation<Input, DeleteUndoFacts>({
  name: 'routes.delete-undo',
  scopes: ['routes:write'],
  input,
  subjects: ({ routes }) => routes.map(({ id }) => `route:${id}`),
  read,
  plan: ({ routes }, facts) => planDeleteUndo(routes, facts, stepsOf),
  steps: { create, clear },
  async verify({ input: { routes }, omni, results }) {
    const made = routes.filter(({ id }) => typeof results[id] === 'string');
    const lists = await listsOf(omni, [...new Set(made.map(({ instanceId }) => instanceId))]);
    const now = new Map(lists.ok ? [...lists.value.values()].flat().map((route) => [route.id, route]) : []);
    const held = made.every((kept) => {
      const route = now.get(String(results[kept.id]));
      return route !== undefined && sameAsKept(route, kept);
    });
    return [{ text: { key: 'delete-undo.checked', values: { count: made.length } }, held: lists.ok ? held : null }];
  },
  undo: deleteAgain,
  undoPartly: deleteAgain,
});

function deleteAgain({ input: { routes }, results }: UndoContext<Input, DeleteUndoFacts>): Undo {
  const made = routes.flatMap(({ id, instanceId }) => {
    const route = results[id];
    return typeof route === 'string' ? [{ instanceId, id: route }] : [];
  });
  return { operation: 'routes.bulk', input: { change: 'delete', routes: made } };
}

async function createAgain(context: Run): Promise<Result<string, OmniError>> {
  const { instanceId } = keptOf(context);
  const made = await createRoute(context.omni, instanceId, bodyFor(context));
  return made.ok ? ok(made.value.id) : made;
}

async function created(context: Run): Promise<Done> {
  const kept = keptOf(context);
  const routes = await listRoutes(context.omni, kept.instanceId);
  if (!routes.ok) return { is: 'unknown' };
  const there = routes.value.find((route) => sameTarget(route, kept));
  if (!there) return { is: 'no' };
  return doesTheSame(there, kept)
    ? { is: 'exists', result: there.id }
    : { is: 'stuck', why: { key: 'delete-undo.taken-now' } };
}

/** Why the agent that stands in must not be removed any more: somebody has changed the new route since it was created. */
async function sinceCreated(context: Run): Promise<Result<Text | null, OmniError>> {
  const kept = keptOf(context);
  const made = context.results[kept.id];
  if (typeof made !== 'string') return ok(null);
  const now = await getRoute(context.omni, kept.instanceId, made);
  if (!now.ok) return now.error.kind === 'not_found' ? ok({ key: 'route.gone' }) : now;
  const standIn = { ...kept.content, agentId: context.before.agents[kept.instanceId] ?? null, isActive: false };
  return ok(sameAsKept(now.value, { ...kept, content: standIn }) ? null : { key: 'route.moved' });
}

/** Removes the agent that stands in: Omni creates no route without an agent, and lets a PATCH remove it (contract §2). */
async function clearAgent(context: Run): Promise<Result<undefined, OmniError>> {
  const kept = keptOf(context);
  const made = context.results[kept.id];
  if (typeof made !== 'string') return err({ kind: 'conflict', requestId: 'not-sent' });
  const done = await patchRoute(context.omni, kept.instanceId, made, withoutAgent(kept));
  return done.ok ? ok(undefined) : done;
}

async function cleared(context: Run): Promise<Done> {
  const kept = keptOf(context);
  const made = context.results[kept.id];
  if (typeof made !== 'string') return { is: 'no' };
  const now = await getRoute(context.omni, kept.instanceId, made);
  if (!now.ok) return { is: 'unknown' };
  return { is: now.value.agentId === null && now.value.isActive === kept.content.isActive ? 'yes' : 'no' };
}
