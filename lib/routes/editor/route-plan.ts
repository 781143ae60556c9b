import type { Instance } from '#lib/omni/schemas/instances.ts';
import { routePatch } from '#lib/omni/schemas/routes.ts';
import { happens, sets, type Effect } from '#lib/operations/effects/effect.ts';
import { NOTHING, textValue, wordValue, type Value } from '#lib/operations/effects/value.ts';
import { sameJson } from '#lib/operations/plan/canonical.ts';
import { asJson, type Json, type Text } from '#lib/operations/plan/define.ts';
import { notSeenValues, valueOf, type NotSeen } from '#lib/omni/seen.ts';
import { resolve, settingOf } from '#lib/routes/resolve/resolve.ts';
import { notesOf, verdictOf, type Verdict } from '#lib/routes/verdict/verdict.ts';
import { isReplaced, type TargetSuccessor } from '#lib/routes/verdict/successor.ts';
import { crossedPairs } from './override-kinds.ts';
import { OVERRIDES, type Override } from './overrides.ts';
import type { RouteFacts } from './route-facts.ts';
import { draftRoute, type FieldChange, type RouteField, type RouteFields } from './route-fields.ts';
import { agentValue, answeredEffect, overrideValue } from './route-value.ts';

/** What a route is called in a sentence: by its chat or person, else by its label. */
export function routeName(route: { id?: string; label?: Json | undefined }, target: string | null): string {
  return target || (typeof route.label === 'string' && route.label) || (route.id ?? '').slice(0, 8);
}

/**
 * Each change of a field; what a setting inherits stands with it. A value that Omni would not take again can't be restored. Overrides
 * that get the value they inherit, or let it go, change nothing of what is in effect: one sentence names them.
 */
export function changeEffects(
  changes: readonly FieldChange[],
  facts: Pick<RouteFacts, 'agents'>,
  instance: Instance,
): Effect[] {
  const shown = (field: RouteField, value: Json): Value => {
    if (field === 'agentId') return agentValue(value, facts.agents);
    if (field === 'isActive') return wordValue(value === true ? 'active' : 'inactive');
    if (!isOverride(field)) return value === null ? NOTHING : textValue(String(value));
    if (value !== null) return overrideValue(field, value);
    const { value: inherits, origin } = settingOf(field, { [field]: null }, instance);
    const inherited = origin === 'unknown' ? wordValue('server-default') : overrideValue(field, asJson(inherits));
    return { is: 'inherited', value: inherited };
  };
  const same = changes.filter((change) => isSameAsInherited(change, instance));
  const others = changes.filter((change) => !same.includes(change));
  return [
    ...others.map(({ field, from, to }) => {
      const restorable = routePatch.safeParse({ [field]: from }).success;
      return sets(`route.${field}`, shown(field, from), shown(field, to), restorable ? {} : { back: 'no' });
    }),
    ...sameEffects(
      'overrides-set-same',
      same.filter(({ from }) => from === null),
    ),
    ...sameEffects(
      'overrides-cleared-same',
      same.filter(({ to }) => to === null),
    ),
  ];
}

/** Whether an override is set to what it inherits, or such a value is cleared, so that the same stays in effect. */
function isSameAsInherited({ field, from, to }: FieldChange, instance: Instance): boolean {
  if (!isOverride(field) || (from !== null && to !== null)) return false;
  const { value, origin } = settingOf(field, { [field]: null }, instance);
  const restorable = routePatch.safeParse({ [field]: from }).success;
  return origin !== 'unknown' && restorable && sameJson(asJson(value), from ?? to);
}

function sameEffects(what: string, changes: readonly FieldChange[]): Effect[] {
  if (changes.length === 0) return [];
  const fields: Value = {
    is: 'list',
    of: changes.map(({ field }): Value => ({ is: 'field', field: `route.${field}` })),
  };
  return [happens(what, { kept: 'yes', back: 'yes', count: changes.length, more: { fields } })];
}

/** Who gets another agent, and what is to be noted: that nobody does, or where a chat's own route comes first. */
export function successorEffects(
  all: readonly TargetSuccessor[],
  { chatRoutes }: Pick<RouteFacts, 'chatRoutes'>,
): { effects: Effect[]; notes: Text[] } {
  const replaced = all.filter(isReplaced);
  const effects = replaced.map(({ who, name, ...successor }) =>
    answeredEffect(`answered-${who}`, { name: textValue(name) }, successor),
  );
  const bounded = replaced.some(({ who }) => who === 'elsewhere') && chatRoutes > 0;
  if (replaced.length === 0) return { effects, notes: [{ key: 'route.successor-same' }] };
  return { effects, notes: bounded ? [{ key: 'route.successor-not-in', values: { count: chatRoutes } }] : [] };
}

/** Warnings before a route is saved: Omni accepts all of it without one (contract §2). */
export function routeWarnings(facts: RouteFacts, instance: Instance, after: RouteFields, scope: string): Text[] {
  const { agentId, isActive } = after;
  const { target } = facts;
  const sample = draftRoute(after, { scope: 'chat', chatId: NOWHERE }, instance.id);
  const question = { instance, chatId: NOWHERE, personId: null };
  const routes = isActive ? [sample] : [];
  const { agents, providers } = facts;
  const effective = (name: Override) => settingOf(name, after, instance).value;
  return [
    ...(target.at === false ? [{ key: scope === 'chat' ? 'route.warn-foreign-chat' : 'route.warn-no-identity' }] : []),
    ...(target.seen.is === 'value' ? [] : [notSeenText('route.warn-target-not-seen', target.seen)]),
    ...(agentId === null && isActive && instance.agentId !== null ? [{ key: 'route.warn-inherits-agent' }] : []),
    ...(isActive
      ? caveatsOf(
          verdictOf({
            instanceId: instance.id,
            instance: valueOf(instance),
            routes: valueOf(routes),
            agents,
            providers,
            chatId: valueOf(NOWHERE),
            personId: null,
            writer: null,
          }),
          notesOf(resolve(question, routes, agents, providers)),
        )
      : [{ key: 'route.warn-inactive' }]),
    ...crossedPairs(effective).map(({ least }) => ({ key: `route.warn-crossed-${least}` })),
    ...(facts.participants.is === 'value' ? [] : [notSeenText('route.warn-participants-not-seen', facts.participants)]),
    { key: 'route.warn-cache' },
  ];
}

/** Whether anybody answers, and what else is worth knowing, as sentences; nothing where all is well. */
function caveatsOf(verdict: Verdict, notes: ReturnType<typeof notesOf>): Text[] {
  const said = notes.map((note) => ({ key: `route.caveat-${note.replaceAll('-', '_')}` }));
  if (verdict.is === 'answers') return said;
  if (verdict.why === 'not-seen') return [...said, notSeenText(`route.caveat-not-seen-${verdict.part}`, verdict.seen)];
  const why = verdict.why === 'no-agent' ? 'nobody' : verdict.why.replaceAll('-', '_');
  return [...said, { key: `route.caveat-${why}` }];
}

/** A sentence on something that was not seen: which permission it needs, or why it could not be loaded. */
export function notSeenText(key: string, seen: NotSeen): Text {
  return { key, values: notSeenValues(seen) };
}

const NOWHERE = '00000000-0000-4000-8000-000000000000';

function isOverride(field: string): field is Override {
  return OVERRIDES.some((name) => name === field);
}
