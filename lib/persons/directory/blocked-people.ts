import 'server-only';
import { blocks, inForce } from '#lib/access/rules/access-rules.ts';
import { decidingRules, type AccessRead } from '#lib/access/rules/blocked.ts';
import { beforeAt } from '#lib/access/rules/match.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence, searchPersons } from '#lib/omni/resources/persons.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { PeopleIndex } from '#lib/persons/people-index/people-index.ts';

/** So many rules are resolved, and so many people read for that, at once and for how long. */
const MOST_RULES = 60;
const MOST_PEOPLE = 150;
const HITS = 100;
const AT_ONCE = 6;
const DEADLINE_MS = 8000;
const SHORTEST = 4;

/**
 * Who is blocked for sure by a rule. `unresolved`: rules that name too little to be looked for, or could not be: whom they
 * block is not listed. `allowlists`: instances where everybody without an allowing rule is blocked, who are not listed either.
 */
export type BlockedPeople = { people: PeopleIndex; unresolved: number; allowlists: string[] };

/**
 * From rules to people: whom a blocking rule names, and whom Omni's search finds by its handle or phone (contract §3), each read with their
 * handles and decided as Omni decides. Scope `persons:read`.
 */
export async function blockedPeople(omni: Omni, read: AccessRead): Promise<BlockedPeople> {
  const rules = read.rules.filter((rule) => blocks(rule) && inForce(rule, read.now));
  const asked = rules.map((rule) => ({ rule, texts: textsOf(rule) }));
  const some = asked.filter(({ texts }) => texts.every((text) => text.length >= SHORTEST)).slice(0, MOST_RULES);
  const texts = [...new Set(some.flatMap((one) => one.texts))];
  const fanned = { concurrency: AT_ONCE, deadlineMs: DEADLINE_MS };
  const found = await fanOut(omni, texts, fanned, (search, signal) =>
    searchPersons(omni, { search, limit: HITS }, signal),
  );
  const hits = new Map(found.flatMap((one) => (one.state === 'ok' ? [[one.item, one.value.items] as const] : [])));
  const named = rules.flatMap(({ personId }) => personId ?? []);
  const ids = [...new Set([...named, ...[...hits.values()].flat().map(({ id }) => id)])];
  const people = await fanOut(omni, ids.slice(0, MOST_PEOPLE), fanned, (id, signal) => getPresence(omni, id, signal));
  const blocked = new PeopleIndex();
  for (const one of people) {
    if (one.state !== 'ok') continue;
    const { person, identities } = one.value;
    const decide = decidingRules(read, identities, person.primaryPhone);
    if (rules.some(({ id }) => decide.has(id))) blocked.put(person, 1);
  }
  const unread = new Set([...ids.slice(MOST_PEOPLE), ...people.flatMap((one) => (one.state === 'ok' ? [] : one.item))]);
  const isResolved = ({ rule, texts: own }: (typeof asked)[number]) => {
    const answers = own.map((text) => hits.get(text));
    const all = [...answers.flatMap((answer) => (answer ?? []).map(({ id }) => id)), rule.personId ?? ''];
    return answers.every((answer) => answer && answer.length < HITS) && !all.some((id) => unread.has(id));
  };
  return {
    people: blocked,
    unresolved: asked.filter((one) => !isResolved(one)).length,
    allowlists: read.instances.filter(({ accessMode }) => accessMode === 'allowlist').map(({ name }) => name),
  };
}

/** What stands in every handle that a rule fits, by its handle and by its phone. `%` and `_` are wildcards of Omni's search. */
function textsOf({ platformUserId, phonePattern }: AccessRule): string[] {
  const phone = phonePattern ? [longest(phonePattern.replace(/^\+/, '').split('*'))] : [];
  return [...(platformUserId ? [beforeAt(platformUserId)] : []), ...phone].map((text) => longest(text.split(/[%_]/)));
}

function longest(parts: readonly string[]): string {
  return parts.reduce((one, other) => (other.length > one.length ? other : one), '');
}
