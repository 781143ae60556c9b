import type { Route } from '#lib/omni/schemas/routes.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Json, Plan, Text } from '#lib/operations/plan/define.ts';
import { crossedPairs } from './override-kinds.ts';
import { OVERRIDES, type Override } from './overrides.ts';
import { notesOf, verdictOf, type Verdict } from '#lib/routes/verdict/verdict.ts';
import { notSeenValues, seenOr, valueOf, type NotSeen } from '#lib/omni/seen.ts';
import { resolve, settingOf, type Setting } from '#lib/routes/resolve/resolve.ts';
import type { FieldChange, RouteFields } from './route-fields.ts';
import type { RouteFacts } from './route-facts.ts';
import { differAt, valueText } from './value-text.ts';

/** What a route is called in a sentence. */
export function routeName(route: { id?: string; label?: Json | undefined }, target: string | null): string {
  return (typeof route.label === 'string' && route.label) || target || (route.id ?? '').slice(0, 8);
}

/** Each change as a sentence: own value old → new, and for a setting what it is in effect, old → new. */
export function changeTexts(
  changes: readonly FieldChange[],
  facts: Pick<RouteFacts, 'agents'>,
  instance: Instance,
): Text[] {
  const agentName = (id: Json) => {
    if (id === null) return 'inherit';
    const agent = seenOr(facts.agents, []).find((one) => one.id === id);
    return agent?.name ?? String(id).slice(0, 8);
  };
  return changes.map(({ field, from, to }) => {
    if (!isOverride(field)) {
      const text = field === 'agentId' ? agentName : (value: Json) => valueText(value, differAt(from, to));
      return { key: `route.change-${field}`, values: { from: text(from), to: text(to) } };
    }
    const [was, is] = [from, to].map((own) => settingOf(field, { [field]: own }, instance));
    const at = differAt(was?.value as Json, is?.value as Json);
    const effect = (setting: Setting | undefined) =>
      !setting || setting.origin === 'unknown' ? 'unknown' : valueText(setting.value as Json, at);
    const values = { from: valueText(from, at), to: valueText(to, at), was: effect(was), is: effect(is) };
    return { key: `route.change-${field}`, values };
  });
}

/** Warnings before a route is saved: Omni accepts all of it without one (contract §2). */
export function routeWarnings(facts: RouteFacts, instance: Instance, after: RouteFields, scope: string): Text[] {
  const { agentId, isActive } = after;
  const { target } = facts;
  const sample = { ...after, id: '', instanceId: instance.id, scope: 'chat', chatId: NOWHERE, personId: null };
  const question = { instance, chatId: NOWHERE, personId: null };
  const routes = isActive ? [sample as unknown as Route] : [];
  const { agents, providers } = facts;
  const effective = (name: Override) => settingOf(name, after, instance).value;
  return [
    ...(target.at === false ? [{ key: scope === 'chat' ? 'route.warn-foreign-chat' : 'route.warn-no-identity' }] : []),
    ...(target.seen.is === 'value' ? [] : [notSeenText('route.warn-target-not-seen', target.seen)]),
    ...(agentId === null ? [{ key: 'route.warn-inherits-agent' }] : []),
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
    ...crossedPairs(effective).map((name) => ({ key: `route.warn-crossed-${name}` })),
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

/** A plan that is refused: it has no steps. */
export function refusedRoute(title: Text, refusal: Text, effects: Json): Plan {
  return {
    title,
    refusal,
    effects: { refusal: refusal.key, about: effects },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command: { none: { key: 'route.no-command' } },
  };
}

function isOverride(field: string): field is Override {
  return OVERRIDES.some((name) => name === field);
}
