import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Identity } from '#lib/omni/schemas/persons.ts';
import { decideAccess, type AccessDecision } from './decide.ts';
import { beforeAt, fits, type HandleMatcher } from './match.ts';

/** Where a person is blocked for sure: the instances' names, and whether those are all on which they have an identity. */
export type Blocked = { names: string[]; all: boolean };

type Handle = Pick<Identity, 'instanceId' | 'platformUserId'>;

/** What is read to tell where somebody is blocked. `now`: milliseconds since 1970. */
export type AccessRead = {
  rules: readonly AccessRule[];
  instances: readonly Instance[];
  matchers: readonly HandleMatcher[];
  now: number;
};

/** Where access rules keep somebody out, by all of their identities. An instance counts when one of them is blocked there. */
export function blockedPlaces(read: AccessRead, handles: readonly Handle[], phone: string | null): Blocked {
  const here = decisionsOf(read, handles, phone);
  const blocked = here.filter(({ decision }) => decision.is === 'blocked');
  const places = new Set(here.map(({ instance }) => instance.id));
  const names = new Map(blocked.map(({ instance: { id, name } }) => [id, name]));
  return { names: [...names.values()], all: places.size > 0 && names.size === places.size };
}

/** The ids of the rules that decide on one of somebody's identities. */
export function decidingRules(read: AccessRead, handles: readonly Handle[], phone: string | null): Set<string> {
  return new Set(
    decisionsOf(read, handles, phone).flatMap(({ decision }) =>
      decision.is !== 'unknown' && decision.by ? [decision.by.id] : [],
    ),
  );
}

/** The rules that name a person, or may fit one of their handles on the rule's instance. */
export function rulesAbout(
  { rules, matchers }: Pick<AccessRead, 'rules' | 'matchers'>,
  personId: string,
  handles: readonly Handle[],
): AccessRule[] {
  return rules.filter(
    (rule) =>
      rule.personId === personId ||
      handles.some(
        ({ instanceId, platformUserId }) =>
          (rule.instanceId === null || rule.instanceId === instanceId) &&
          [platformUserId, beforeAt(platformUserId)].some((form) =>
            matchers.some((matcher) => fits(rule, form, matcher) !== 'no'),
          ),
      ),
  );
}

function decisionsOf(
  { rules, instances, matchers, now }: AccessRead,
  handles: readonly Handle[],
  phone: string | null,
): { instance: Instance; decision: AccessDecision }[] {
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  return handles.flatMap(({ instanceId, platformUserId }) => {
    const instance = byId.get(instanceId ?? '');
    if (!instance) return [];
    const facts = { instanceId: instance.id, mode: instance.accessMode, rules, matchers, now };
    return [{ instance, decision: decideAccess(facts, platformUserId, phone) }];
  });
}
