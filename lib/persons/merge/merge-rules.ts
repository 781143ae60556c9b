import { mayDecide } from '#lib/access/rules/access-rules.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import type { May } from './merge-facts.ts';

/** Omni's clock and ours may differ by this much, in milliseconds: a rule that has just expired by ours may still decide by Omni's. */
const CLOCKS_DIFFER = 10 * 60_000;

/**
 * What a merge does with a rule that names the duplicate, which Omni deletes with that person, whatever else it names (case S1). `move`:
 * it is given to the survivor before the merge, which changes no answer, since Omni's matcher reads neither the person nor when a rule
 * was changed (cases T1–T3, P34). `lost`: this key may not write rules, and this one never decides. `unblocks`: it may decide and can't
 * be moved; the merge is refused.
 */
export type RuleChoice = { rule: AccessRule; choice: 'move' | 'lost' | 'unblocks' };

/** The choice for every rule that names `duplicate`, in the order Omni lists them. */
export function ruleChoices(rules: readonly AccessRule[], duplicate: string, may: May, now: number): RuleChoice[] {
  return rules
    .filter((rule) => rule.personId === duplicate)
    .map((rule) => {
      if (may !== 'no') return { rule, choice: 'move' };
      return { rule, choice: mayDecide(rule, now - CLOCKS_DIFFER) ? 'unblocks' : 'lost' };
    });
}

/** A sentence about a rule: `key`, or `key` with `-person` for one that names nothing but a person. */
export function ruleText(key: string, rule: AccessRule): Text {
  const target = rule.platformUserId || rule.phonePattern;
  return target ? { key, values: { action: rule.ruleType, target } } : { key: `${key}-person` };
}
