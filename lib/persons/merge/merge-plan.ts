import { ruleContent } from '#lib/access/rules/access-rules.ts';
import { notSeenValue, thing, wordValue, type Value } from '#lib/operations/effects/value.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { seenOr, type NotSeen } from '#lib/omni/seen.ts';
import type { Effect } from '#lib/operations/effects/effect.ts';
import type { EffectPlan, Text } from '#lib/operations/plan/define.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { OVERRIDES, ownSettings } from '#lib/routes/editor/overrides.ts';
import { effectsOfMerge, instanceName, ruleAt, type MergeNames } from './merge-effects.ts';
import { fieldRows, typedToMerge } from './merge-fields.ts';
import { bothThere, outcomeOf, type MergeOutcome } from './merge-outcome.ts';
import { stepsOfMerge } from './merge-steps.ts';
import { ruleChoices } from './merge-choices.ts';
import { automationsOf, type MergeInput, type MergeFacts } from './merge-facts.ts';
import type { MergeTable, RouteShown } from './merge-table.ts';
import { calledApart, calledBy, type PersonRecord } from '#lib/persons/record/person-record.ts';

/** What a merge does, step by step, and what is not kept. Pure: the same facts give the same plan. */
export function planMerge(input: MergeInput, facts: MergeFacts): EffectPlan {
  const refusal = refuse(input, facts);
  if (!bothThere(facts) || refusal) return refusedMerge(refusal ?? { key: 'merge.nobody' }, facts, input);
  const { duplicate, survivor } = facts;
  const names = namesOf(duplicate, survivor);
  const outcome = outcomeOf(input, facts);
  const asks = typedToMerge(outcome.fields, duplicate.person);
  return {
    title: { key: 'merge.title', values: names },
    effects: effectsOfMerge(input, facts, outcome, names).map((one) => askingFor(one, asks)),
    relies: reliesOn(input, facts, outcome),
    steps: stepsOfMerge(input, {
      ...outcome,
      fields: outcome.changed,
      owners: outcome.movedOwners.map(({ id, name }) => ({ id, name })),
      places: new Map(facts.answering?.instances.map((instance) => [instance.id, instance.name])),
    }),
    verb: 'merge',
    opens: thing('person', input.survivor, calledBy(survivor)),
    data: tableOf(outcome, facts),
  };
}

/** An effect that asks for a text where it is not kept; history asks for none. */
export function askingFor(effect: Effect, asks: string | null): Effect {
  return asks === null || effect.kept !== 'no' || effect.history ? effect : { ...effect, asks };
}

function tableOf({ fields, routes }: MergeOutcome, facts: MergeFacts): MergeTable {
  return {
    fields: fieldRows(fields),
    routes: routes.flatMap(({ route, choice, other }) =>
      other && (choice === 'kept' || choice === 'replace')
        ? {
            id: route.id,
            keep: choice === 'replace' ? ('duplicate' as const) : ('survivor' as const),
            instance: thing('instance', route.instanceId, instanceName(route.instanceId, facts)),
            survivor: routeShown(other, facts),
            duplicate: routeShown(route, facts),
          }
        : [],
    ),
  };
}

function routeShown(route: Route, { agents }: MergeFacts): RouteShown {
  const agent = seenOr(agents, []).find(({ id }) => id === route.agentId);
  const own = ownSettings(route);
  return {
    label: route.label?.trim() || null,
    agent: route.agentId ? thing('agent', route.agentId, agent?.name) : wordValue('default-agent'),
    overrides: OVERRIDES.filter((name) => name in own).length,
    active: route.isActive,
  };
}

function namesOf(...people: [PersonRecord, PersonRecord]): MergeNames {
  const [duplicate = '', survivor = ''] = calledApart(people);
  return { duplicate, survivor };
}

/** What somebody agrees to besides the sentences: every row that changes, and every reading that is no value. */
function reliesOn(
  input: MergeInput,
  facts: MergeFacts & { duplicate: PersonRecord; survivor: PersonRecord },
  outcome: MergeOutcome,
) {
  const { fields, rules, routes, owned } = outcome;
  return {
    duplicate: input.duplicate,
    survivor: input.survivor,
    reason: input.reason,
    identities: facts.duplicate.identities.map(({ id }) => id).sort(),
    fields: Object.fromEntries(fields.map(({ field, result, lost }) => [field, { result: result ?? null, lost }])),
    rules: rules.map(({ rule, choice }) => ({ id: rule.id, choice, content: ruleContent(rule) })),
    routes: routes.map(({ route, choice, other }) => ({
      id: route.id,
      choice,
      other: other?.id ?? null,
      content: routeContent(route),
      replaces: choice === 'replace' && other ? routeContent(other) : null,
    })),
    owners: owned.map(({ id }) => id).sort(),
    automations: automationsOf(facts).map(({ id }) => id),
    notSeen: (['routes', 'agents', 'automations'] as const).flatMap((part) => {
      const seen = facts[part];
      return seen.is === 'value' ? [] : [[part, seen.is]];
    }),
    routesMissing: facts.routes.is === 'value' ? { ...facts.routes.value, items: null, why: null } : null,
  };
}

/** Why two people are not merged at all. */
function refuse(input: MergeInput, facts: MergeFacts): Text | undefined {
  if (input.duplicate.toLowerCase() === input.survivor.toLowerCase()) return { key: 'merge.refused-self' };
  if (!facts.duplicate || !facts.survivor) return { key: 'merge.nobody' };
  const [name = ''] = calledApart([facts.duplicate, facts.survivor]);
  if (facts.duplicate.identities.length === 0) return { key: 'merge.refused-no-identities', values: { name } };
  if (facts.rules.is !== 'value') return { key: 'merge.refused-rules', values: whyNotRead(facts.rules) };
  const choices = ruleChoices(facts.rules.value, input.duplicate, facts.may.rules, facts.now);
  const stuck = choices.flatMap(({ rule, choice }) => (choice === 'unblocks' ? [rule] : []));
  const [first] = stuck;
  if (!first) return undefined;
  const why = { action: first.ruleType, ...ruleAt(first.instanceId, facts) };
  return { key: 'merge.refused-unblocks', values: { name, count: stuck.length, ...why, scope: 'access:write' } };
}

/** Why something could not be read; the scope by itself, too, so that it can be asked for. */
function whyNotRead(seen: NotSeen): Record<string, string | Value> {
  return { why: notSeenValue(seen), ...(seen.is === 'forbidden' ? { scope: seen.scope } : {}) };
}

function refusedMerge(refusal: Text, { duplicate, survivor }: MergeFacts, input: MergeInput): EffectPlan {
  return {
    title:
      duplicate && survivor
        ? { key: 'merge.title', values: namesOf(duplicate, survivor) }
        : { key: 'merge.title-unknown' },
    refusal,
    effects: [],
    relies: { refusal: refusal.key, duplicate: input.duplicate, survivor: input.survivor },
    steps: [],
    verb: 'merge',
  };
}
