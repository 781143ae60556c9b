import { ruleContent } from '#lib/access/rules/access-rules.ts';
import type { Json, Plan, Text } from '#lib/operations/plan/define.ts';
import { omniLine } from '#lib/operations/plan/shell.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { digitsOf } from '#lib/persons/directory/phone-digits.ts';
import { isEmpty, type FieldChoice } from './merge-fields.ts';
import { bothThere, outcomeOf, type MergeOutcome } from './merge-outcome.ts';
import { stepsOfMerge } from './merge-plan-steps.ts';
import { type RouteFate } from './route-choices.ts';
import { ruleFates, type RuleFate } from './merge-rules.ts';
import { mergeReason, seen, type MergeInput, type MergeWorld, type Side } from './merge-facts.ts';

/** A person in a sentence: the name, else a phone, else the first characters of the id. */
export function calledBy(side: Side): string {
  const { displayName, primaryPhone, id } = side.person;
  return displayName?.trim() || primaryPhone?.trim() || `${id.slice(0, 8)}…`;
}

/** What joining two people does, step by step, and what it costs. Pure: the same world gives the same plan. */
export function planMerge(input: MergeInput, world: MergeWorld): Plan {
  const refusal = refuse(input, world);
  if (!bothThere(world) || refusal) return refused(refusal ?? { key: 'merge.nobody' }, world, input);
  const { goes, stays } = world;
  const outcome = outcomeOf(input, world);
  const { rules, routes, owned, changed, movedOwners } = outcome;
  const losses = [
    ...fieldLosses(outcome.fields),
    ...ruleLosses(rules),
    ...routeLosses(routes),
    ...unseenRoutes(world),
    ...owned
      .filter((agent) => !movedOwners.includes(agent))
      .map(({ name }) => ({ key: 'merge.lost-owner', values: { agent: name } })),
  ];
  return {
    title: { key: 'merge.title', values: { goes: calledBy(goes), stays: calledBy(stays) } },
    effects: effectsOf(input, world, outcome),
    steps: stepsOfMerge(input, {
      ...outcome,
      fields: changed,
      owners: movedOwners.map(({ id, name }) => ({ id, name })),
    }),
    moves: moves(goes, changed, rules, routes, movedOwners.length),
    losses,
    unknowns: unknowns(goes, world),
    warnings: warnings(world, rules, routes),
    ...(losses.length > 0 ? { typed: typedText(goes) } : {}),
    command: { omni: omniLine(['persons', 'merge', input.goes, input.stays], { reason: mergeReason(input) }) },
  };
}

function effectsOf(input: MergeInput, world: MergeWorld & { goes: Side; stays: Side }, outcome: MergeOutcome): Json {
  const { fields, rules, routes, owned } = outcome;
  return {
    goes: input.goes,
    stays: input.stays,
    reason: input.reason,
    identities: world.goes.identities.map(({ id }) => id).sort(),
    fields: Object.fromEntries(fields.map(({ field, result, lost }) => [field, { result: result ?? null, lost }])),
    rules: rules.map(({ rule, fate }) => ({ id: rule.id, fate, content: ruleContent(rule) as Json })),
    routes: routes.map(({ route, fate, other }) => ({
      id: route.id,
      fate,
      other: other?.id ?? null,
      content: routeContent(route),
      replaces: fate === 'replace' && other ? routeContent(other) : null,
    })),
    owners: owned.map(({ id }) => id).sort(),
    unseen: [
      ...unseenParts(world),
      ...(seen(world.routes) ? world.routes.missing.toSorted() : []),
      ...(seen(world.routes) && world.routes.others ? ['instances'] : []),
    ],
  };
}

/** Why two people are not joined at all. */
function refuse(input: MergeInput, world: MergeWorld): Text | undefined {
  if (input.goes.toLowerCase() === input.stays.toLowerCase()) return { key: 'merge.refused-self' };
  if (!world.goes || !world.stays) return { key: 'merge.nobody' };
  if (world.goes.identities.length === 0) return { key: 'merge.refused-no-identities' };
  if (!seen(world.rules)) return { key: 'merge.refused-rules-unseen' };
  const fates = ruleFates(world.rules, input.goes, world.may.rules, world.now);
  const outranked = fates.filter(({ fate }) => fate === 'outranked').length;
  if (outranked > 0) return { key: 'merge.refused-outranked', values: { count: outranked } };
  const count = fates.filter(({ fate }) => fate === 'unblocks').length;
  if (count === 0) return undefined;
  return { key: world.may.rules === 'no' ? 'merge.refused-unblocks' : 'merge.refused-unwritable', values: { count } };
}

