import 'server-only';
import { blocks, inForce } from '#lib/access/rules/access-rules.ts';
import { decidingRules, rulesAbout, type AccessRead } from '#lib/access/rules/blocked.ts';
import { beforeAt } from '#lib/access/rules/match.ts';
import { ruleState } from '#lib/access/rules/rule-state.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence, searchPersons } from '#lib/omni/resources/persons.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { GENERATIONS, type OmniGeneration } from '#lib/scopes/generations.ts';
import { PeopleIndex } from '#lib/persons/people-index/people-index.ts';
import { phoneText, textOfPhone } from '#lib/text/phone-text.ts';
import { handleOf } from './handle.ts';

/** So many rules are resolved, and so many people read for that, at once and for how long. */
const MOST_RULES = 60;
const MOST_PEOPLE = 150;
const HITS = 100;
const AT_ONCE = 6;
const DEADLINE_MS = 8000;
const SHORTEST = 4;

/**
 * What a rule blocks besides the people who are listed: its phone or handle. `nobody`: no person has it. `not-all`: the rule names too little
 * to be looked for, or somebody could not be read, so that not everyone it blocks is listed.
 */
export type BlockedText = { by: 'phone' | 'handle'; text: string; whom: 'nobody' | 'not-all' };

/**
 * Who is blocked for sure by a rule. `texts`: what is blocked without a person, the newest rule first. `allowlists`: instances where everybody
 * without an allowing rule is blocked, who are not listed either.
 */
export type BlockedPeople = { people: PeopleIndex; texts: BlockedText[]; allowlists: string[] };

/**
 * From rules to people: whom a blocking rule names, and whom Omni's search finds by its handle or phone (contract §3), each read with their
 * handles and decided as Omni decides. February's search finds no handles (contract §9), so that somebody may be missing. Scope
 * `persons:read`.
 */
export async function blockedPeople(omni: Omni, read: AccessRead, generation: OmniGeneration): Promise<BlockedPeople> {
  const { searchFindsHandles } = GENERATIONS[generation];
  const byId = new Map(read.instances.map((instance) => [instance.id, instance]));
  // A rule that another one comes before everywhere blocks nobody.
  const rules = read.rules.filter(
    (rule) =>
      blocks(rule) &&
      inForce(rule, read.now) &&
      !['older', 'off'].includes(ruleState(rule, read.rules, byId, read.now).is),
  );
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
  const fitting = new Set<string>();
  for (const one of people) {
    if (one.state !== 'ok') continue;
    const { person, identities } = one.value;
    const decide = decidingRules(read, identities, person.primaryPhone);
    if (rules.some(({ id }) => decide.has(id))) blocked.put(person, 1);
    for (const { id } of rulesAbout({ ...read, rules }, '', identities)) fitting.add(id);
  }
  const unread = new Set([...ids.slice(MOST_PEOPLE), ...people.flatMap((one) => (one.state === 'ok' ? [] : one.item))]);
  const isResolved = ({ rule, texts: own }: (typeof asked)[number]) => {
    const answers = own.map((text) => hits.get(text));
    const all = [...answers.flatMap((answer) => (answer ?? []).map(({ id }) => id)), rule.personId ?? ''];
    const found = answers.every((answer) => answer && searchFindsHandles && answer.length < HITS);
    return found && !all.some((id) => unread.has(id));
  };
  return {
    people: blocked,
    texts: asked
      .filter((one) => !isResolved(one) || !fitting.has(one.rule.id))
      .toSorted((one, other) => Date.parse(other.rule.createdAt) - Date.parse(one.rule.createdAt))
      .map((one) => ({ ...blockedText(one.rule, byId), whom: isResolved(one) ? 'nobody' : 'not-all' })),
    allowlists: read.instances.filter(({ accessMode }) => accessMode === 'allowlist').map(({ name }) => name),
  };
}

/** What a rule blocks by, as it is read: a phone where its handle is one, too. */
function blockedText(
  { platformUserId: handle, phonePattern: pattern, instanceId }: AccessRule,
  instances: ReadonlyMap<string, Instance>,
): Pick<BlockedText, 'by' | 'text'> {
  if (!handle) return { by: 'phone', text: (pattern && phoneText(pattern)) || (pattern ?? '') };
  const bare = beforeAt(handle);
  const isWhatsApp = instances.get(instanceId ?? '')?.channel.startsWith('whatsapp') ?? false;
  const channel = isWhatsApp || handle !== bare ? 'whatsapp-business' : '';
  const { phone } = handleOf({ channel, platformUserId: handle });
  return phone ? { by: 'phone', text: textOfPhone(phone) } : { by: 'handle', text: handle };
}

/** What stands in every handle that a rule fits, by its handle and by its phone. `%` and `_` are wildcards of Omni's search. */
function textsOf({ platformUserId, phonePattern }: AccessRule): string[] {
  const phone = phonePattern ? [longest(phonePattern.replace(/^\+/, '').split('*'))] : [];
  return [...(platformUserId ? [beforeAt(platformUserId)] : []), ...phone].map((text) => longest(text.split(/[%_]/)));
}

function longest(parts: readonly string[]): string {
  return parts.reduce((one, other) => (other.length > one.length ? other : one), '');
}
