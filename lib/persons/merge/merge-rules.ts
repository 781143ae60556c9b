import { canMatch, denies, inForce, ruleContent, ruleFor } from '#lib/access/rules/access-rules.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import type { May } from './merge-facts.ts';

/** Omni's clock and ours may differ by so much, in milliseconds: a rule that just ended by ours may be in force by Omni's. */
const CLOCKS_DIFFER = 10 * 60_000;

/**
 * What becomes of a rule that names the person who goes (it is deleted with that person, contract §3.1):
 * `recreate`: made for the survivor before the merge. `covered`: an equal rule stays anyway. `without_effect`: only a person
 * id, which Omni's matcher never reads. `expired`: over. `lost`: this key may not make rules, `unwritable`: nobody may make
 * this one; losing either blocks nobody less. `unblocks`: losing it would let a blocked person in; the merge is refused.
 * `outranked`: made anew it would be younger than an allow rule of the same priority that might then decide; refused, too.
 */
export type RuleFate = {
  rule: AccessRule;
  fate: 'recreate' | 'covered' | 'without_effect' | 'expired' | 'lost' | 'unwritable' | 'unblocks' | 'outranked';
};

/** The fate of every rule that names `goes`, in the order Omni lists them. */
export function ruleFates(rules: readonly AccessRule[], goes: string, may: May, now: number): RuleFate[] {
  const staying = new Set(rules.filter((rule) => rule.personId !== goes).map(contentKey));
  return rules
    .filter((rule) => rule.personId === goes)
    .map((rule) => {
      if (!canMatch(rule)) return { rule, fate: 'without_effect' };
      if (rule.expiresAt !== null && Date.parse(rule.expiresAt) <= now - CLOCKS_DIFFER)
        return { rule, fate: 'expired' };
      if (staying.has(contentKey(rule))) return { rule, fate: 'covered' };
      const writable = ruleFor(rule, goes) !== null;
      if (may !== 'no' && writable) return { rule, fate: mayBeOutranked(rule, rules, now) ? 'outranked' : 'recreate' };
      if (denies(rule) && inForce(rule, now - CLOCKS_DIFFER)) return { rule, fate: 'unblocks' };
      return { rule, fate: writable ? 'lost' : 'unwritable' };
    });
}

/** Where priorities are equal Omni does not say which rule decides (contract §6); the older one may. Patterns may overlap. */
function mayBeOutranked(rule: AccessRule, rules: readonly AccessRule[], now: number): boolean {
  if (!denies(rule) || !inForce(rule, now - CLOCKS_DIFFER)) return false;
  return rules.some(
    (other) =>
      !denies(other) &&
      inForce(other, now) &&
      other.priority === rule.priority &&
      other.createdAt > rule.createdAt &&
      (other.instanceId === rule.instanceId || other.instanceId === null || rule.instanceId === null) &&
      (Boolean(other.phonePattern) || Boolean(rule.phonePattern) || other.platformUserId === rule.platformUserId),
  );
}

/** Whether everything a rule says is still said by another row. */
export function sameRule(a: AccessRule, b: AccessRule): boolean {
  return contentKey(a) === contentKey(b);
}

function contentKey(rule: AccessRule): string {
  return canonical(ruleContent(rule) as Json);
}
