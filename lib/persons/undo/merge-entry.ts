import 'server-only';
import type { Entry, StepState } from '#lib/operations/journal/entry.ts';
import { listEntries, type EntryReader } from '#lib/operations/journal/list.ts';
import { mergesOf } from '#lib/persons/directory/old-ids.ts';
import type { Store } from '#lib/store/database.ts';

const MOST = 20;
const SENT: ReadonlySet<StepState> = new Set(['intended', 'done', 'unknown']);

/**
 * The newest merge of one person into another that the journal knows and the reader may see, if something of it was
 * sent; else null. Merges of many are among them where they merge this pair. Where the duplicate is gone from Omni, this is why; an undo brings a person with
 * another id, and the entry says that it was undone.
 */
export async function mergeEntryOf(
  db: Store,
  reader: EntryReader,
  { survivor, duplicate }: { survivor: string; duplicate: string },
): Promise<Entry | null> {
  const filter = { operations: ['persons.merge', 'persons.merge-many'], subject: `person:${duplicate}` };
  const entries = await listEntries(db, reader, filter, MOST);
  const found = entries.find((entry) => {
    const own = mergesOf(entry).find(({ was, now }) => was === duplicate && now === survivor);
    return own && entry.steps.some(({ id, state }) => id.startsWith(own.steps) && SENT.has(state));
  });
  return found ?? null;
}
