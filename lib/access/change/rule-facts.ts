import 'server-only';
import { beforeAt, fits, type HandleMatcher } from '#lib/access/rules/match.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import { getPerson, getPresence, searchPersons } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { visibleName } from '#lib/text/visible.ts';

/** Both ways a server may compare handles: what differs between them can't be told (access contract §9). */
export const MATCHERS: readonly HandleMatcher[] = ['exact', 'before-at'];

/** At most so many hits of a search for a handle are read for their handles; so many calls at once. */
const HITS = 20;
const MOST_READ = 8;
const AT_ONCE = 4;
const SHORTEST = 5;

type Criteria = Pick<AccessRule, 'phonePattern' | 'platformUserId' | 'instanceId'>;

/** Somebody a rule names or fits. `name` null: none, or not known. */
export type RulePerson = { id: string; name: string | null };

/**
 * What a change of an access rule depends on. `people`: those that are named, `gone` those of them that Omni doesn't have. `fitting`: people
 * found whose handles the rule fits, null where nobody could be looked for. `now`: milliseconds since 1970.
 */
export type RuleFacts = {
  rules: readonly AccessRule[];
  instances: readonly Instance[];
  people: readonly RulePerson[];
  gone: readonly string[];
  fitting: readonly RulePerson[] | null;
  serverUrl: string;
  now: number;
};

/** Reads it fresh. Scopes `access:read`, `instances:read`; with `persons:read` names, too. `about`: the rules before and after, and who is named. */
export async function readRuleFacts(
  omni: Omni,
  scopes: readonly string[] | null,
  about: (rules: readonly AccessRule[]) => { criteria: readonly Criteria[]; people: readonly (string | null)[] },
): Promise<Result<RuleFacts, OmniError>> {
  const [rules, instances, now] = await Promise.all([listAccessRules(omni), listAllInstances(omni), omniNow(omni)]);
  if (!rules.ok) return rules;
  if (!instances.ok) return instances;
  const { criteria, people } = about(rules.value);
  const ids = [...new Set(people.flatMap((id) => id ?? []))];
  const [named, fitting] =
    allows(scopes, 'persons:read') === 'no'
      ? [[], null]
      : await Promise.all([Promise.all(ids.map((id) => readName(omni, id))), whoFits(omni, criteria)]);
  return ok({
    rules: rules.value,
    instances: instances.value,
    people: ids.map((id) => ({ id, name: named.find((one) => one.id === id)?.name ?? null })),
    gone: named.flatMap(({ id, gone }) => (gone ? [id] : [])),
    fitting,
    serverUrl: omni.server.url,
    now,
  });
}

async function readName(omni: Omni, id: string): Promise<RulePerson & { gone: boolean }> {
  const person = await getPerson(omni, id);
  const gone = !person.ok && person.error.kind === 'not_found';
  return { id, name: person.ok ? visibleName(person.value.displayName) : null, gone };
}

async function whoFits(omni: Omni, criteria: readonly Criteria[]): Promise<RulePerson[] | null> {
  const texts = criteria.flatMap(({ platformUserId, phonePattern }) => [
    ...(platformUserId ? [beforeAt(platformUserId)] : []),
    ...(phonePattern ? [longest(phonePattern.split(/[*+]/))] : []),
  ]);
  const searches = [...new Set(texts)].filter((text) => text.length >= SHORTEST);
  const found = await fanOut(omni, searches, { concurrency: AT_ONCE }, (text, signal) =>
    searchPersons(omni, { search: text.replaceAll(/[%_]/g, ''), limit: HITS }, signal),
  );
  const ids = [...new Set(found.flatMap((one) => (one.state === 'ok' ? one.value.items.map(({ id }) => id) : [])))];
  const read = await fanOut(omni, ids.slice(0, MOST_READ), { concurrency: AT_ONCE }, (id) => getPresence(omni, id));
  if ([...found, ...read].some(({ state }) => state !== 'ok')) return null;
  return read.flatMap((one) => {
    if (one.state !== 'ok') return [];
    const { person, identities } = one.value;
    const hit = identities.some(({ instanceId, platformUserId }) =>
      criteria.some((rule) => (rule.instanceId ?? instanceId) === instanceId && fitsEither(rule, platformUserId)),
    );
    return hit ? [{ id: person.id, name: visibleName(person.displayName) }] : [];
  });
}

function fitsEither(rule: Criteria, handle: string): boolean {
  return [handle, beforeAt(handle)].some((form) => MATCHERS.some((matcher) => fits(rule, form, matcher) === 'yes'));
}

function longest(parts: readonly string[]): string {
  return parts.reduce((one, other) => (other.length > one.length ? other : one), '');
}
