import { happens } from '#lib/operations/effects/effect.ts';
import type { EffectPlan, PlannedStep } from '#lib/operations/plan/define.ts';
import { bodyOf, calledRoute, type KeptRoute } from './kept-route.ts';

/**
 * What creating deleted routes again is planned from. `taken`: kept routes whose chat or person has a route again. `agents`:
 * default agents by instance; none of an instance that the key can't read.
 */
export type DeleteUndoFacts = {
  taken: string[];
  agents: Record<string, string | null>;
  instances: Record<string, string>;
  names: Record<string, string>;
  /** Entries of before lack it. */
  serverUrl?: string;
};

/** What creating deleted routes again does. Pure. */
export function planDeleteUndo(
  routes: readonly KeptRoute[],
  facts: DeleteUndoFacts,
  stepsOf: (route: KeptRoute, facts: DeleteUndoFacts) => PlannedStep[],
): EffectPlan {
  const taken = new Set(facts.taken);
  const caseOf = (route: KeptRoute) => {
    if (taken.has(route.id)) return 'taken';
    if (route.content.agentId === null && !facts.agents[route.instanceId])
      return route.instanceId in facts.agents ? 'no-agent' : 'agent-not-read';
    return bodyOf(route, facts.agents[route.instanceId] ?? null) ? 'creatable' : 'unwritable';
  };
  const cases = routes.map((route) => ({ route, is: caseOf(route) }));
  const creatable = cases.filter(({ is }) => is === 'creatable').map(({ route }) => route);
  const count = creatable.length;
  const media = creatable.filter(({ mediaTypes }) => mediaTypes).length;
  return {
    title: { key: 'delete-undo.title', values: { count: routes.length } },
    effects: count > 0 ? [happens('routes-recreated', { kept: 'yes', back: 'yes', count })] : [],
    relies: { routes: creatable.map(({ id, content }) => ({ id, content })) },
    steps: creatable.flatMap((route) => stepsOf(route, facts)),
    notes: [
      ...cases.flatMap(({ route, is }) =>
        is === 'creatable' ? [] : [{ key: `delete-undo.${is}`, values: { label: calledRoute(route, facts.names) } }],
      ),
      ...(count > 0 ? [{ key: 'delete-undo.new-id', values: { count } }] : []),
      ...(media > 0 ? [{ key: 'delete-undo.media', values: { count: media } }] : []),
      { key: 'activate.cache' },
    ],
    ...(count === 0 ? { refusal: { key: 'delete-undo.nothing' } } : {}),
    verb: 'undo',
  };
}
