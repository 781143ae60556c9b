import type { Json, Plan, PlannedStep, Text } from '#lib/operations/define.ts';
import { omniLine } from '#lib/operations/shell.ts';
import { ruleContent } from '#lib/access/rules.ts';
import { digitsOf } from './phone-digits.ts';
import { fieldChoices, isEmpty, type FieldChoice } from './merge-fields.ts';
import { routeContent, routeFates, type RouteFate } from './merge-routes.ts';
import { ruleFates, type RuleFate } from './merge-rules.ts';
import { seen, type MergeInput, type MergeWorld, type Side } from './merge-world.ts';

/** A person in a sentence: the name, else a phone, else the first characters of the id. */
export function calledBy(side: Side): string {
  const { displayName, primaryPhone, id } = side.person;
  return displayName?.trim() || primaryPhone?.trim() || `${id.slice(0, 8)}…`;
}

/** What joining two people does, step by step, and what it costs. Pure: the same world gives the same plan. */
export function planMerge(input: MergeInput, world: MergeWorld): Plan {
  const refusal = refuse(input, world);
  const { goes, stays } = world;
  if (!goes || !stays || refusal) return refused(refusal ?? { key: 'merge.nobody' }, world, input);
  const fields = fieldChoices(stays.person, goes.person, input.fields);
  const rules = seen(world.rules) ? ruleFates(world.rules, input.goes, world.may.rules, world.now) : [];
  const routes = seen(world.routes)
    ? routeFates(world.routes.items, input.goes, input.stays, input.routes, world.may.routes)
    : [];
  const owned = seen(world.agents) ? world.agents.filter((agent) => agent.ownerId === input.goes) : [];
  const losses = [...fieldLosses(fields), ...ruleLosses(rules), ...routeLosses(routes)];
  if (world.may.agents === 'no')
    losses.push(...owned.map((agent) => ({ key: 'merge.lost-owner', values: { agent: agent.name } })));
  const changed = fields.filter((field) => field.keep === 'goes' && field.kind !== 'same');
  const movedOwners = world.may.agents === 'no' ? [] : owned;
  return {
    title: { key: 'merge.title', values: { goes: calledBy(goes), stays: calledBy(stays) } },
    effects: {
      goes: input.goes,
      stays: input.stays,
      reason: input.reason,
      identities: goes.identities.map(({ id }) => id).sort(),
      fields: Object.fromEntries(fields.map((field) => [field.field, { result: field.result, lost: field.lost }])),
      rules: rules.map(({ rule, fate }) => ({ id: rule.id, fate, content: ruleContent(rule) as Json })),
      routes: routes.map(({ route, fate, other }) => ({
        id: route.id,
        fate,
        other: other?.id ?? null,
        content: routeContent(route) as Json,
      })),
      owners: owned.map(({ id }) => id).sort(),
      unseen: unseenParts(world),
    },
    steps: steps(input, {
      fields: changed,
      rules,
      routes,
      owners: movedOwners.map(({ id, name }) => ({ id, name })),
      hasAgent: seen(world.agents) ? (world.agents[0]?.id ?? null) : null,
    }),
    moves: moves(goes, changed, rules, routes, movedOwners.length),
    losses,
    unknowns: unknowns(goes, world),
    warnings: warnings(world, rules, routes),
    ...(losses.length > 0 ? { typed: typedText(goes) } : {}),
    command: { omni: omniLine(['persons', 'merge', input.goes, input.stays], { reason: input.reason || undefined }) },
  };
}

