import 'server-only';
import { createAccessRule, listAccessRules } from '#lib/omni/access.ts';
import { getAgent, patchAgentOwner } from '#lib/omni/agents.ts';
import type { OmniError } from '#lib/omni/errors.ts';
import { mergePersons, patchPerson, getPerson } from '#lib/omni/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { createRoute, getRoute, listRoutes, patchRoute } from '#lib/omni/routes.ts';
import { accessRuleBody } from '#lib/omni/schemas/access.ts';
import { personPatch } from '#lib/omni/schemas/persons.ts';
import { routeBody, routePatch, type Route } from '#lib/omni/schemas/routes.ts';
import type { Done, Json, Operation, StepContext } from '#lib/operations/define.ts';
import { canonical } from '#lib/operations/canonical.ts';
import { OVERRIDES } from '#lib/routes/overrides.ts';
import { ruleContent } from '#lib/access/rules.ts';
import { side } from './merge-read.ts';
import { routeContent } from './merge-routes.ts';
import type { MergeInput, MergeWorld } from './merge-world.ts';

type Context = StepContext<MergeInput, MergeWorld>;
type Steps = Operation<MergeInput, MergeWorld>['steps'];
type RouteArgs = { instanceId: string; agentId: string; content: { [key: string]: Json } };

const unknown: Done = { is: 'unknown' };
const no: Done = { is: 'no' };
const yes = (result?: Json): Done => ({ is: 'yes', ...(result === undefined ? {} : { result }) });

async function nothing<T>(asked: Promise<Result<T, OmniError>>): Promise<Result<undefined, OmniError>> {
  const answer = await asked;
  return answer.ok ? ok(undefined) : answer;
}

/** The steps of a safe merge. Each can say whether it has already happened by looking at Omni, so none happens twice. */
export const mergeSteps: Steps = {
  rule: {
    async run({ args, input, omni, mark }) {
      const { content, reason, index } = args as {
        content: { [key: string]: Json };
        reason: string | null;
        index: number;
      };
      const body = accessRuleBody.parse({
        ...content,
        personId: input.stays,
        reason: `${reason ? `${reason} ` : ''}${ruleMark(mark, index)}`,
      });
      const made = await createAccessRule(omni, body);
      return made.ok ? ok(made.value.id) : made;
    },
    async done({ args, omni, mark }) {
      const { index } = args as { index: number };
      const rules = await listAccessRules(omni);
      if (!rules.ok) return unknown;
      const made = rules.value.find((rule) => rule.reason?.includes(ruleMark(mark, index)));
      return made ? yes(made.id) : no;
    },
  },
  route: {
    async run({ args, input, omni }) {
      const { instanceId, agentId, content } = args as RouteArgs;
      const made = await createRoute(
        omni,
        instanceId,
        routeBody.parse({ ...ownContent(content), isActive: false, scope: 'user', personId: input.stays, agentId }),
      );
      return made.ok ? ok(made.value.id) : made;
    },
    async done({ args, input, omni }) {
      const { instanceId, content } = args as RouteArgs;
      const routes = await listRoutes(omni, instanceId);
      if (!routes.ok) return unknown;
      const made = routes.value.find((route) => route.personId === input.stays);
      if (!made) return no;
      const ours = canonical(withoutTarget(routeContent(made))) === canonical(withoutTarget(content));
      return ours ? yes(made.id) : { is: 'stuck', why: { key: 'merge.stuck-route' } };
    },
  },
  clear: routeChange(() => ({ agentId: null })),
  merge: {
    run: ({ input, omni }) => {
      const body = {
        sourcePersonId: input.goes,
        targetPersonId: input.stays,
        ...(input.reason ? { reason: input.reason } : {}),
      };
      return nothing(mergePersons(omni, body));
    },
    async done({ input, omni, before }) {
      const [goes, stays] = await Promise.all([side(omni, input.goes), side(omni, input.stays)]);
      if (!goes.ok || !stays.ok) return unknown;
      const held = new Set(stays.value?.identities.map(({ id }) => id));
      const moved = (before.goes?.identities ?? []).filter(({ id }) => held.has(id)).length;
      const all = moved === (before.goes?.identities.length ?? 0);
      if (!goes.value) return stays.value && all ? yes() : { is: 'stuck', why: { key: 'merge.stuck-gone' } };
      return moved === 0 ? no : { is: 'stuck', why: { key: 'merge.stuck-half' } };
    },
  },
  fields: {
    run: ({ args, input, omni }) => nothing(patchPerson(omni, input.stays, personPatch.parse(args))),
    async done({ args, input, omni }) {
      const now = await getPerson(omni, input.stays);
      if (!now.ok) return now.error.kind === 'not_found' ? { is: 'stuck', why: { key: 'merge.stuck-gone' } } : unknown;
      const wanted = args as { [key: string]: Json };
      const person: Record<string, unknown> = now.value;
      return Object.entries(wanted).every(
        ([field, value]) => canonical((person[field] ?? null) as Json) === canonical(value),
      )
        ? yes()
        : no;
    },
  },
  owner: {
    run: ({ args, input, omni }) => nothing(patchAgentOwner(omni, (args as { agentId: string }).agentId, input.stays)),
    async done({ args, input, omni }) {
      const agent = await getAgent(omni, (args as { agentId: string }).agentId);
      return agent.ok ? (agent.value.ownerId === input.stays ? yes() : no) : unknown;
    },
  },
  replace: routeChange(({ args }) => patchOf((args as RouteArgs).content)),
  activate: routeChange(() => ({ isActive: true })),
};

