import { accessRuleBody, type AccessRule, type AccessRuleBody } from '#lib/omni/schemas/access.ts';

/** Whether a rule can match anything: Omni's matcher reads the handle and the phone pattern, never the person id (contract §6). */
export function canMatch(rule: Pick<AccessRule, 'platformUserId' | 'phonePattern'>): boolean {
  return Boolean(rule.platformUserId?.trim()) || Boolean(rule.phonePattern?.trim());
}

/** Whether a rule is in force at `now` (milliseconds): enabled, not expired, and able to match. */
export function inForce(rule: AccessRule, now: number): boolean {
  return rule.enabled && canMatch(rule) && (rule.expiresAt === null || Date.parse(rule.expiresAt) > now);
}

/**
 * Whether a rule decides, or may decide again once it is enabled or its expiry is moved: it has a handle or a phone and is enabled or not
 * expired at `now` (milliseconds).
 */
export function mayDecide(rule: AccessRule, now: number): boolean {
  const over = rule.expiresAt !== null && Date.parse(rule.expiresAt) <= now;
  return canMatch(rule) && (rule.enabled || !over);
}

/** What a rule does, without what only identifies the row. */
export function ruleContent(rule: AccessRule) {
  const { instanceId, ruleType, phonePattern, platformUserId, priority, enabled, expiresAt, action, blockMessage } =
    rule;
  return { instanceId, ruleType, phonePattern, platformUserId, priority, enabled, expiresAt, action, blockMessage };
}

/** Whether a rule blocks. */
export function blocks(rule: Pick<AccessRule, 'ruleType'>): boolean {
  return rule.ruleType === 'deny';
}

/**
 * A rule like this one for a person, or nobody (null); null where Omni takes no such rule from a caller (it creates some itself). Omni
 * refuses null for all but the instance (case L23): what is not there is left out.
 */
export function ruleFor(rule: AccessRule, personId: string | null): AccessRuleBody | null {
  const { instanceId, ...content } = ruleContent(rule);
  const filled = Object.entries({ ...content, reason: unmarked(rule.reason), personId }).filter(
    ([, value]) => value !== null && value !== '',
  );
  const parsed = accessRuleBody.safeParse({ ...Object.fromEntries(filled), instanceId });
  return parsed.success ? parsed.data : null;
}

/** Whether a rule still says what it was created with; whom it names decides nothing, and moves with a merge. */
export function isAsMade(rule: AccessRule, made: AccessRuleBody): boolean {
  const filled = { priority: 0, enabled: true, action: 'block', ...made };
  const facts = [...Object.keys(ruleContent(rule)), 'reason'] as (keyof AccessRuleBody & keyof AccessRule)[];
  return facts.every((name) => plainFact(name, rule[name]) === plainFact(name, (filled as AccessRuleBody)[name]));
}

function plainFact(name: string, value: unknown): unknown {
  if (name === 'expiresAt' && typeof value === 'string') return Date.parse(value);
  if (name === 'reason') return unmarked((value ?? null) as string | null);
  return value === undefined || value === '' ? null : value;
}

/** A reason without the marks of runs, or null when nothing else is left. */
export function unmarked(reason: string | null): string | null {
  return reason?.replaceAll(/\s*\[console [^\]]*\]/g, '').trim() || null;
}

/** A reason with the mark by which a run recognises its rule: rules have no unique key (contract §6). */
export function marked(reason: string | null | undefined, mark: string): string {
  return [unmarked(reason ?? null), mark].filter(Boolean).join(' ');
}
