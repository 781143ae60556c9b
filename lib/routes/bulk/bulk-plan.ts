import { happens, type Effect } from '#lib/operations/effects/effect.ts';
import { textValue, thing } from '#lib/operations/effects/value.ts';
import type { EffectPlan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import { answererValue } from '#lib/routes/editor/route-value.ts';
import { fold } from '#lib/text/fold.ts';
import {
  isReplaced,
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
  const replaced = successors.filter((one) => !one.unseen && isReplaced(one));
  return {
    title: { key: `bulk.title-${change}`, values: { count } },
    effects: [
      ...(change === 'delete' ? deletions(routes, facts) : [switched(change, count)]),
      ...groupsOf(replaced).map((group) => successorEffect(group, facts.instances)),
      ...participants.map((one) => ({
        ...happens('answered-participant', { kept: 'yes', back: 'yes', more: { name: textValue(one.name) } }),
        from: answererValue(one.from),
        to: answererValue(one.to),
      })),
    ],
    relies: {
      change,
      routes: routes.map(({ id, content }) => ({ id, content })),
      successors: successors.map(({ routeId, from, to, unseen }) => [routeId, from?.id, to?.id, unseen]),
      participants: participants.map(({ personId, from, to }) => [personId, from?.id, to?.id]),
    },
    steps: routes.map((route) => stepOf(change, route, facts)),
    notes: [
      ...groupsOf(successors.filter((one) => !one.unseen && !isReplaced(one))).map((group) =>
        sameText(group, facts.instances),
      ),
      ...(successors.some(({ unseen }) => unseen) ? [{ key: 'bulk.unseen' }] : []),
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
  const groups = Map.groupBy(successors, ({ instanceId, from, to }) => `${instanceId} ${from?.id} ${to?.id}`);
  return [...groups.values()].toSorted((a, b) => gravity(b[0]) - gravity(a[0]));
}

function successorEffect(group: readonly RouteSuccessor[], instances: Record<string, string>): Effect {
  const { instanceId = '', from = null, to = null } = group[0] ?? {};
  const more = { instance: thing('instance', instanceId, instances[instanceId]) };
  const effect = happens('answered-others', { kept: 'yes', back: 'yes', count: group.length, more });
  return { ...effect, from: answererValue(from), to: answererValue(to) };
}

function sameText(group: readonly RouteSuccessor[], instances: Record<string, string>): Text {
  const { instanceId = '', from = null } = group[0] ?? {};
  const instance = thing('instance', instanceId, instances[instanceId]);
  const values = { count: group.length, instance, from: answererValue(from) };
  return { key: from ? 'bulk.same' : 'bulk.same-nobody', values };
}

/** Whoever is left without anybody comes first, whoever keeps their agent last. */
function gravity(one: RouteSuccessor | undefined): number {
  if (!one || !isReplaced(one)) return 0;
  return one.to === null ? 2 : 1;
}

function stepOf(change: BulkChange, route: KeptRoute, { names, instances }: BulkFacts): PlannedStep {
  const { id, instanceId } = route;
  const instance = thing('instance', instanceId, instances[instanceId]);
  const title = { key: 'bulk.step', values: { label: calledRoute(route, names), instance } };
  return change === 'delete'
    ? deleteStep.planned(id, title, { instanceId, id })
    : switchStep.planned(id, title, { instanceId, id, active: change === 'on' });
}