/** Why two people are not joined at all. */
function refuse(input: MergeInput, world: MergeWorld): Text | undefined {
  if (input.goes.toLowerCase() === input.stays.toLowerCase()) return { key: 'merge.refused-self' };
  if (!world.goes || !world.stays) return { key: 'merge.nobody' };
  if (world.goes.identities.length === 0) return { key: 'merge.refused-no-identities' };
  if (!seen(world.rules)) return { key: 'merge.refused-rules-unseen' };
  const unblocking = ruleFates(world.rules, input.goes, world.may.rules, world.now).filter(
    ({ fate }) => fate === 'unblocks',
  );
  if (unblocking.length > 0) return { key: 'merge.refused-unblocks', values: { count: unblocking.length } };
  return undefined;
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

type Work = {
  fields: FieldChoice[];
  rules: RuleFate[];
  routes: RouteFate[];
  owners: { id: string; name: string }[];
  hasAgent: string | null;
};

/** The safe order: rules first (nobody is unblocked even for a moment), then inactive routes, then the merge, then the rest. */
function steps(input: MergeInput, work: Work): PlannedStep[] {
  const rules = work.rules.filter(({ fate }) => fate === 'recreate');
  const made = work.routes.filter(({ fate }) => fate === 'recreate');
  const replaced = work.routes.filter(({ fate }) => fate === 'replace');
  const values = Object.fromEntries(work.fields.map(({ field, result }) => [field, result]));
  return [
    ...rules.map(({ rule }, index) => ({
      id: `rule:${rule.id}`,
      kind: 'rule',
      title: {
        key: 'merge.step-rule',
        values: { action: rule.ruleType, target: rule.platformUserId ?? rule.phonePattern ?? '' },
      },
      args: { index, content: ruleContent(rule) as Json, reason: rule.reason },
    })),
    ...made.flatMap(({ route }) => {
      const agent = route.agentId ?? work.hasAgent;
      const create = {
        id: `route:${route.id}`,
        kind: 'route',
        title: { key: 'merge.step-route', values: { label: route.label ?? '' } },
        args: { instanceId: route.instanceId, agentId: agent, content: routeContent(route) as Json },
      };
      const clear = {
        id: `clear:${route.id}`,
        kind: 'clear',
        title: { key: 'merge.step-clear' },
        args: { instanceId: route.instanceId, route: `route:${route.id}` },
      };
      return route.agentId ? [create] : [create, clear];
    }),
    {
      id: 'merge',
      kind: 'merge',
      title: { key: 'merge.step-merge' },
      args: { goes: input.goes, stays: input.stays, reason: input.reason },
    },
    ...(work.fields.length > 0
      ? [
          {
            id: 'fields',
            kind: 'fields',
            title: { key: 'merge.step-fields', values: { count: work.fields.length } },
            args: values,
          },
        ]
      : []),
    ...work.owners.map(({ id, name }) => ({
      id: `owner:${id}`,
      kind: 'owner',
      title: { key: 'merge.step-owner', values: { agent: name } },
      args: { agentId: id },
    })),
    ...replaced.map(({ route, other }) => ({
      id: `replace:${route.id}`,
      kind: 'replace',
      title: { key: 'merge.step-replace', values: { label: route.label ?? '' } },
      args: { instanceId: route.instanceId, routeId: other?.id ?? '', content: routeContent(route) as Json },
    })),
    ...made
      .filter(({ route }) => route.isActive)
      .map(({ route }) => ({
        id: `activate:${route.id}`,
        kind: 'activate',
        title: { key: 'merge.step-activate', values: { label: route.label ?? '' } },
        args: { instanceId: route.instanceId, route: `route:${route.id}` },
      })),
  ];
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
    .filter(({ fate }) => fate === 'lost')
    .map(({ rule }) => ({
      key: 'merge.lost-rule',
      values: { action: rule.ruleType, target: rule.platformUserId ?? rule.phonePattern ?? '' },
    }));
}

function routeLosses(routes: RouteFate[]): Text[] {
  return routes
    .filter(({ fate }) => fate === 'lost' || fate === 'kept')
    .map(({ route, fate }) => ({ key: `merge.route-${fate}`, values: { label: route.label ?? '' } }));
}

/** What happens and cannot be counted: history keeps its rows and loses its person (contract §3.1). */
function unknowns(goes: Side, world: MergeWorld): Text[] {
  const messages = goes.identities.reduce((sum, identity) => sum + identity.messageCount, 0);
  return [
    ...(messages > 0 ? [{ key: 'merge.history', values: { count: messages } }] : []),
    { key: 'merge.participants' },
    ...unseenParts(world).map((part) => ({ key: `merge.unseen-${part}` })),
  ];
}

function unseenParts(world: MergeWorld): string[] {
  const parts = (['routes', 'agents', 'automations'] as const).filter((part) => !seen(world[part]));
  return seen(world.routes) && world.routes.missing.length > 0 ? [...parts, 'some-routes'] : parts;
}

function warnings(world: MergeWorld, rules: RuleFate[], routes: RouteFate[]): Text[] {
  const old = rules.filter(({ fate }) => fate === 'without_effect').length;
  const over = rules.filter(({ fate }) => fate === 'expired').length;
  const mediaTypes = routes.some(
    ({ route, fate }) => fate === 'recreate' && (route.agentSendMediaPathTypes?.length ?? 0) > 0,
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
function typedText(goes: Side): { text: string } | { word: 'join' } {
  const name = goes.person.displayName?.trim();
  if (name) return { text: name };
  const digits = [goes.person.primaryPhone, ...goes.identities.map(({ platformUserId }) => platformUserId)]
    .map((text) => digitsOf(text ?? ''))
    .find((text) => text.length >= 4);
  return digits ? { text: digits.slice(-4) } : { word: 'join' };
}
