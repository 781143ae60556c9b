import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { OmniGeneration } from '#lib/scopes/generations.ts';

/**
 * How a server compares handles. `exact`: letter by letter (recorded). `before-at`: what stands before the first `@` on both
 * sides (read in the newest source, unproved). Nothing on the wire tells the two apart (access contract §6.3, §9).
 */
export type HandleMatcher = 'exact' | 'before-at';

/** The matchers a server of this generation may have; what is not the same by all of them can't be told. */
export function matchersOf(generation: OmniGeneration): readonly HandleMatcher[] {
  return generation === 'february' ? ['exact'] : ['exact', 'before-at'];
}

type Criteria = Pick<AccessRule, 'phonePattern' | 'platformUserId'>;

/** Whether a rule fits a handle; `refused`: its pattern is one this console does not try (`isHeavyPattern`). */
export type RuleFit = 'yes' | 'no' | 'refused';

const MOST_STARS = 3;

/** Whether a pattern has so many `*` that comparing it may keep Omni busy for seconds (access contract §6.3). */
export function isHeavyPattern(pattern: string): boolean {
  return pattern.split('*').length - 1 > MOST_STARS;
}

/**
 * Whether a rule fits a handle, as Omni reads it: the handle or the phone pattern decides, an empty one fits nothing, and the
 * person is never read (access contract §6.3).
 */
export function fits(rule: Criteria, handle: string, matcher: HandleMatcher): RuleFit {
  if (rule.platformUserId && sameHandle(rule.platformUserId, handle, matcher)) return 'yes';
  if (!rule.phonePattern) return 'no';
  if (isHeavyPattern(rule.phonePattern)) return 'refused';
  return patternOf(rule.phonePattern).test(withoutPlus(handle)) ? 'yes' : 'no';
}

function sameHandle(one: string, other: string, matcher: HandleMatcher): boolean {
  return matcher === 'exact' ? one === other : beforeAt(one) === beforeAt(other);
}

/** What stands before the first `@` of a handle. */
export function beforeAt(handle: string): string {
  const at = handle.indexOf('@');
  return at === -1 ? handle : handle.slice(0, at);
}

/** One leading `+` is cut; every sign but `*` is literal; `*` is any text without a line break; both ends are anchored. */
function patternOf(pattern: string): RegExp {
  const literal = withoutPlus(pattern).replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '.*')}$`);
}

/** Without one leading `+`, which no comparison reads. */
export function withoutPlus(text: string): string {
  return text.startsWith('+') ? text.slice(1) : text;
}
