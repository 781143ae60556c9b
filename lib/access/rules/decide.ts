import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { beforeAt, fits, type HandleMatcher } from './match.ts';

/** What access control of an instance depends on. `mode`: its `accessMode`; `now`: milliseconds since 1970. */
export type AccessFacts = {
  instanceId: string;
  mode: string | null;
  rules: readonly AccessRule[];
  matchers: readonly HandleMatcher[];
  now: number;
};

/**
 * Whether a handle is let in, and by which rule; `by` null: by the instance's mode. Why it can't be told: `pattern`, a rule's
 * pattern is not tried; `order`, rules of the same moment and priority disagree; `form`, it depends on how the handle is
 * written or compared; `lid`, a WhatsApp LID is blocked and Omni may ask for its phone too; `mode`, the mode is unknown here.
 */
export type AccessDecision =
  | { is: 'allowed'; by: AccessRule | null }
  | { is: 'blocked'; by: AccessRule | null }
  | { is: 'unknown'; why: 'pattern' | 'order' | 'form' | 'lid' | 'mode' };

/** The rules that Omni compares for an instance, in its order: priority, then the newest (access contract §6.2). */
export function candidates(rules: readonly AccessRule[], instanceId: string, now: number): AccessRule[] {
  return rules
    .filter(
      (rule) =>
        rule.enabled &&
        (rule.expiresAt === null || Date.parse(rule.expiresAt) > now) &&
        (rule.instanceId === null || rule.instanceId.toLowerCase() === instanceId.toLowerCase()),
    )
    .toSorted((one, other) => other.priority - one.priority || Date.parse(other.createdAt) - Date.parse(one.createdAt));
}

/** What Omni decides on one handle, written as it is asked with, by one matcher (access contract §6.1, §6.2). */
export function decideHandle(
  facts: Omit<AccessFacts, 'matchers'>,
  handle: string,
  matcher: HandleMatcher,
): AccessDecision {
  const { mode, rules, instanceId, now } = facts;
  if (mode === 'disabled') return { is: 'allowed', by: null };
  const all = candidates(rules, instanceId, now).filter((rule) => fits(rule, handle, matcher) !== 'no');
  const [first] = all;
  if (!first) {
    if (mode === 'blocklist') return { is: 'allowed', by: null };
    return mode === 'allowlist' ? { is: 'blocked', by: null } : { is: 'unknown', why: 'mode' };
  }
  if (mode !== 'blocklist' && mode !== 'allowlist') return { is: 'unknown', why: 'mode' };
  const equal = all.filter(({ priority, createdAt }) => priority === first.priority && createdAt === first.createdAt);
  if (equal.some((rule) => fits(rule, handle, matcher) === 'refused')) return { is: 'unknown', why: 'pattern' };
  // Omni keeps microseconds and answers milliseconds.
  if (equal.some(({ ruleType }) => (ruleType === 'allow') !== (first.ruleType === 'allow')))
    return { is: 'unknown', why: 'order' };
  return { is: first.ruleType === 'allow' ? 'allowed' : 'blocked', by: first };
}

/**
 * What access control decides on a contact: the same for the stored handle and for the bare one that a message comes with, by
 * every matcher the server may have; else it can't be told. A LID that is blocked is so for sure only where the person's phone
 * is too: Omni asks for that then, and an allow lets the message in (access contract §6.3, unproved).
 */
export function decideAccess(facts: AccessFacts, handle: string, phone: string | null = null): AccessDecision {
  const decision = decideForms(facts, handle);
  if (decision.is !== 'blocked' || !handle.endsWith('@lid')) return decision;
  const byPhone = phone === null ? null : decideForms(facts, phone.replaceAll(/\D/g, ''));
  return byPhone?.is === 'blocked' ? decision : { is: 'unknown', why: 'lid' };
}

function decideForms(facts: AccessFacts, handle: string): AccessDecision {
  const all = [...new Set([handle, beforeAt(handle)])].flatMap((form) =>
    facts.matchers.map((matcher) => decideHandle(facts, form, matcher)),
  );
  const [first] = all;
  if (!first) return { is: 'unknown', why: 'form' };
  const other = all.find((one) => one.is !== first.is);
  if (!other) return first;
  return [first, ...all].find((one) => one.is === 'unknown') ?? { is: 'unknown', why: 'form' };
}
