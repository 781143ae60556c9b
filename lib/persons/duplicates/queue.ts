import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { PeopleIndex, IndexedPerson } from '#lib/persons/people-index/people-index.ts';
import { fieldsOf } from '#lib/persons/people-index/find.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { userOf } from '#lib/persons/directory/handle.ts';
import { personRow, type PersonRow } from '#lib/persons/directory/row.ts';
import { readPersonRecord, type PersonRecord } from '#lib/persons/record/person-record.ts';
import type { Store } from '#lib/store/database.ts';
import { phoneText } from '#lib/text/phone-text.ts';
import { decidedByFields } from './decisions.ts';
import { evidenceFor, isLikely, type Evidence } from './duplicate-evidence.ts';
import { evidenceOfFields, inCommon, likelyGroups, likelyPairs, type InCommon, type SharedByMany } from './likely.ts';

/** A line of the queue: two people who may be one, and why. `id` names the pair. */
export type QueuedPair = { id: string; same: InCommon[]; one: PersonRow; other: PersonRow };

/** The queue: its first lines, how many there are, and what so many share that nobody is compared for it. */
export type DuplicatesQueue = { pairs: QueuedPair[]; count: number; shared: SharedByMany[] };

/** A person of an opened pair, as Omni has them now. */
export type ComparedPerson = PersonRow & { handles: { channel: string; handle: string; messages: number }[] };

/** An opened pair; a person is null where they are gone. `likely`: more than a name speaks for it. */
export type ComparedPair = {
  one: ComparedPerson | null;
  other: ComparedPerson | null;
  evidence: Evidence[];
  likely: boolean;
};

/** The pairs of a directory that nobody has told apart on what they still have in common. `most`: so many lines. */
export async function duplicatesQueue(
  db: Store,
  server: string,
  people: PeopleIndex,
  most: number,
): Promise<DuplicatesQueue> {
  const decided = await decidedByFields(db, server);
  const groups = likelyGroups(people);
  const pairs = likelyPairs(groups, (one, other) => decided(one.id, other.id, () => evidenceOfFields(one, other)));
  return {
    count: pairs.length,
    shared: groups.shared.map((one) => ({ ...one, value: phoneText(one.value) ?? one.value })),
    pairs: pairs.slice(0, most).map(({ one, other }) => ({
      id: `${one.id}.${other.id}`,
      same: inCommon(one, other),
      one: rowOf(one),
      other: rowOf(other),
    })),
  };
}

const rowOf = (person: IndexedPerson) => personRow(fieldsOf(person));

/** Reads two people with their handles, and what speaks for and against their being one. Scope `persons:read`. */
export async function comparePair(
  omni: Omni,
  ids: readonly [string, string],
): Promise<Result<ComparedPair, OmniError>> {
  const [one, other] = await Promise.all([readPersonRecord(omni, ids[0]), readPersonRecord(omni, ids[1])]);
  if (!one.ok) return one;
  if (!other.ok) return other;
  const evidence = one.value && other.value ? evidenceFor(one.value, other.value) : [];
  return ok({ one: comparedOf(one.value), other: comparedOf(other.value), evidence, likely: isLikely(evidence) });
}

function comparedOf(record: PersonRecord | null): ComparedPerson | null {
  if (!record) return null;
  return {
    ...personRow(record.person),
    handles: record.identities.map(({ channel, platformUserId, messageCount }) => ({
      channel: channelName(channel),
      handle: userOf(platformUserId),
      messages: messageCount,
    })),
  };
}
