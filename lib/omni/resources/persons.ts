import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { permitLink } from '#lib/omni/permits/link-permit.ts';
import { checkedBody, notSent } from '#lib/omni/door/local-error.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { path } from '#lib/omni/door/path.ts';
import { reportPeople } from '#lib/omni/cache/people-heard.ts';
import { read } from '#lib/omni/cache/read.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import {
  linkBody,
  mergeAnswer,
  mergeBody,
  personAnswer,
  personHits,
  personPage,
  personPatch,
  presence,
  timelinePage,
  unlinkAnswer,
  unlinkBody,
  type LinkBody,
  type MergeAnswer,
  type MergeBody,
  type Person,
  type PersonPage,
  type PersonPatch,
  type Presence,
  type TimelinePage,
  type UnlinkAnswer,
  type UnlinkBody,
} from '#lib/omni/schemas/persons.ts';
import { write } from './write.ts';

type Answer<T> = Promise<Result<T, OmniError>>;

/**
 * Persons, newest first. Scope `persons:read`. `limit` 1–100. The cursor is cut to milliseconds: rows that share one are
 * skipped from page to page (contract §1.6).
 */
export async function listPersons(
  omni: Omni,
  query: { limit?: number; cursor?: string } = {},
  signal?: AbortSignal,
): Answer<PersonPage> {
  const asked = performance.now();
  const answer = await read(omni, { path: '/persons', query, schema: personPage, signal });
  return reportPeople(omni, answer, (page) => [{ is: 'page', asked, first: query.cursor === undefined, page }]);
}

/**
 * At most 100 hits, without a total, a cursor or a word about more. Scope `persons:read`. `search` may not be empty; `%`
 * and `_` match anything. A hit's `displayName` may be an alias it was found by (contract §3).
 */
export async function searchPersons(
  omni: Omni,
  query: { search: string; limit?: number },
  signal?: AbortSignal,
): Answer<{ items: Person[] }> {
  return reportPeople(omni, await read(omni, { path: '/persons', query, schema: personHits, signal }), () => []);
}

/** One person's own fields, without identities. Scope `persons:read` (contract §3). */
export async function getPerson(omni: Omni, id: string, signal?: AbortSignal): Answer<Person> {
  const answer = await read(omni, { path: path`/persons/${id}`, schema: personAnswer, signal });
  return reportOne(omni, id, answer, (person) => person);
}

/** A person with all identities and stored activity. Scope `persons:read` (contract §3). */
export async function getPresence(omni: Omni, id: string, signal?: AbortSignal): Answer<Presence> {
  const answer = await read(omni, { path: path`/persons/${id}/presence`, schema: presence, signal });
  return reportOne(omni, id, answer, ({ person }) => person);
}

function reportOne<T>(omni: Omni, id: string, answer: Result<T, OmniError>, personOf: (value: T) => Person) {
  if (!answer.ok && answer.error.kind === 'not_found') reportPeople(omni, ok(null), () => [{ is: 'gone', id }]);
  return reportPeople(omni, answer, (value) => [{ is: 'person', person: personOf(value) }]);
}

/** `channels` are comma separated, `since` and `until` ISO times in UTC, `limit` 1–100. */
export type TimelineQuery = { channels?: string; since?: string; until?: string; limit?: number; cursor?: string };

/** A person's events, newest first. Scope `persons:read`. An unknown person has an empty timeline, not a 404 (contract §1.6). */
export function getTimeline(
  omni: Omni,
  id: string,
  query: TimelineQuery = {},
  signal?: AbortSignal,
): Answer<TimelinePage> {
  return read(omni, { path: path`/persons/${id}/timeline`, query, schema: timelinePage, signal });
}

/**
 * Changes a person's own fields. Scope `persons:write`. A phone another person has is a `conflict` on `primary_phone`; the
 * older generation answers 500, hence `outcome_unknown` (contract §3).
 */
export async function patchPerson(omni: Omni, id: string, patch: PersonPatch): Answer<Person> {
  const call = { method: 'PATCH', path: path`/persons/${id}`, body: patch, schema: personAnswer } as const;
  return reportPeople(omni, await write(omni, personPatch, call), (person) => [{ is: 'person', person }]);
}

/**
 * Moves all identities of the source to the target and deletes the source with its fields, user routes and access rules.
 * Scope `persons:write`. `not_found` also means a source without identities (contract §3.1). A self-merge is never sent.
 */
export async function mergePersons(omni: Omni, body: MergeBody): Answer<MergeAnswer> {
  const answer = await write(omni, mergeBody, { method: 'POST', path: '/persons/merge', body, schema: mergeAnswer });
  return reportPeople(omni, answer, ({ person, deletedPersonId: id }) => [
    { is: 'person', person },
    { is: 'gone', id },
  ]);
}

/**
 * What the plan knows: whether B's person has identities besides B, and whether the plan shown to a person was a merge.
 */
export type LinkPlan = { secondPersonHasOthers: boolean; planIsMerge: boolean };

/**
 * Gives B's identity to A's person; if B has a person, that is a merge of all its identities into A's, so it is refused
 * unless the plan says so (contract §3.2). Scope `persons:write`. Answers A's person.
 */
export async function linkIdentities(omni: Omni, body: LinkBody, plan: LinkPlan): Answer<Person> {
  if (plan.secondPersonHasOthers && !plan.planIsMerge) return err(notSent('unplanned_link'));
  const checked = checkedBody(linkBody, body);
  if (!checked.ok) return checked;
  const call = permitLink({ method: 'POST', path: '/persons/link', body: checked.value, schema: personAnswer });
  return reportPeople(omni, await omni.request(call), (person) => [{ is: 'person', person }, { is: 'changed' }]);
}

/**
 * Moves one identity to a new, empty person. Scope `persons:write`. Not the undo of a merge; the old person stays, maybe
 * without any identity (contract §3.3).
 */
export async function unlinkIdentity(omni: Omni, body: UnlinkBody): Answer<UnlinkAnswer> {
  const answer = await write(omni, unlinkBody, { method: 'POST', path: '/persons/unlink', body, schema: unlinkAnswer });
  return reportPeople(omni, answer, () => [{ is: 'changed' }]);
}
