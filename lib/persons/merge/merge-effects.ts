import { AGENTS_LIMIT } from '#lib/omni/limits.ts';
import type { NotSeen } from '#lib/omni/seen.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { happens, sets, type Effect } from '#lib/operations/effects/effect.ts';
import { listValue, NOTHING, notSeenValue, textValue, thing, type Value } from '#lib/operations/effects/value.ts';
import { userOf } from '#lib/persons/directory/handle.ts';
import { calledIdentity, type PersonRecord } from '#lib/persons/record/person-record.ts';
import { choiceTexts, isEmpty, writable, type FieldChoice } from './merge-fields.ts';
import { automationsOf, type MergeFacts, type MergeInput } from './merge-facts.ts';
import type { MergeOutcome } from './merge-outcome.ts';
import { routeAgain, routePatchOf, type RouteChoice } from './merge-choices.ts';
import { mergeSuccessors } from './merge-successors.ts';

/** What two people are called in the sentences of a merge. */
export type MergeNames = Record<'duplicate' | 'survivor', string>;
type Facts = MergeFacts & { duplicate: PersonRecord; survivor: PersonRecord };

/** Everything that a merge changes, and what is not kept of it. Pure. */
export function effectsOfMerge(input: MergeInput, facts: Facts, outcome: MergeOutcome, names: MergeNames): Effect[] {
  const { rules, routes, owned, movedOwners } = outcome;
  const survivor = thing('person', input.survivor, names.survivor);
  const { identities } = facts.duplicate;
  return [
    ...(identities.length === 1
      ? identities.map((one) => happens('identity-moves', { ...kept, of: identityValue(one) }))
      : [happens('identities-move', { ...kept, count: identities.length })]),
    ...outcome.fields.flatMap((choice) => fieldEffects(choice, survivor)),
    ...mergeSuccessors(input, facts, names),
    ...movedRuleEffects(rules, facts),
    ...rules.filter(({ choice }) => choice === 'lost').map(({ rule }) => ruleEffect(rule)),
    ...routes.map((choice) => routeEffect(choice, facts)),
    ...mediaEffects(routes),
    ...owned.map((agent) =>
      movedOwners.includes(agent)
        ? happens('owner-moves', { ...kept, more: { agent: agent.name } })
        : happens('owner-not-kept', { ...gone, more: { agent: agent.name } }),
    ),
    // Does nothing for them any more, whatever is undone: the id is gone for good.
    ...automationsOf(facts).map(({ name }) => happens('automation-names', { ...gone, more: { automation: name } })),
    ...historyEffects(facts.duplicate),
    ...notSeenEffects(facts),
  ];
}

const kept = { kept: 'yes', back: 'yes' } as const;
const gone = { kept: 'no', back: 'no' } as const;

/** An identity as a value of a sentence. */
export function identityValue(identity: PersonRecord['identities'][number]): Value {
  return thing('identity', identity.id, calledIdentity(identity));
}

/** A field whose value is replaced or not kept. Where both say the same to people, only what undo can't restore is told. */
function fieldEffects(choice: FieldChoice, of: Value): Effect[] {
  const { field, survivor, duplicate, keep, lost } = choice;
  const name = `person.${field}`;
  const { texts } = choiceTexts(choice);
  const [theirs, its] = [textValue(texts[0]), textValue(texts[1])];
  if (keep === 'duplicate') {
    const back = writable(field, survivor) ? 'yes' : 'no';
    const change = sets(name, theirs, its, { of, back });
    return [isEmpty(lost) ? change : { ...change, what: 'field-replaced', kept: 'no' }];
  }
  const back = isEmpty(duplicate) || writable(field, duplicate) ? 'yes' : 'no';
  const both = sets(name, its, theirs, { of, back });
  if (!isEmpty(lost)) return [{ ...both, what: 'field-not-kept', kept: 'no' }];
  return back === 'no' ? [{ ...both, what: 'field-same' }] : [];
}

/** So many rules stand one by one. */
const MOST_RULES = 3;

/** Rules that move to the survivor: whom they block or allow stays so. Those that name a person only, and many, by their number. */
function movedRuleEffects(rules: MergeOutcome['rules'], facts: MergeFacts): Effect[] {
  const moved = rules.flatMap(({ rule, choice }) => (choice === 'move' ? [rule] : []));
  const named = moved.filter(
    ({ platformUserId, phonePattern, instanceId }) =>
      (platformUserId || phonePattern) && (instanceId === null || instanceName(instanceId, facts) !== null),
  );
  const single = named.length > MOST_RULES ? [] : named;
  const others = moved.length - single.length;
  return [
    ...single.map((rule) => happens('rule-moves', { ...kept, more: ruleMore(rule, facts) })),
    ...(others > 0 ? [happens('rules-move', { ...kept, count: others })] : []),
  ];
}

