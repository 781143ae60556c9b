import { fold } from '#lib/text/fold.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { blocks, unmarked } from './access-rules.ts';
import { criterionOf, ruleState, type RuleState } from './rule-state.ts';

/** A line of the list of access rules. `silent`: nobody is told. `instance` null: all instances. */
export type ListedRule = {
  id: string;
  does: 'blocks' | 'allows';
  silent: boolean;
  message: string | null;
  by: 'handle' | 'phone' | 'person';
  handle: string | null;
  phone: string | null;
  personId: string | null;
  instance: { id: string; name: string | null } | null;
  state: RuleState['is'] | 'nobody';
  expiresAt: string | null;
  reason: string | null;
  priority: number;
  createdAt: string;
};

/** What a list of rules is narrowed to. */
export type RulesPick = {
  q: string;
  instance?: string | undefined;
  does?: ListedRule['does'] | undefined;
  by?: ListedRule['by'] | undefined;
  state?: 'decides' | 'cannot' | 'inactive' | 'expired' | undefined;
};

/** All rules as lines, the newest first. `now` in milliseconds since 1970. */
export function listRules(rules: readonly AccessRule[], instances: readonly Instance[], now: number): ListedRule[] {
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  return rules
    .map((rule) => listed(rule, rules, byId, now))
    .sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt) || (one.id < other.id ? -1 : 1));
}

function listed(
  rule: AccessRule,
  all: readonly AccessRule[],
  instances: ReadonlyMap<string, Instance>,
  now: number,
): ListedRule {
  const { id, instanceId, platformUserId, phonePattern, personId, expiresAt, createdAt } = rule;
  return {
    id,
    does: blocks(rule) ? 'blocks' : 'allows',
    silent: rule.action === 'silent_block',
    message: rule.blockMessage?.trim() || null,
    by: criterionOf(rule),
    handle: platformUserId?.trim() || null,
    phone: phonePattern?.trim() || null,
    personId,
    instance: instanceId === null ? null : { id: instanceId, name: instances.get(instanceId)?.name ?? null },
    state: ruleState(rule, all, instances, now).is,
    expiresAt,
    reason: unmarked(rule.reason),
    priority: rule.priority,
    createdAt,
  };
}

const CANNOT: ReadonlySet<ListedRule['state']> = new Set(['person-only', 'older', 'off', 'not-tried', 'nobody']);

/** Whether a line is among those asked for. */
export function isRuleAmong(rule: ListedRule, { q, instance, does, by, state }: RulesPick): boolean {
  if (instance !== undefined && (rule.instance?.id ?? 'all') !== instance) return false;
  if (does !== undefined && rule.does !== does) return false;
  if (by !== undefined && rule.by !== by) return false;
  if (state !== undefined && !(state === 'cannot' ? CANNOT.has(rule.state) : rule.state === state)) return false;
  const text = fold([rule.handle, rule.phone, rule.reason, rule.message].filter(Boolean).join(' '));
  return fold(q)
    .split(' ')
    .every((word) => text.includes(word));
}
