import { beforeAt, fits } from '#lib/access/rules/match.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { MATCHERS } from './rule-facts.ts';

/**
 * The rules that a rule which is created again would come before, and does not today: of one priority the newest decides (access contract
 * §6.2). Only those that can meet it and decide otherwise; inactive and expired ones count, since they may be on again.
 */
export function overtakes(rule: AccessRule, rules: readonly AccessRule[]): AccessRule[] {
  return rules.filter(
    (other) =>
      other.id !== rule.id &&
      other.priority === rule.priority &&
      Date.parse(other.createdAt) >= Date.parse(rule.createdAt) &&
      (other.instanceId === null || rule.instanceId === null || other.instanceId === rule.instanceId) &&
      effectOf(other) !== effectOf(rule) &&
      mayMeet(other, rule),
  );
}

function effectOf({ ruleType, action, blockMessage }: AccessRule): string {
  return ruleType === 'allow' ? 'allow' : JSON.stringify([action, blockMessage || null]);
}

/** Whether one handle may fit both. Two patterns with a `*` are not compared: they may. */
function mayMeet(one: AccessRule, other: AccessRule): boolean {
  if ([one, other].every(({ phonePattern }) => phonePattern?.includes('*'))) return true;
  const forms = [one, other].flatMap(({ platformUserId, phonePattern }) => [
    ...(platformUserId ? [platformUserId, beforeAt(platformUserId)] : []),
    ...(phonePattern && !phonePattern.includes('*') ? [phonePattern, `${phonePattern}@s.whatsapp.net`] : []),
  ]);
  return forms.some((form) =>
    [one, other].every((rule) => MATCHERS.some((matcher) => fits(rule, form, matcher) !== 'no')),
  );
}
