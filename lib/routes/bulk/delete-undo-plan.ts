import type { Plan, PlannedStep } from '#lib/operations/plan/define.ts';
import { bodyOf, type KeptRoute } from './kept-route.ts';
import { calledRoute } from './bulk-plan.ts';

/** `taken`: kept routes whose chat or person has a route again. `agents`: the instances' own, by instance. */
export type RecreateWorld = {
  taken: string[];
  agents: Record<string, string | null>;
  instances: Record<string, string>;
  names: Record<string, string>;
};

/** What making deleted routes again does. Pure. */
export function planRecreate(routes: readonly KeptRoute[], world: RecreateWorld): Plan {
  const taken = new Set(world.taken);
  const fate = (route: KeptRoute) => {
    if (taken.has(route.id)) return 'taken';
    if (route.content.agentId === null && !world.agents[route.instanceId]) return 'no-agent';
    return bodyOf(route, world.agents[route.instanceId] ?? null) ? 'make' : 'unwritable';
  };
  const fates = routes.map((route) => ({ route, fate: fate(route) }));
  const making = fates.filter((each) => each.fate === 'make').map(({ route }) => route);
  const count = making.length;
  const media = making.filter(({ mediaTypes }) => mediaTypes).length;
  return {
    title: { key: 'recreate.title', values: { count: routes.length } },
    effects: { routes: making.map(({ id, content }) => ({ id, content })) },
    steps: making.flatMap((route) => stepsOf(route, world)),
    moves: [{ key: 'recreate.moves', values: { count } }],
    losses: [
      ...fates.flatMap(({ route, fate: is }) =>
        is === 'make' ? [] : [{ key: `recreate.${is}`, values: { label: calledRoute(route, world.names) } }],
      ),
      ...(count > 0 ? [{ key: 'recreate.new-id', values: { count } }] : []),
      ...(media > 0 ? [{ key: 'recreate.media', values: { count: media } }] : []),
    ],
    unknowns: [],
    warnings: [{ key: 'activate.cache' }],
    ...(count === 0 ? { refusal: { key: 'recreate.nothing' } } : {}),
    command: { none: { key: 'recreate.no-command' } },
  };
}

function stepsOf(route: KeptRoute, { names, instances }: RecreateWorld): PlannedStep[] {
  const values = { label: calledRoute(route, names), instance: instances[route.instanceId] ?? '' };
  const create = { id: route.id, kind: 'create', title: { key: 'recreate.step', values }, args: { of: route.id } };
  if (route.content.agentId !== null) return [create];
  return [
    create,
    { id: `${route.id}-clear`, kind: 'clear', title: { key: 'recreate.step-clear', values }, args: { of: route.id } },
  ];
}
