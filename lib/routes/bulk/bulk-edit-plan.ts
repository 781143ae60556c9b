import { routePatch, type RoutePatch } from '#lib/omni/schemas/routes.ts';
import { happens, type Effect } from '#lib/operations/effects/effect.ts';
import { thing, wordValue, type Value } from '#lib/operations/effects/value.ts';
import { asJson, type EffectPlan, type PlannedStep, type Text } from '#lib/operations/plan/define.ts';
import { fieldsOf } from '#lib/routes/editor/route-fields.ts';
import { overrideValue } from '#lib/routes/editor/route-value.ts';
import { answerEffects } from './answer-effects.ts';
import type { BulkFacts } from './facts.ts';
import { calledRoute, type KeptRoute } from './kept-route.ts';
import { overrideOf, type ManyChange, type OnePatch } from './many-change.ts';

/** What a change of several routes' values is planned from; agents by id in small letters. */
export type BulkEditFacts = BulkFacts & {
  serverUrl: string;
  patches: Record<string, OnePatch>;
  agentNames: Record<string, string>;
  /** Whether the agents, and the instances of all these routes, could be read. */
  agentsSeen: boolean;
  instancesSeen: boolean;
};

type StepOf = (route: KeptRoute, title: Text, patch: RoutePatch) => PlannedStep;

/** What giving several routes other values does. Pure. */
export function planBulkEdit(change: ManyChange, facts: BulkEditFacts, stepOf: StepOf): EffectPlan {
  const touched = facts.routes.flatMap((route) => {
    const one = facts.patches[route.id];
    return one?.is === 'patch' ? [{ route, patch: one.patch }] : [];
  });
  const count = touched.length;
  const left = (is: OnePatch['is']) => Object.values(facts.patches).filter((one) => one.is === is).length;
  const answers = answerEffects(
    touched.map(({ route }) => route),
    facts,
    { silent: change.to !== 'agent' },
  );
  const refusal = refusalOf(change, facts, count);
  return {
    title: titleOf(change, facts, count),
    effects: [...answers.effects, ...valueEffects(change, facts, touched)],
    relies: {
      change: asJson(change),
      routes: touched.map(({ route: { id }, patch }) => ({ id, patch: asJson(patch) })),
      ...answers.relies,
    },
    steps: touched.map(({ route, patch }) => {
      const instance = thing('instance', route.instanceId, facts.instances[route.instanceId]);
      return stepOf(route, { key: 'bulk.step', values: { label: calledRoute(route, facts.names), instance } }, patch);
    }),
    notes: [
      ...answers.notes,
      ...(['same', 'moved', 'older'] as const).flatMap((is) =>
        left(is) > 0 ? [{ key: `bulk-edit.${is}`, values: { count: left(is) } }] : [],
      ),
      ...(facts.gone.length > 0 ? [{ key: 'bulk.gone', values: { count: facts.gone.length } }] : []),
      { key: 'activate.cache' },
    ],
    ...(refusal ? { refusal } : {}),
    verb: change.to === 'back' ? 'undo' : 'save',
  };
}

const agentOf = (id: string, { agentNames }: BulkEditFacts) => thing('agent', id, agentNames[id]);

function titleOf(change: ManyChange, facts: BulkEditFacts, count: number): Text {
  if (change.to === 'agent') {
    const agent = agentOf(change.agentId, facts);
    if (!change.from) return { key: 'bulk-edit.title-agent', values: { count, agent } };
    return { key: 'bulk-edit.title-replace', values: { count, agent, from: agentOf(change.from, facts) } };
  }
  if (change.to !== 'override') return { key: `bulk-edit.title-${change.to}`, values: { count } };
  return { key: 'bulk-edit.title-override', values: { count, field: fieldValue(change.patch) } };
}

const fieldValue = (patch: RoutePatch): Value => ({ is: 'field', field: `route.${overrideOf(patch) ?? ''}` });

function refusalOf(change: ManyChange, facts: BulkEditFacts, count: number): Text | undefined {
  if (change.to === 'agent' && facts.agentsSeen && !(change.agentId in facts.agentNames))
    return { key: 'route.no-agent' };
  if (change.to === 'clear' && !facts.instancesSeen) return { key: 'bulk-edit.instances-not-seen' };
  if (count > 0) return undefined;
  return { key: facts.routes.length === 0 ? 'bulk.all-gone' : 'bulk.nothing' };
}

type Touched = readonly { route: KeptRoute; patch: RoutePatch }[];

/** What is written, field by field. */
function valueEffects(change: ManyChange, facts: BulkEditFacts, touched: Touched): Effect[] {
  const fields = new Set(touched.flatMap(({ patch }) => Object.keys(patch)));
  return [...fields].map((field) => {
    const own = touched.filter(({ patch }) => field in patch);
    const back = own.every((one) => isRestorable(one, field)) ? 'yes' : 'no';
    const more = { field: { is: 'field' as const, field: `route.${field}` } };
    const rest = { kept: 'yes', back, count: own.length, more } as const;
    if (change.to === 'agent') return { ...happens('routes-agent', rest), to: agentOf(change.agentId, facts) };
    if (change.to !== 'override') return happens(change.to === 'clear' ? 'routes-cleared' : 'routes-restored', rest);
    const name = overrideOf(change.patch);
    const value = name ? asJson(change.patch[name]) : null;
    const to = name && value !== null ? overrideValue(name, value) : wordValue('inherited');
    return { ...happens('routes-override', rest), to };
  });
}

/** Whether Omni would take the old value again. */
function isRestorable({ route }: Touched[number], field: string): boolean {
  const fields: Record<string, unknown> = fieldsOf(route.content);
  return routePatch.safeParse({ [field]: fields[field] }).success;
}
