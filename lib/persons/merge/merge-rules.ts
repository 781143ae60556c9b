import { canMatch, blocks, inForce, ruleContent, ruleFor } from '#lib/access/rules/access-rules.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import type { May } from './merge-facts.ts';

/** Omni's clock and ours may differ by this much, in milliseconds: a rule that has just expired by ours may still decide by Omni's. */
const CLOCKS_DIFFER = 10 * 60_000;

/**
 * What a merge does with a rule that names the duplicate, which Omni deletes with that person (contract §3.1). `recreate`: it is
 * created for the survivor before the merge. `covered`: an equal rule exists anyway. `without_effect`: it has only a person id,
 * which Omni's matcher never reads. `expired`. `lost`: this key may not create rules. `unwritable`: Omni takes this one from
 * nobody. Losing a `lost` or `unwritable` one unblocks nobody. `unblocks`: losing it would unblock the person; the merge is
 * refused. `outranked`: created anew it would be younger than an allow rule of the same priority, which might then decide;
 * the merge is refused too.
 */
export type RuleChoice = {
  rule: AccessRule;
  choice: 'recreate' | 'covered' | 'without_effect' | 'expired' | 'lost' | 'unwritable' | 'unblocks' | 'outranked';
};

/** The choice for every rule that names `duplicate`, in the order Omni lists them. */
export function ruleChoices(rules: readonly AccessRule[], duplicate: string, may: May, now: number): RuleChoice[] {
  const others = new Set(rules.filter((rule) => rule.personId !== duplicate).map(contentKey));
  return rules
    .filter((rule) => rule.personId === duplicate)
    .map((rule) => {
      if (!canMatch(rule)) return { rule, choice: 'without_effect' };
      if (rule.expiresAt !== null && Date.parse(rule.expiresAt) <= now - CLOCKS_DIFFER)
        return { rule, choice: 'expired' };
      if (others.has(contentKey(rule))) return { rule, choice: 'covered' };
      const writable = ruleFor(rule, duplicate) !== null;
      if (may !== 'no' && writable)
        return { rule, choice: mayBeOutranked(rule, rules, now) ? 'outranked' : 'recreate' };
      if (blocks(rule) && inForce(rule, now - CLOCKS_DIFFER)) return { rule, choice: 'unblocks' };
      return { rule, choice: writable ? 'lost' : 'unwritable' };
    });
}

/** Where priorities are equal Omni does not say which rule decides (contract §6); the older one may. Patterns may overlap. */
function mayBeOutranked(rule: AccessRule, rules: readonly AccessRule[], now: number): boolean {
  if (!blocks(rule) || !inForce(rule, now - CLOCKS_DIFFER)) return false;
  return rules.some(
    (other) =>
      !blocks(other) &&
      inForce(other, now) &&
      other.priority === rule.priority &&
      other.createdAt > rule.createdAt &&
      (other.instanceId === rule.instanceId || other.instanceId === null || rule.instanceId === null) &&
      (Boolean(other.phonePattern) || Boolean(rule.phonePattern) || other.platformUserId === rule.platformUserId),
  );
}

/** Whether two rules do the same, whoever they name. */
export function sameRule(a: AccessRule, b: AccessRule): boolean {
  return contentKey(a) === contentKey(b);
}

function contentKey(rule: AccessRule): string {
  return canonical(ruleContent(rule) as Json);
}
