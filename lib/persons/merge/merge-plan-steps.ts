import { asJson, type PlannedStep } from '#lib/operations/plan/define.ts';
import type { FieldChoice } from './merge-fields.ts';
import { newRoute, routePatchOf, type RouteChoice } from './route-choices.ts';
import { ruleText, type RuleChoice } from './merge-rules.ts';
import { mergeReason, type MergeInput } from './merge-facts.ts';

/** What a merge writes. */
export type MergeWork = {
  fields: FieldChoice[];
  rules: RuleChoice[];
  routes: RouteChoice[];
  owners: { id: string; name: string }[];
  /** The agent that a route without one is created with; it is removed afterwards. */
  agent: string | null;
};

/**
 * The safe order: rules first, so that nobody is unblocked even for a moment (cases T1–T3); then inactive routes, the merge, a look at the
 * rules after it, and the rest.
 */
export function stepsOfMerge(input: MergeInput, work: MergeWork): PlannedStep[] {
  const created = work.routes.filter(({ choice }) => choice === 'recreate');
  return [
    ...work.rules.filter(({ choice }) => choice === 'move').map(({ rule }) => ruleStep(rule)),
    ...created.flatMap(({ route }) => routeSteps(input, route, work.agent)),
    {
      id: 'merge',
      kind: 'merge',
      title: { key: 'merge.step-merge' },
      args: { duplicate: input.duplicate, survivor: input.survivor, reason: mergeReason(input) },
    },
    { id: 'rules-again', kind: 'rules-again', title: { key: 'merge.step-rules-again' }, args: {} },
    ...fieldStep(work.fields),
    ...work.owners.map(({ id, name }) => ({
      id: `owner:${id}`,
      kind: 'owner',
      title: { key: 'merge.step-owner', values: { agent: name } },
      args: { agentId: id },
    })),
    ...work.routes.filter(({ choice }) => choice === 'replace').map(replaceStep),
    ...created
      .filter(({ route }) => route.isActive)
      .map(({ route }) => ({
        id: `activate:${route.id}`,
        kind: 'activate',
        title: { key: 'merge.step-activate', values: { label: route.label ?? '' } },
        args: { instanceId: route.instanceId, route: `route:${route.id}` },
      })),
  ];
}

function ruleStep(rule: RuleChoice['rule']): PlannedStep {
  return {
    id: `move-rule:${rule.id}`,
    kind: 'move-rule',
    title: ruleText('merge.step-move-rule', rule),
    args: { id: rule.id },
  };
}

function routeSteps(input: MergeInput, route: RouteChoice['route'], agent: string | null): PlannedStep[] {
  const body = newRoute(route, input.survivor, route.agentId ?? agent ?? '');
  const create = {
    id: `route:${route.id}`,
    kind: 'route',
    title: { key: 'merge.step-route', values: { label: route.label ?? '' } },
    args: { instanceId: route.instanceId, body: asJson(body) },
  };
  if (route.agentId) return [create];
  const clear = {
    id: `clear:${route.id}`,
    kind: 'clear',
    title: { key: 'merge.step-clear' },
    args: { instanceId: route.instanceId, route: `route:${route.id}` },
  };
  return [create, clear];
}

function fieldStep(fields: FieldChoice[]): PlannedStep[] {
  if (fields.length === 0) return [];
  const values = Object.fromEntries(fields.map(({ field, result }) => [field, result]));
  const title = { key: 'merge.step-fields', values: { count: fields.length } };
  return [{ id: 'fields', kind: 'fields', title, args: values }];
}

function replaceStep({ route, other }: RouteChoice): PlannedStep {
  return {
    id: `replace:${route.id}`,
    kind: 'replace',
    title: { key: 'merge.step-replace', values: { label: route.label ?? '' } },
    args: { instanceId: route.instanceId, routeId: other?.id ?? '', patch: asJson(routePatchOf(route)) },
  };
}
