import { happens, type Effect } from '#lib/operations/effects/effect.ts';
import { thing } from '#lib/operations/effects/value.ts';
import type { EffectPlan, PlannedStep } from '#lib/operations/plan/define.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import type { BulkChange } from '#lib/routes/verdict/successor.ts';
import { answerEffects } from './answer-effects.ts';
import type { BulkFacts } from './facts.ts';
import { calledRoute, wasActive, type KeptRoute } from './kept-route.ts';
import { deleteStep, switchStep } from './route-steps.ts';

/** The routes that a change really changes: those that are not as wanted yet. */
function touched(change: BulkChange, routes: readonly KeptRoute[]): KeptRoute[] {
  return change === 'delete' ? [...routes] : routes.filter((route) => wasActive(route) !== (change === 'on'));
}

/** What activating, deactivating or deleting some routes does. Pure. */
export function planBulk(change: BulkChange, facts: BulkFacts): EffectPlan {
  const routes = touched(change, facts.routes);
  const already = facts.routes.length - routes.length;
  const count = routes.length;
  const { effects, relies, notes } = answerEffects(routes, facts);
  return {
    title: { key: `bulk.title-${change}`, values: { count } },
    effects: [...(change === 'delete' ? deletions(routes, facts) : [switched(change, count)]), ...effects],
    relies: { change, routes: routes.map(({ id, content }) => ({ id, content })), ...relies },
    steps: routes.map((route) => stepOf(change, route, facts)),
    notes: [
      ...notes,
      ...(already > 0 ? [{ key: `bulk.already-${change}`, values: { count: already } }] : []),
      ...(facts.gone.length > 0 ? [{ key: 'bulk.gone', values: { count: facts.gone.length } }] : []),
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

function stepOf(change: BulkChange, route: KeptRoute, { names, instances }: BulkFacts): PlannedStep {
  const { id, instanceId } = route;
  const instance = thing('instance', instanceId, instances[instanceId]);
  const title = { key: 'bulk.step', values: { label: calledRoute(route, names), instance } };
  return change === 'delete'
    ? deleteStep.planned(id, title, { instanceId, id })
    : switchStep.planned(id, title, { instanceId, id, active: change === 'on' });
}
