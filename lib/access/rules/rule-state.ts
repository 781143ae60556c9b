import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { canMatch } from './access-rules.ts';
import { beforeAt, fits, isHeavyPattern, withoutPlus } from './match.ts';

/**
 * Whether a rule can decide on anybody now, or why not: `person-only`, it names a person and Omni's matcher reads no person; `older`,
 * the rule `by` fits the same contacts and comes before it; `off`, access control is off on its instance. `not-tried`: its pattern
 * has so many `*` that the console does not try it, so it can't be told.
 */
export type RuleState =
  | { is: 'decides' | 'inactive' | 'expired' | 'person-only' | 'off' | 'not-tried' }
  | { is: 'older'; by: AccessRule };

/** The state of a rule among all others at `now` (milliseconds). `instances`: those that the key sees. Pure. */
export function ruleState(
  rule: AccessRule,
  rules: readonly AccessRule[],
  instances: ReadonlyMap<string, Pick<Instance, 'accessMode'>>,
  now: number,
): RuleState {
  if (!rule.enabled) return { is: 'inactive' };
  if (isOver(rule, now)) return { is: 'expired' };
  if (!canMatch(rule)) return { is: 'person-only' };
  const own = rule.instanceId === null ? [...instances.values()] : [instances.get(rule.instanceId)];
  if (own.length > 0 && own.every((instance) => instance?.accessMode === 'disabled')) return { is: 'off' };
  const by = rules.find((other) => other.enabled && !isOver(other, now) && standsBefore(other, rule));
  if (by) return { is: 'older', by };
  if (rule.phonePattern && isHeavyPattern(rule.phonePattern)) return { is: 'not-tried' };
  return { is: 'decides' };
}

function isOver({ expiresAt }: AccessRule, now: number): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= now;
}

/** Whether another rule fits at least the same contacts at the same places, and is asked first (access contract §6.2). */
function standsBefore(other: AccessRule, rule: AccessRule): boolean {
  if (other.id === rule.id) return false;
  if (other.instanceId !== null && other.instanceId !== rule.instanceId) return false;
  if (!fitsHandle(other, rule.platformUserId) || !fitsPattern(other, rule.phonePattern)) return false;
  if (other.priority !== rule.priority) return other.priority > rule.priority;
  return Date.parse(other.createdAt) > Date.parse(rule.createdAt);
}

/** Whether a rule fits a handle, however a server compares handles: with any server behind the user, and without. */
function fitsHandle(other: AccessRule, handle: string | null): boolean {
  if (!handle || handle === other.platformUserId) return true;
  const user = beforeAt(handle);
  return [handle, user, `${user}@`, `${user}@lid`].every(
    (form) => fits({ ...other, platformUserId: null }, form, 'exact') === 'yes',
  );
}

/** Whether a rule fits all that a pattern fits: the same pattern, or one that ends earlier, in `*`. */
function fitsPattern({ phonePattern: wide }: AccessRule, narrow: string | null): boolean {
  if (!narrow || narrow === wide) return true;
  if (!wide || isHeavyPattern(wide) || isHeavyPattern(narrow) || /[\n\r\u2028\u2029]/.test(narrow)) return false;
  const [start, ...rest] = withoutPlus(wide).split('*');
  return rest.length === 1 && rest[0] === '' && withoutPlus(narrow).startsWith(start ?? '');
}

/** What a rule recognises contacts by; a rule with several by the first of these. */
export function criterionOf(rule: AccessRule): 'handle' | 'phone' | 'person' {
  if (rule.platformUserId?.trim()) return 'handle';
  return rule.phonePattern?.trim() ? 'phone' : 'person';
}
