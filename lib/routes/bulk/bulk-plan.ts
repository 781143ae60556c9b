import { happens, type Effect } from '#lib/operations/effects/effect.ts';
import { textValue, thing } from '#lib/operations/effects/value.ts';
import type { EffectPlan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import { notSeenValues } from '#lib/omni/seen.ts';
import { answeredEffect, answererValue } from '#lib/routes/editor/route-value.ts';
import { fold } from '#lib/text/fold.ts';
import {
  isReplaced,
  verdictMark,
  type BulkChange,
  type ParticipantSuccessor,
  type RouteSuccessor,
} from '#lib/routes/verdict/successor.ts';
import { wasActive, type KeptRoute } from './kept-route.ts';
import { deleteStep, switchStep } from './route-steps.ts';

export type RouteRef = { instanceId: string; id: string };

/**
 * What a plan about some routes is made from. `personRoutes`: how many active routes of people besides these there are on
 * their instances. `participantSuccessors`: for one chat's route, those of these people who take part in that chat, where
 * that can be told. `agentless`: routes without an agent on instances without one: Omni creates no such route (contract §2).
 * Names by id of chat, person or instance.
 */
export type BulkFacts = {
  routes: KeptRoute[];
  agentless: string[];
  gone: string[];
  successors: RouteSuccessor[];
  personRoutes: number;
  participantSuccessors?: ParticipantSuccessor[];
  instances: Record<string, string>;
  names: Record<string, string>;
};

/** The routes that a change really changes: those that are not as wanted yet. */
function touched(change: BulkChange, routes: readonly KeptRoute[]): KeptRoute[] {
  return change === 'delete' ? [...routes] : routes.filter((route) => wasActive(route) !== (change === 'on'));
}

/** What a route is called in a sentence: whom it is for and its label, as far as they are known. */
export function calledRoute({ content, targetId }: KeptRoute, names: Record<string, string>): string {
  const label = typeof content.label === 'string' ? content.label.trim() : '';
  const name = names[targetId] ?? '';
  if (label && name && fold(label) !== fold(name)) return `${name} (${label})`;
  return name || label || targetId.slice(0, 8);
}

/** What activating, deactivating or deleting some routes does. Pure. */
export function planBulk(change: BulkChange, facts: BulkFacts): EffectPlan {
  const routes = touched(change, facts.routes);
  const already = facts.routes.length - routes.length;
  const count = routes.length;
  const ids = new Set(routes.map(({ id }) => id));
  const successors = facts.successors.filter(({ routeId }) => ids.has(routeId));
  const participants = ((count > 0 && facts.participantSuccessors) || []).filter(isReplaced);
  const replaced = successors.filter((one) => !isUnread(one) && isReplaced(one));
  return {
    title: { key: `bulk.title-${change}`, values: { count } },
    effects: [
      ...(change === 'delete' ? deletions(routes, facts) : [switched(change, count)]),
      ...groupsOf(replaced).flatMap((group) => successorEffects(group, facts.instances)),
      ...participants.map((one) => answeredEffect('answered-participant', { name: textValue(one.name) }, one)),
      ...notSeenEffects(successors),
    ],
    relies: {
      change,
      routes: routes.map(({ id, content }) => ({ id, content })),
      successors: successors.map(({ routeId, from, to }) => [routeId, verdictMark(from), verdictMark(to)]),
      participants: participants.map(({ personId, from, to }) => [personId, verdictMark(from), verdictMark(to)]),
    },
    steps: routes.map((route) => stepOf(change, route, facts)),
    notes: [
      ...groupsOf(successors.filter((one) => !isUnread(one) && !isReplaced(one))).flatMap((group) =>
        sameTexts(group, facts.instances),
      ),
      ...(already > 0 ? [{ key: `bulk.already-${change}`, values: { count: already } }] : []),
      ...(facts.gone.length > 0 ? [{ key: 'bulk.gone', values: { count: facts.gone.length } }] : []),
      ...(facts.personRoutes > 0 && !facts.participantSuccessors && routes.some(({ scope }) => scope === 'chat')
        ? [{ key: 'bulk.person-routes', values: { count: facts.personRoutes } }]
        : []),
      { key: 'activate.cache' },
    ],
    ...(count === 0 ? { refusal: { key: facts.gone.length > 0 ? 'bulk.all-gone' : 'bulk.nothing' } } : {}),
    verb: change === 'delete' ? 'delete' : 'save',
  };
}

function switched(change: 'on' | 'off', count: number): Effect {
  return happens(`routes-${change}`, { kept: 'yes', back: 'yes', count });
}

/** What a deletion takes: what undo creates again under another id, and what nobody can create again. */
function deletions(routes: readonly KeptRoute[], { agentless }: Pick<BulkFacts, 'agentless'>): Effect[] {
  const isBare = (route: KeptRoute) => !route.older && agentless.includes(route.id);
  const groups = [
    ['routes-deleted', 'id', routes.filter((route) => !route.older && !isBare(route))],
    ['routes-deleted-older', 'no', routes.filter(({ older }) => older)],
    ['routes-deleted-agentless', 'no', routes.filter(isBare)],
    ['routes-lose-media', 'no', routes.filter(({ mediaTypes, older }) => mediaTypes && !older)],
  ] as const;
  return groups.flatMap(([what, back, of]) => {
    if (of.length === 0) return [];
    const own = of.reduce((sum, { content }) => sum + OVERRIDES.filter((name) => name in content).length, 0);
    return [happens(what, { kept: 'no', back, count: of.length, more: { own } })];
  });
}

/** Successors that one sentence says, those left without anybody first. */
function groupsOf(successors: readonly RouteSuccessor[]): RouteSuccessor[][] {
  const groups = Map.groupBy(successors, ({ instanceId, from, to }) =>
    JSON.stringify([instanceId, verdictMark(from), verdictMark(to)]),
  );
  return [...groups.values()].toSorted((a, b) => gravity(b[0]) - gravity(a[0]));
}

function successorEffects(group: readonly RouteSuccessor[], instances: Record<string, string>): Effect[] {
  const [first] = group;
  if (!first) return [];
  const instance = thing('instance', first.instanceId, instances[first.instanceId]);
  return [{ ...answeredEffect('answered-others', { instance }, first), count: group.length }];
}

function sameTexts(group: readonly RouteSuccessor[], instances: Record<string, string>): Text[] {
  const [first] = group;
  if (!first) return [];
  const instance = thing('instance', first.instanceId, instances[first.instanceId]);
  const key = first.from.is === 'nobody' ? 'bulk.same-nobody' : 'bulk.same';
  return [{ key, values: { count: group.length, instance, from: answererValue(first.from) } }];
}

/** Whether it can't even be told which agent routing leads to. */
function isUnread({ from, to }: RouteSuccessor): boolean {
  return [from, to].some((verdict) => verdict.is === 'unknown' && verdict.agent === null);
}

/** An effect for each part that was not seen, so that it can't be told who answers, or whether anybody does. */
function notSeenEffects(successors: readonly RouteSuccessor[]): Effect[] {
  const all = successors.flatMap(({ from, to }) =>
    [from, to].flatMap((verdict) => (verdict.is === 'unknown' && verdict.why === 'not-seen' ? [verdict] : [])),
  );
  const parts = Map.groupBy(all, ({ part }) => part);
  return [...parts].flatMap(([part, [first]]) =>
    first ? [happens(`not-seen-${part}`, { kept: 'unknown', back: 'yes', more: notSeenValues(first.seen) })] : [],
  );
}

/** Whoever is left without anybody comes first, whoever keeps their agent last. */
function gravity(one: RouteSuccessor | undefined): number {
  if (!one || !isReplaced(one)) return 0;
  return one.to.is === 'nobody' ? 2 : 1;
}

function stepOf(change: BulkChange, route: KeptRoute, { names, instances }: BulkFacts): PlannedStep {
  const { id, instanceId } = route;
  const instance = thing('instance', instanceId, instances[instanceId]);
  const title = { key: 'bulk.step', values: { label: calledRoute(route, names), instance } };
  return change === 'delete'
    ? deleteStep.planned(id, title, { instanceId, id })
    : switchStep.planned(id, title, { instanceId, id, active: change === 'on' });
}
