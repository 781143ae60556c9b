import { decideAccess, type AccessDecision } from '#lib/access/rules/decide.ts';
import { beforeAt, fits, type HandleMatcher } from '#lib/access/rules/match.ts';
import { inForce } from '#lib/access/rules/access-rules.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { PersonRecord } from '#lib/persons/record/person-record.ts';

/**
 * Why a rule is needed for a handle. `only`: it has one form. `bare`: a message comes with it. `stored`: Omni stores it so. `phone`: Omni asks
 * for it where a WhatsApp LID is blocked (access contract §6.3, unproved).
 */
export type HandleForm = 'only' | 'bare' | 'stored' | 'phone';
export type NeededHandle = { handle: string; form: HandleForm };

/** Both ways a server may compare handles: what differs between them can't be told (access contract §9). */
const MATCHERS: readonly HandleMatcher[] = ['exact', 'before-at'];

/** What decides on access: all rules and instances, as read. */
export type AccessRulesRead = { rules: readonly AccessRule[]; instances: readonly Instance[] };

/** A person's identities on an instance, or on all of them (null). */
export function identitiesAt({ identities }: PersonRecord, instanceId: string | null) {
  return identities.filter((one) => one.instanceId !== null && (instanceId === null || one.instanceId === instanceId));
}

/**
 * The handles that rules must name to keep somebody out: a message comes with the bare handle, `/access/check` asks for the stored one, and a
 * rule that names one form matches no other (access contract §6.3). For a LID, the phone besides.
 */
export function handlesToBlock(record: PersonRecord, instanceId: string | null): NeededHandle[] {
  const all = identitiesAt(record, instanceId).flatMap(({ platformUserId }): NeededHandle[] => {
    const bare = beforeAt(platformUserId);
    if (bare === platformUserId || bare === '') return [{ handle: platformUserId, form: 'only' }];
    const phone = platformUserId.endsWith('@lid') ? phoneDigits(record) : '';
    return [
      { handle: bare, form: 'bare' },
      { handle: platformUserId, form: 'stored' },
      ...(phone ? [{ handle: phone, form: 'phone' as const }] : []),
    ];
  });
  return [...new Map(all.toReversed().map((one) => [one.handle, one])).values()].toReversed();
}

/** Whether messages may still come under a WhatsApp id that no identity of the person has: the phone is known there and no LID is. */
export function lidMayPass(record: PersonRecord, instanceId: string | null): boolean {
  const handles = identitiesAt(record, instanceId).map(({ platformUserId }) => platformUserId);
  return handles.some((one) => one.endsWith('@s.whatsapp.net')) && !handles.some((one) => one.endsWith('@lid'));
}

/** The priority a new rule needs to decide before every allowing rule that fits these handles: of equals the newest decides (§6.2). */
export function priorityOver(
  { rules }: AccessRulesRead,
  handles: readonly NeededHandle[],
  instanceId: string | null,
): number {
  const fitting = rules.filter(
    (rule) =>
      rule.ruleType === 'allow' &&
      rule.enabled &&
      (instanceId === null || rule.instanceId === null || rule.instanceId === instanceId) &&
      handles.some(({ handle }) => MATCHERS.some((matcher) => fits(rule, handle, matcher) !== 'no')),
  );
  return Math.max(0, ...fitting.map(({ priority }) => priority));
}

/** Whether a rule for exactly this handle blocks at this place, for good. */
export function isCovered({ rules }: AccessRulesRead, handle: string, instanceId: string | null, now: number): boolean {
  return rules.some(
    (rule) =>
      rule.ruleType === 'deny' &&
      rule.platformUserId === handle &&
      rule.instanceId === instanceId &&
      rule.expiresAt === null &&
      inForce(rule, now),
  );
}

/** What access control decides on an instance for a person there. */
export type AccessThere = { instance: Instance; handles: string[]; decision: AccessDecision };

/**
 * What is decided on each of the person's instances at a place. Blocked where every identity is, allowed where every one is; else it can't
 * be told in one word.
 */
export function accessAt(
  read: AccessRulesRead,
  record: PersonRecord,
  instanceId: string | null,
  now: number,
): AccessThere[] {
  const phone = record.person.primaryPhone;
  const byId = new Map(read.instances.map((instance) => [instance.id, instance]));
  const there = Map.groupBy(identitiesAt(record, instanceId), (one) => one.instanceId);
  return [...there].flatMap(([id, identities]) => {
    const instance = byId.get(id ?? '');
    if (!instance) return [];
    const facts = { instanceId: instance.id, mode: instance.accessMode, rules: read.rules, matchers: MATCHERS, now };
    const decisions = identities.map(({ platformUserId }) => decideAccess(facts, platformUserId, phone));
    const [first] = decisions;
    if (!first) return [];
    const other = decisions.find(({ is }) => is !== first.is);
    const decision: AccessDecision = other ? { is: 'unknown', why: 'form' } : first;
    return [{ instance, handles: identities.map(({ platformUserId }) => platformUserId), decision }];
  });
}

/** Whether one of somebody's handles is hit by rules for these. */
export function isHit(handles: readonly NeededHandle[], theirs: readonly string[]): boolean {
  return theirs.some((one) =>
    handles.some(({ handle }) => one === handle || beforeAt(one) === handle || beforeAt(one) === beforeAt(handle)),
  );
}

/** The person's own phone as digits, as a message carries it. */
function phoneDigits({ person, identities }: PersonRecord): string {
  const own = identities.find(({ platformUserId }) => platformUserId.endsWith('@s.whatsapp.net'));
  return own ? beforeAt(own.platformUserId) : (person.primaryPhone ?? '').replaceAll(/\D/g, '');
}
