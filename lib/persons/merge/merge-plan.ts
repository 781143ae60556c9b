import { ruleContent } from '#lib/access/rules/access-rules.ts';
import { asJson, type Json, type Plan, type Text } from '#lib/operations/plan/define.ts';
import { omniLine } from '#lib/operations/plan/shell.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { phoneText } from '#lib/text/phone-text.ts';
import { isEmpty, typedToMerge, type FieldChoice } from './merge-fields.ts';
import { bothThere, outcomeOf, type MergeOutcome } from './merge-outcome.ts';
import { stepsOfMerge } from './merge-plan-steps.ts';
import { type RouteChoice } from './route-choices.ts';
import { ruleChoices, ruleText, type RuleChoice } from './merge-rules.ts';
import { mergeReason, seen, type MergeInput, type MergeFacts } from './merge-facts.ts';
import { calledApart, type PersonRecord } from '#lib/persons/record/person-record.ts';

/** What a merge does, step by step, and what is not kept. Pure: the same facts give the same plan. */
export function planMerge(input: MergeInput, facts: MergeFacts): Plan {
  const refusal = refuse(input, facts);
  if (!bothThere(facts) || refusal) return refused(refusal ?? { key: 'merge.nobody' }, facts, input);
  const { duplicate, survivor } = facts;
  const outcome = outcomeOf(input, facts);
  const { rules, routes, owned, changed, movedOwners } = outcome;
  const losses = [
    ...fieldLosses(outcome.fields),
    ...ruleLosses(rules),
    ...routeLosses(routes),
    ...unseenRoutes(facts),
    ...owned
      .filter((agent) => !movedOwners.includes(agent))
      .map(({ name }) => ({ key: 'merge.lost-owner', values: { agent: name } })),
  ];
  return {
    title: titleOf(duplicate, survivor),
    effects: effectsOf(input, facts, outcome),
    steps: stepsOfMerge(input, {
      ...outcome,
      fields: changed,
      owners: movedOwners.map(({ id, name }) => ({ id, name })),
    }),
    moves: moves(duplicate, changed, rules, routes, movedOwners.length),
    losses,
    unknowns: unknowns(duplicate, facts),
    warnings: warnings(facts, routes),
    ...(losses.length > 0 ? { typed: typedToMerge(outcome.fields, duplicate.person) } : {}),
    command: { omni: omniLine(['persons', 'merge', input.duplicate, input.survivor], { reason: mergeReason(input) }) },
  };
}

function titleOf(...people: [PersonRecord, PersonRecord]): Text {
  const [duplicate = '', survivor = ''] = calledApart(people);
  return { key: 'merge.title', values: { duplicate, survivor } };
}

function effectsOf(
  input: MergeInput,
  facts: MergeFacts & { duplicate: PersonRecord; survivor: PersonRecord },
  outcome: MergeOutcome,
): Json {
  const { fields, rules, routes, owned } = outcome;
  return {
    duplicate: input.duplicate,
    survivor: input.survivor,
    reason: input.reason,
    identities: facts.duplicate.identities.map(({ id }) => id).sort(),
    fields: Object.fromEntries(fields.map(({ field, result, lost }) => [field, { result: result ?? null, lost }])),
    rules: rules.map(({ rule, choice }) => ({ id: rule.id, choice, content: asJson(ruleContent(rule)) })),
    routes: routes.map(({ route, choice, other }) => ({
      id: route.id,
      choice,
      other: other?.id ?? null,
      content: routeContent(route),
      replaces: choice === 'replace' && other ? routeContent(other) : null,
    })),
    owners: owned.map(({ id }) => id).sort(),
    unseen: [
      ...unseenParts(facts),
      ...(seen(facts.routes) ? facts.routes.missing.toSorted() : []),
      ...(seen(facts.routes) && facts.routes.others ? ['instances'] : []),
    ],
  };
}

/** Why two people are not merged at all. */
function refuse(input: MergeInput, facts: MergeFacts): Text | undefined {
  if (input.duplicate.toLowerCase() === input.survivor.toLowerCase()) return { key: 'merge.refused-self' };
  if (!facts.duplicate || !facts.survivor) return { key: 'merge.nobody' };
  if (facts.duplicate.identities.length === 0) return { key: 'merge.refused-no-identities' };
  if (!seen(facts.rules)) {
    return facts.rules.failed
      ? { key: 'merge.refused-rules-failed' }
      : { key: 'merge.refused-rules-unseen', values: { scope: facts.rules.unseen } };
  }
  const choices = ruleChoices(facts.rules, input.duplicate, facts.may.rules, facts.now);
  const count = choices.filter(({ choice }) => choice === 'unblocks').length;
  return count === 0 ? undefined : { key: 'merge.refused-unblocks', values: { count, scope: 'access:write' } };
}