function ruleMore({ ruleType, platformUserId, phonePattern, instanceId }: AccessRule, facts: MergeFacts) {
  return { action: ruleType, target: userOf(platformUserId || phonePattern || ''), ...ruleAt(instanceId, facts) };
}

/** Where a rule holds, as values of a sentence. */
export function ruleAt(id: string | null, facts: Pick<MergeFacts, 'answering'>): { where: string; instance: Value } {
  if (id === null) return { where: 'all', instance: NOTHING };
  return { where: 'one', instance: thing('instance', id, instanceName(id, facts)) };
}

/** A rule that this key can't give away and that never decides: it is deleted with the duplicate. */
function ruleEffect({ ruleType, platformUserId, phonePattern }: AccessRule): Effect {
  const target = platformUserId || phonePattern;
  if (!target) return happens('rule-not-kept-person', gone);
  return happens('rule-not-kept', { ...gone, more: { action: ruleType, target } });
}

function routeEffect({ route, choice, other }: RouteChoice, facts: Facts): Effect {
  const more = { route: routeValue(route, instanceName(route.instanceId, facts)) };
  const back = routeAgain(route, route.personId ?? '', facts) ? 'id' : 'no';
  switch (choice) {
    case 'recreate':
      return happens('route-moves', { kept: 'yes', back, more });
    case 'same':
      return happens('route-same', { kept: 'yes', back, more });
    case 'replace':
      return happens('route-replaced', {
        kept: 'no',
        back: other && routePatchOf(other) ? back : 'no',
        more: { route: routeValue(other ?? route, instanceName(route.instanceId, facts)) },
      });
    default:
      return happens(`route-not-kept-${choice}`, { kept: 'no', back, more });
  }
}

/** A route by its label and where it is; by the place alone without a label. */
export function routeValue({ id, label }: Pick<Route, 'id' | 'label'>, place: string | null): Value {
  const text = label?.trim();
  return thing('route', id, text && place ? `${text} (${place})` : text || place);
}

/** What an instance is called, where it was read. */
export function instanceName(id: string, { answering }: Pick<MergeFacts, 'answering'>): string | null {
  return answering?.instances.find((one) => one.id === id)?.name ?? null;
}

/** Only Omni itself writes the media types of a route. */
function mediaEffects(routes: readonly RouteChoice[]): Effect[] {
  const count = routes.filter(({ route }) => (route.agentSendMediaPathTypes?.length ?? 0) > 0).length;
  return count > 0 ? [happens('routes-lose-media', { ...gone, count })] : [];
}

/** Messages stay and lose their person, group memberships too (contract §3.1); Omni tells neither by person. */
function historyEffects({ identities }: PersonRecord): Effect[] {
  const count = identities.reduce((sum, { messageCount }) => sum + messageCount, 0);
  if (count > 0) return [happens('history', { ...gone, count, history: true })];
  return [happens('memberships', { kept: 'unknown', back: 'no', history: true })];
}

/** What could not be read. Routes that can't be seen are deleted with the duplicate all the same: they count as not kept. */
function notSeenEffects({ routes, agents, automations }: MergeFacts): Effect[] {
  const why = (seen: NotSeen) => ({ why: notSeenValue(seen) });
  const agentsNotSeen = agents.is === 'value' ? beyondLimit(agents.value.length) : agents;
  return [
    ...(routes.is === 'value' ? [] : [happens('routes-not-seen', { ...gone, more: why(routes) })]),
    ...(routes.is === 'value' && routes.value.missing.length > 0
      ? [
          happens('routes-not-seen-on', {
            ...gone,
            more: { instances: listValue(routes.value.missing), ...why(routes.value.why ?? FAILED) },
          }),
        ]
      : []),
    ...(routes.is === 'value' && (routes.value.others || routes.value.hidden)
      ? [happens('routes-not-shown', gone)]
      : []),
    ...(agentsNotSeen === null || agentsNotSeen.is === 'absent'
      ? []
      : [happens('owners-not-seen', { kept: 'unknown', back: 'unknown', more: why(agentsNotSeen) })]),
    ...(automations.is === 'value' || automations.is === 'absent'
      ? []
      : [happens('automations-not-seen', { kept: 'unknown', back: 'unknown', more: why(automations) })]),
  ];
}

const FAILED: NotSeen = { is: 'failed', problem: { code: 'unexpected', values: {} } };

/** Omni lists at most so many agents and does not say whether there are more (contract §6). */
function beyondLimit(listed: number): NotSeen | null {
  return listed < AGENTS_LIMIT ? null : { is: 'beyond', limit: AGENTS_LIMIT };
}
