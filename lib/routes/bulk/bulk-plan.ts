import type { Plan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { omniLine } from '#lib/operations/plan/shell.ts';
import { fold } from '#lib/text/fold.ts';
import type { Change, Handover, Insider } from '#lib/routes/verdict/handover.ts';
import { wasOn, type KeptRoute } from './kept-route.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';

export type RouteRef = { instanceId: string; id: string };

/** From so many deleted routes on, their number must be typed. */
const TYPED_FROM = 10;

/**
 * `own`: active routes of people's own that stay on these instances. `insiders`: for one chat's route, whoever of those
 * takes part in that chat, where that can be told. `agentless`: routes without an agent on instances
 * without one: Omni makes no such route (contract §2). Names by id of chat, person or instance.
 */
export type ManyWorld = {
  routes: KeptRoute[];
  agentless: string[];
  gone: string[];
  handovers: Handover[];
  own: number;
  insiders?: Insider[];
  instances: Record<string, string>;
  names: Record<string, string>;
};

/** The routes a change really touches: those not yet as wanted. */
export function touched(change: Change, routes: readonly KeptRoute[]): KeptRoute[] {
  return change === 'delete' ? [...routes] : routes.filter((route) => wasOn(route) !== (change === 'on'));
}

/** How a route is called in a sentence: its label and whom it is for, as far as known. */
export function calledRoute({ content, targetId }: KeptRoute, names: Record<string, string>): string {
  const label = typeof content.label === 'string' ? content.label.trim() : '';
  const name = names[targetId] ?? '';
  if (label && name && fold(label) !== fold(name)) return `${name} (${label})`;
  return name || label || targetId.slice(0, 8);
}

/** What switching or deleting many routes does. Pure. */
export function planMany(change: Change, world: ManyWorld): Plan {
  const routes = touched(change, world.routes);
  const already = world.routes.length - routes.length;
  const count = routes.length;
  const ids = new Set(routes.map(({ id }) => id));
  const moving = world.handovers.filter(({ routeId }) => ids.has(routeId));
  const insiders = (count > 0 && world.insiders) || [];
  return {
    title: { key: `many.title-${change}`, values: { count } },
    effects: {
      change,
      routes: routes.map(({ id, content }) => ({ id, content })),
      hands: moving.map(({ routeId, from, to }) => [routeId, from?.id ?? null, to?.id ?? null]),
      ...(insiders.length > 0
        ? { insiders: insiders.map(({ personId, from, to }) => [personId, from?.id ?? null, to?.id ?? null]) }
        : {}),
    },
    steps: routes.map((route) => stepOf(change, route, world)),
    moves: [...passing(moving, world.instances), ...insiderTexts(insiders)],
    losses: change === 'delete' ? lossesOf(routes, world.agentless) : [],
    unknowns: moving.some(({ unseen }) => unseen) ? [{ key: 'many.unseen' }] : [],
    warnings: [
      ...(already > 0 ? [{ key: `many.already-${change}`, values: { count: already } }] : []),
      ...(world.gone.length > 0 ? [{ key: 'many.gone', values: { count: world.gone.length } }] : []),
      ...(world.own > 0 && !world.insiders && routes.some(({ scope }) => scope === 'chat')
        ? [{ key: 'many.own-routes', values: { count: world.own } }]
        : []),
      { key: 'activate.cache' },
    ],
    ...(count === 0 ? { refusal: { key: world.gone.length > 0 ? 'many.all-gone' : 'many.nothing' } } : {}),
    ...(change === 'delete' && count >= TYPED_FROM ? { typed: { text: String(count) } } : {}),
    command: { omni: routes.map((route) => lineOf(change, route)).join('\n') },
  };
}

/** What is gone for good, or under another id, when routes are deleted. */
export function lossesOf(routes: readonly KeptRoute[], agentless: readonly string[]): Text[] {
  const bare = routes.filter((route) => !route.older && agentless.includes(route.id)).length;
  const media = routes.filter(({ mediaTypes }) => mediaTypes).length;
  const older = routes.filter((route) => route.older).length;
  const own = routes.reduce((sum, { content }) => sum + OVERRIDES.filter((name) => name in content).length, 0);
  return [
    { key: 'many.lost', values: { count: routes.length, own } },
    ...(media > 0 ? [{ key: 'many.lost-media', values: { count: media } }] : []),
    ...(older > 0 ? [{ key: 'many.lost-older', values: { count: older } }] : []),
    ...(bare > 0 ? [{ key: 'many.lost-agentless', values: { count: bare } }] : []),
  ];
}

/** Who passes from whom to whom, one sentence for all that go the same way. */
export function passing(moving: readonly Handover[], instances: Record<string, string>): Text[] {
  const groups = Map.groupBy(moving, ({ instanceId, from, to }) => `${instanceId} ${from?.id} ${to?.id}`);
  const gravest = [...groups.values()].toSorted((a, b) => gravity(b[0]) - gravity(a[0]));
  return gravest.flatMap((group) => {
    const [first] = group;
    if (!first || first.unseen) return [];
    const { from, to } = first;
    const values = {
      count: group.length,
      instance: instances[first.instanceId] ?? '',
      from: from?.name ?? '',
      to: to?.name ?? '',
    };
    if (from?.id === to?.id) return [{ key: from ? 'many.stays' : 'many.stays-nobody', values }];
    if (!to) return [{ key: 'many.to-nobody', values }];
    return [{ key: from ? 'many.passes' : 'many.from-nobody', values }];
  });
}

/** Who of those in the chat with a route of their own is answered by somebody else there. */
function insiderTexts(insiders: readonly Insider[]): Text[] {
  return insiders
    .filter(({ from, to }) => from?.id !== to?.id)
    .map(({ name, from, to }) => ({
      key: 'route.hands-insider',
      values: { name: name ?? '—', from: from?.name ?? 'nobody', to: to?.name ?? 'nobody' },
    }));
}

/** Whoever is left without anybody comes first, whoever keeps their agent last. */
function gravity(one: Handover | undefined): number {
  if (!one || one.from?.id === one.to?.id) return 0;
  return one.to === null ? 2 : 1;
}

function stepOf(change: Change, route: KeptRoute, { names, instances }: ManyWorld): PlannedStep {
  const { id, instanceId } = route;
  return {
    id,
    kind: change === 'delete' ? 'delete' : 'switch',
    title: { key: 'many.step', values: { label: calledRoute(route, names), instance: instances[instanceId] ?? '' } },
    args: { instanceId, id, ...(change === 'delete' ? {} : { active: change === 'on' }) },
  };
}

function lineOf(change: Change, { id, instanceId }: KeptRoute): string {
  return change === 'delete'
    ? omniLine(['routes', 'delete', id], { instance: instanceId })
    : omniLine(['routes', 'update', id], { instance: instanceId, [change === 'on' ? 'active' : 'inactive']: true });
}