function refused(refusal: Text, facts: MergeFacts, input: MergeInput): Plan {
  const title =
    facts.duplicate && facts.survivor ? titleOf(facts.duplicate, facts.survivor) : { key: 'merge.title-unknown' };
  const command = { none: { key: 'merge.no-command' } };
  return {
    title,
    refusal,
    effects: { refusal: refusal.key, duplicate: input.duplicate, survivor: input.survivor },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command,
  };
}

function moves(
  duplicate: PersonRecord,
  fields: FieldChoice[],
  rules: RuleChoice[],
  routes: RouteChoice[],
  owners: number,
): Text[] {
  const count = (choices: { choice: string }[], ...wanted: string[]) =>
    choices.filter(({ choice }) => wanted.includes(choice)).length;
  return [
    { key: 'merge.moves-identities', values: { count: duplicate.identities.length } },
    ...fields.map(({ field }) => ({ key: `merge.moves-field-${field}` })),
    ...counted('merge.moves-access', count(rules, 'move')),
    ...counted('merge.moves-routes', count(routes, 'recreate')),
    ...counted('merge.moves-replaced', count(routes, 'replace')),
    ...counted('merge.moves-owners', owners),
  ];
}

function counted(key: string, count: number): Text[] {
  return count > 0 ? [{ key, values: { count } }] : [];
}

function fieldLosses(fields: FieldChoice[]): Text[] {
  return fields
    .filter(({ lost }) => !isEmpty(lost))
    .map(({ field, lost }) => ({
      key: `merge.lost-${field}`,
      values: { value: lostText(field, lost) },
    }));
}

function lostText(field: string, lost: Json): string {
  if (typeof lost !== 'string') return JSON.stringify(lost).slice(0, 200);
  return field === 'primaryPhone' ? (phoneText(lost) ?? lost) : lost;
}

function ruleLosses(rules: RuleChoice[]): Text[] {
  return rules.filter(({ choice }) => choice === 'lost').map(({ rule }) => ruleText('merge.lost-access', rule));
}

const LOST_ROUTES = ['lost', 'kept', 'no_agent', 'unwritable'];

function routeLosses(routes: RouteChoice[]): Text[] {
  return routes.flatMap(({ route, choice, other }) => {
    if (choice === 'replace') return [{ key: 'merge.route-replaced', values: { label: other?.label ?? '' } }];
    return LOST_ROUTES.includes(choice) ? [{ key: `merge.route-${choice}`, values: { label: route.label ?? '' } }] : [];
  });
}

/** What happens and can't be counted: messages stay and lose their person (contract §3.1). */
function unknowns(duplicate: PersonRecord, facts: MergeFacts): Text[] {
  const messages = duplicate.identities.reduce((sum, identity) => sum + identity.messageCount, 0);
  return [
    ...(messages > 0 ? [{ key: 'merge.history', values: { count: messages } }] : []),
    { key: 'merge.participants' },
    ...unseenParts(facts)
      .filter((part) => part !== 'routes')
      .map((part) => ({ key: `merge.unseen-${part}` })),
    ...(seen(facts.agents) && facts.agents.length >= AGENTS_LISTED ? [{ key: 'merge.unseen-some-agents' }] : []),
  ];
}

/** Routes that can't be read are deleted with the duplicate all the same: they count as lost. */
function unseenRoutes({ routes }: MergeFacts): Text[] {
  if (!seen(routes)) return [{ key: 'merge.unseen-routes' }];
  const { missing, others } = routes;
  return [
    ...(missing.length > 0 ? [{ key: 'merge.unseen-some-routes', values: { names: missing.join(', ') } }] : []),
    ...(others ? [{ key: 'merge.unseen-other-routes' }] : []),
  ];
}

/** Omni lists at most so many agents and does not say whether there are more (contract §6). */
const AGENTS_LISTED = 200;

function unseenParts(facts: MergeFacts): string[] {
  return (['routes', 'agents', 'automations'] as const).filter((part) => !seen(facts[part]));
}

function warnings(facts: MergeFacts, routes: RouteChoice[]): Text[] {
  const mediaTypes = routes.some(
    ({ route, choice }) =>
      (choice === 'recreate' || choice === 'replace') && (route.agentSendMediaPathTypes?.length ?? 0) > 0,
  );
  const automations = seen(facts.automations) ? facts.automations : [];
  return [
    ...(mediaTypes ? [{ key: 'merge.media-types-not-carried' }] : []),
    ...automations.map(({ name }) => ({ key: 'merge.automation', values: { name } })),
  ];
}
