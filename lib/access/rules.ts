import type { AccessRule } from '#lib/omni/schemas/access.ts';

/** Whether a rule can match anything: Omni's matcher reads the handle and the phone pattern, never the person id (contract §6). */
export function canMatch(rule: Pick<AccessRule, 'platformUserId' | 'phonePattern'>): boolean {
  return Boolean(rule.platformUserId?.trim()) || Boolean(rule.phonePattern?.trim());
}

/** Whether a rule is in force at `now` (milliseconds): switched on, not expired, and able to match. */
export function inForce(rule: AccessRule, now: number): boolean {
  return rule.enabled && canMatch(rule) && (rule.expiresAt === null || Date.parse(rule.expiresAt) > now);
}

/** What a rule does, without what only identifies the row. */
export function ruleContent(rule: AccessRule) {
  const { instanceId, ruleType, phonePattern, platformUserId, priority, enabled, expiresAt, action, blockMessage } =
    rule;
  return { instanceId, ruleType, phonePattern, platformUserId, priority, enabled, expiresAt, action, blockMessage };
}

/** Whether a rule keeps somebody out. */
export function denies(rule: AccessRule): boolean {
  return rule.ruleType === 'deny';
}
