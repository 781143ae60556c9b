import { blocks, canMatch, inForce, unmarked } from '#lib/access/rules/access-rules.ts';
import { decideAccess, type AccessDecision } from '#lib/access/rules/decide.ts';
import { beforeAt, isHeavyPattern } from '#lib/access/rules/match.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { happens, type Effect } from '#lib/operations/effects/effect.ts';
import { listValue, thing, wordValue, type Value } from '#lib/operations/effects/value.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { MATCHERS, type RuleFacts } from './rule-facts.ts';

type Criteria = Pick<AccessRule, 'phonePattern' | 'platformUserId' | 'personId'>;

/** Whom a rule is about, as a value: its handle and phone, else the person it names. */
export function ruleWhom(
  { platformUserId, phonePattern, personId }: Criteria,
  people: RuleFacts['people'] = [],
): Value {
  if (platformUserId || phonePattern) return listValue([platformUserId, phonePattern].flatMap((one) => one || []));
  return thing('person', personId ?? '', people.find(({ id }) => id === personId)?.name);
}

/** Where a rule holds, as a value. */
export function rulePlace(instanceId: string | null, { instances }: Pick<RuleFacts, 'instances'>): Value {
  if (instanceId === null) return wordValue('everywhere');
  return thing('instance', instanceId, instances.find(({ id }) => id === instanceId)?.name);
}

/** What a rule is told by in a sentence. */
export function ruleValues(rule: AccessRule, facts: RuleFacts) {
  return {
    whom: ruleWhom(rule, facts.people),
    place: rulePlace(rule.instanceId, facts),
    does: blocks(rule) ? 'blocks' : 'allows',
    reason: unmarked(rule.reason) ?? '',
  };
}

/**
 * Whom access control answers otherwise once a rule is another (`is`), new (`was` null) or gone (`is` null), and what is true besides. What a
 * pattern with `*` fits can't be listed: it is told as what the rule does, whatever comes before it.
 */
export function accessAfter(
  was: AccessRule | null,
  is: AccessRule | null,
  facts: RuleFacts,
): { effects: Effect[]; notes: Text[] } {
  const both = [was, is].filter((rule) => rule !== null);
  if (!both.some((rule) => inForce(rule, facts.now))) return { effects: [], notes: notesOf(is, facts) };
  const after = [...facts.rules.filter(({ id }) => id !== was?.id), ...(is ? [is] : [])];
  const contacts = [...new Set(both.flatMap(contactsOf))];
  const places = facts.instances.filter(({ id }) => both.some((rule) => (rule.instanceId ?? id) === id));
  const open = places.filter(({ accessMode }) => accessMode !== 'disabled');
  const decided = open.flatMap((instance) =>
    contacts.flatMap((handle): Effect[] => {
      const decide = (rules: readonly AccessRule[]) =>
        decideAccess(
          { instanceId: instance.id, mode: instance.accessMode, rules, matchers: MATCHERS, now: facts.now },
          handle,
        );
      return decisionEffect(decide(facts.rules), decide(after), handle, thing('instance', instance.id, instance.name));
    }),
  );
  const wide = [
    was && isWide(was) ? happensTo(was, 'access-fits-no-more', facts) : [],
    is && isWide(is) ? fitting(is, facts) : [],
  ];
  const effects = [...decided, ...wide.flat(), ...peopleEffects(both, facts)];
  const off = places.filter((place) => !open.includes(place));
  return {
    effects,
    notes: [
      ...(decided.length + wide.flat().length === 0 && open.length > 0 ? [{ key: 'access.no-change' }] : []),
      ...off.map(({ id, name }) => ({ key: 'access.mode-off', values: { place: thing('instance', id, name) } })),
      ...notesOf(is, facts),
    ],
  };
}

function decisionEffect(before: AccessDecision, after: AccessDecision, handle: string, of: Value): Effect[] {
  if (before.is === after.is && before.is !== 'unknown') return [];
  const more = { handle: listValue([handle]), now: after.is };
  return [happens('access-decides', { of, more, kept: after.is === 'unknown' ? 'unknown' : 'yes', back: 'yes' })];
}

function fitting(rule: AccessRule, facts: RuleFacts): Effect[] {
  return inForce(rule, facts.now) ? happensTo(rule, 'access-fits', facts) : [];
}

function happensTo(rule: AccessRule, what: string, facts: RuleFacts): Effect[] {
  if (!inForce(rule, facts.now)) return [];
  const { does, place } = ruleValues(rule, facts);
  return [
    happens(what, { more: { pattern: listValue([rule.phonePattern ?? '']), does, place }, kept: 'yes', back: 'yes' }),
  ];
}

function peopleEffects(rules: readonly AccessRule[], { fitting: people }: RuleFacts): Effect[] {
  const named = new Set(rules.map(({ personId }) => personId));
  return (people ?? [])
    .filter(({ id }) => !named.has(id))
    .map(({ id, name }) => happens('access-concerns', { of: thing('person', id, name), kept: 'yes', back: 'yes' }));
}

/** The handles that a rule names outright. */
function contactsOf({ platformUserId, phonePattern }: AccessRule): string[] {
  const phone = phonePattern && !phonePattern.includes('*') ? phonePattern.replace(/^\+/, '') : null;
  return [platformUserId, phone].flatMap((one) => one || []);
}

function isWide({ phonePattern }: AccessRule): boolean {
  return phonePattern?.includes('*') ?? false;
}

function notesOf(rule: AccessRule | null, facts: RuleFacts): Text[] {
  if (!rule) return [{ key: 'access.within' }];
  if (!canMatch(rule)) return [{ key: 'access.person-only' }];
  const { platformUserId: handle } = rule;
  const bare = handle ? beforeAt(handle) : '';
  return [
    ...(handle && bare !== handle && bare !== ''
      ? [{ key: 'access.stored-form', values: { bare: listValue([bare]), handle: listValue([handle]) } }]
      : []),
    ...(facts.fitting === null ? [{ key: 'access.people-not-seen' }] : []),
    { key: 'access.within' },
  ];
}

/** Why the console sends no rule with a pattern: many `*` keep Omni busy (access contract §6.3), and two in a row say what one says. */
export function patternRefusal(pattern: string | null): Text | null {
  if (pattern === null) return null;
  if (isHeavyPattern(pattern)) return { key: 'access.heavy-pattern' };
  return pattern.includes('**') ? { key: 'access.double-star' } : null;
}

/** Why Omni would not take a rule: its place is taken, or nobody is there. */
export function refusalOf(rule: AccessRule, facts: RuleFacts): Text | null {
  const { phonePattern: pattern, personId } = rule;
  if (personId !== null && facts.gone.includes(personId)) return { key: 'access.nobody' };
  if (rule.instanceId !== null && !facts.instances.some(({ id }) => id === rule.instanceId))
    return { key: 'access.no-instance' };
  // `access_rules_unique_idx`: rules of all instances never collide, inactive and expired ones do (case M9).
  const taken = facts.rules.some(
    (other) =>
      other.id !== rule.id &&
      rule.instanceId !== null &&
      other.instanceId === rule.instanceId &&
      other.ruleType === rule.ruleType &&
      pattern !== null &&
      other.phonePattern === pattern,
  );
  return taken ? { key: 'access.phone-taken', values: ruleValues(rule, facts) } : null;
}
