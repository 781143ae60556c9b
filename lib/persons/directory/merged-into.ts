import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listEntries, mayRead, type EntryReader } from '#lib/operations/journal/list.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import type { Store } from '#lib/store/database.ts';
import { readPersonRecord } from '#lib/persons/record/person-record.ts';
import { ID_OPERATIONS, replacedIds } from './old-ids.ts';

/** Where an id that Omni has deleted leads: the person today, and the change that did it where the reader may see it. */
export type MergedInto = { id: string; entry: { id: string; who: string; at: number } | null };

const MOST_ENTRIES = 20;
const MOST_HOPS = 20;
const MOST_READ = 6;

/**
 * Follows an id through the merges and undos that the console did on this server, or null where it knows of none. Whom an id leads to is
 * told to everyone who reads people; who merged them only to readers of that entry. `at` in milliseconds.
 */
export async function mergedInto(db: Store, reader: EntryReader, id: string): Promise<MergedInto | null> {
  let found: MergedInto | null = null;
  const seen = new Set<string>();
  for (let was = id; seen.size < MOST_HOPS && !seen.has(was);) {
    seen.add(was);
    const step = await nextOf(db, reader, was);
    if (!step) break;
    const { entry } = step;
    const who = entry.body.who.yourName ?? entry.body.who.keyName;
    found = { id: step.now, entry: mayRead(entry, reader) ? { id: entry.id, who, at: entry.createdAt } : null };
    was = step.now;
  }
  return found;
}

/**
 * The id under which an undo of this console brought somebody back, or the id itself: what is undone before names the person by the id of
 * then. Who was merged away again is not followed.
 */
async function broughtBack(db: Store, reader: EntryReader, id: string): Promise<string> {
  let today = id;
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const step = await nextOf(db, reader, today);
    if (!step?.entry.operation.endsWith('-undo') || step.entry.operation === 'persons.unlink-undo') break;
    today = step.now;
  }
  return today;
}

/** An input of an undo with the people of today in the fields that name one. */
export async function withBroughtBack<I extends object, N extends keyof I>(
  input: I,
  names: readonly N[],
  db: Store,
  reader: EntryReader,
): Promise<I> {
  const today = await Promise.all(
    names.map(async (name) => [name, await broughtBack(db, reader, String(input[name]))] as const),
  );
  return { ...input, ...Object.fromEntries(today) };
}

/** The newest entry that deleted or replaced an id, and what the id was then. */
async function nextOf(db: Store, reader: EntryReader, was: string): Promise<{ now: string; entry: Entry } | null> {
  const filter = { operations: ID_OPERATIONS, subject: `person:${was}` };
  const entries = await listEntries(db, everything(reader), filter, MOST_ENTRIES);
  const all = entries.flatMap((entry) => replacedIds(entry).map((pair) => ({ ...pair, entry })));
  return all.find((pair) => pair.was === was) ?? null;
}

/** The person that a pasted id leads to, which is no person's of Omni: who was merged, or who holds an identity that the journal knows. */
export async function personToday(db: Store, reader: EntryReader, omni: Omni, id: string): Promise<string | null> {
  const merged = await mergedInto(db, reader, id);
  if (merged) return merged.id;
  const entries = await listEntries(db, everything(reader), { subject: `identity:${id}` }, MOST_ENTRIES);
  const people = entries.flatMap(({ subjects }) =>
    subjects.flatMap((subject) => (subject.startsWith('person:') ? [subject.slice('person:'.length)] : [])),
  );
  for (const person of [...new Set(people)].slice(0, MOST_READ)) {
    const record = await readPersonRecord(omni, person);
    if (record.ok && record.value?.identities.some((identity) => identity.id === id)) return person;
  }
  return null;
}

/** Ids only are taken from what this reads. */
function everything({ server, actor }: EntryReader): EntryReader {
  return { server, actor, scopes: ['*'] };
}
