import { canMatch, denies, inForce, ruleContent } from '#lib/access/rules.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { May } from './merge-world.ts';

/**
 * What becomes of a rule that names the person who goes (it is deleted with that person, contract §3.1):
 * `recreate`: made for the survivor before the merge. `covered`: an equal rule stays anyway. `without_effect`: only a person
 * id, which Omni's matcher never reads. `expired`: over. `lost`: this key may not make rules, and losing it blocks nobody.
 * `unblocks`: losing it would let a blocked person in; the merge is refused.
 */
export type RuleFate = {
  rule: AccessRule;
  fate: 'recreate' | 'covered' | 'without_effect' | 'expired' | 'lost' | 'unblocks';
};

/** The fate of every rule that names `goes`, in the order they were made. */
export function ruleFates(rules: readonly AccessRule[], goes: string, may: May, now: number): RuleFate[] {
  const staying = rules.filter((rule) => rule.personId !== goes).map(contentKey);
  return rules
    .filter((rule) => rule.personId === goes)
    .map((rule) => {
      if (!canMatch(rule)) return { rule, fate: 'without_effect' };
      if (rule.expiresAt !== null && Date.parse(rule.expiresAt) <= now) return { rule, fate: 'expired' };
      if (staying.includes(contentKey(rule))) return { rule, fate: 'covered' };
      if (may !== 'no') return { rule, fate: 'recreate' };
      return { rule, fate: denies(rule) && inForce(rule, now) ? 'unblocks' : 'lost' };
    });
}

function contentKey(rule: AccessRule): string {
  return JSON.stringify(ruleContent(rule));
}