function refused(refusal: Text, world: MergeWorld, input: MergeInput): Plan {
  const title =
    world.goes && world.stays
      ? { key: 'merge.title', values: { goes: calledBy(world.goes), stays: calledBy(world.stays) } }
      : { key: 'merge.title-unknown' };
  const command = { none: { key: 'merge.no-command' } };
  return {
    title,
    refusal,
    effects: { refusal: refusal.key, goes: input.goes, stays: input.stays },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command,
  };
}

function moves(goes: Side, fields: FieldChoice[], rules: RuleFate[], routes: RouteFate[], owners: number): Text[] {
  const count = (fates: { fate: string }[], ...wanted: string[]) =>
    fates.filter(({ fate }) => wanted.includes(fate)).length;
  return [
    { key: 'merge.moves-identities', values: { count: goes.identities.length } },
    ...fields.map(({ field }) => ({ key: `merge.moves-field-${field}` })),
    ...counted('merge.moves-rules', count(rules, 'recreate')),
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
      values: { value: typeof lost === 'string' ? lost : JSON.stringify(lost).slice(0, 200) },
    }));
}

function ruleLosses(rules: RuleFate[]): Text[] {
  return rules
    .filter(({ fate }) => fate === 'lost' || fate === 'unwritable')
    .map(({ rule, fate }) => ({
      key: fate === 'lost' ? 'merge.lost-rule' : 'merge.lost-rule-unwritable',
      values: { action: rule.ruleType, target: rule.platformUserId ?? rule.phonePattern ?? '' },
    }));
}

const LOST_ROUTES = ['lost', 'kept', 'no_agent', 'unwritable'];

function routeLosses(routes: RouteFate[]): Text[] {
  return routes.flatMap(({ route, fate, other }) => {
    if (fate === 'replace') return [{ key: 'merge.route-replaced', values: { label: other?.label ?? '' } }];
    return LOST_ROUTES.includes(fate) ? [{ key: `merge.route-${fate}`, values: { label: route.label ?? '' } }] : [];
  });
}

/** What happens and cannot be counted: history keeps its rows and loses its person (contract §3.1). */
function unknowns(goes: Side, world: MergeWorld): Text[] {
  const messages = goes.identities.reduce((sum, identity) => sum + identity.messageCount, 0);
  return [
    ...(messages > 0 ? [{ key: 'merge.history', values: { count: messages } }] : []),
    { key: 'merge.participants' },
    ...unseenParts(world)
      .filter((part) => part !== 'routes')
      .map((part) => ({ key: `merge.unseen-${part}` })),
    ...(seen(world.agents) && world.agents.length >= AGENTS_LISTED ? [{ key: 'merge.unseen-some-agents' }] : []),
  ];
}

/** Routes that cannot be read go with the person, and nobody would know: they weigh like what is known to be lost. */
function unseenRoutes({ routes }: MergeWorld): Text[] {
  if (!seen(routes)) return [{ key: 'merge.unseen-routes' }];
  const { missing, others } = routes;
  return [
    ...(missing.length > 0 ? [{ key: 'merge.unseen-some-routes', values: { names: missing.join(', ') } }] : []),
    ...(others ? [{ key: 'merge.unseen-other-routes' }] : []),
  ];
}

/** As many agents as Omni lists, without a word about more (contract §6). */
const AGENTS_LISTED = 200;

function unseenParts(world: MergeWorld): string[] {
  return (['routes', 'agents', 'automations'] as const).filter((part) => !seen(world[part]));
}

function warnings(world: MergeWorld, rules: RuleFate[], routes: RouteFate[]): Text[] {
  const old = rules.filter(({ fate }) => fate === 'without_effect').length;
  const over = rules.filter(({ fate }) => fate === 'expired').length;
  const mediaTypes = routes.some(
    ({ route, fate }) =>
      (fate === 'recreate' || fate === 'replace') && (route.agentSendMediaPathTypes?.length ?? 0) > 0,
  );
  const automations = seen(world.automations) ? world.automations : [];
  return [
    ...counted('merge.rules-without-effect', old),
    ...counted('merge.rules-expired', over),
    ...(mediaTypes ? [{ key: 'merge.media-types-not-carried' }] : []),
    ...automations.map(({ name }) => ({ key: 'merge.automation', values: { name } })),
  ];
}

/** What somebody types to show that they read whom they let go: the name, else the last digits, else the word. */
function typedText(goes: Side): { text: string } | { word: 'merge' } {
  const name = goes.person.displayName?.trim();
  if (name) return { text: name };
  const digits = [goes.person.primaryPhone, ...goes.identities.map(({ platformUserId }) => platformUserId)]
    .map((text) => digitsOf(text ?? ''))
    .find((text) => text.length >= 4);
  return digits ? { text: digits.slice(-4) } : { word: 'merge' };
}