/** A PATCH of a route that was there, or that an earlier step of this run made (`args.route` names that step). */
function routeChange(patchFor: (context: Context) => Record<string, Json>): Steps[string] {
  const target = ({ args, results }: Context) => {
    const { instanceId, routeId, route } = args as { instanceId: string; routeId?: string; route?: string };
    return { instanceId, id: routeId ?? String(results[route ?? ''] ?? '') };
  };
  return {
    async run(context) {
      const { instanceId, id } = target(context);
      return nothing(patchRoute(context.omni, instanceId, id, routePatch.parse(patchFor(context))));
    },
    async done(context) {
      const { instanceId, id } = target(context);
      const route = await getRoute(context.omni, instanceId, id);
      if (!route.ok)
        return route.error.kind === 'not_found' ? { is: 'stuck', why: { key: 'merge.stuck-route' } } : unknown;
      const now: Record<string, unknown> = route.value;
      return Object.entries(patchFor(context)).every(
        ([name, value]) => canonical((now[name] ?? null) as Json) === canonical(value),
      )
        ? yes()
        : no;
    },
  };
}

/** Recognises a recreated rule: rules have no unique key (contract §6). */
export function ruleMark(mark: string, index: number): string {
  return `${mark.slice(0, -1)}#${index}]`;
}

/** What a POST takes of a route: no nulls, and all four conditions of a reply filter. */
function ownContent(content: { [key: string]: Json }): Record<string, Json> {
  const { agentId: _, isActive: __, ...settings } = content;
  return withWholeFilter(settings);
}

/** What makes one route do what another did: its settings, and null (inherit) for those it does not set. */
export function patchOf(content: { [key: string]: Json }): Record<string, Json> {
  const inherited = Object.fromEntries([...OVERRIDES, 'label'].map((name) => [name, null]));
  return withWholeFilter({ ...inherited, priority: 0, ...content });
}

function withWholeFilter(settings: Record<string, Json>): Record<string, Json> {
  const filter = settings.agentReplyFilter as { mode: string; conditions?: Record<string, Json> } | null | undefined;
  if (!filter) return settings;
  return {
    ...settings,
    agentReplyFilter: {
      mode: filter.mode,
      conditions: { onDm: false, onMention: false, onReply: false, onNameMatch: false, ...filter.conditions },
    },
  };
}

/** A route's content without its agent and state, which a run sets in steps of their own. */
function withoutTarget(content: Partial<Route> | { [key: string]: Json }): Json {
  const { agentId: _, isActive: __, ...rest } = content as { [key: string]: Json };
  return withWholeFilter(rest);
}

/** Whether everything a rule says is still said by another row. */
export function sameRule(a: Parameters<typeof ruleContent>[0], b: Parameters<typeof ruleContent>[0]): boolean {
  return canonical(ruleContent(a) as Json) === canonical(ruleContent(b) as Json);
}
