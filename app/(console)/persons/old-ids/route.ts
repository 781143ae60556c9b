import { readerOf } from '#lib/actions/runner.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import { listEntries, type Filter } from '#lib/operations/journal/list.ts';
import { createOldIds, ID_OPERATIONS } from '#lib/persons/directory/old-ids.ts';
import { requireLiveKey } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { overStore } from '#lib/store/over-store.ts';
import { separatorFor } from '#lib/text/csv.ts';
import { csvFile } from '#lib/text/csv-file.ts';

const BATCH = 100;
const COLUMNS = ['old_id', 'new_id', 'id_today', 'time', 'operation', 'who', 'entry'] as const;

/** Every id that a merge deleted and the id it was merged into, as a CSV file, for systems that still use the old one. */
export const GET = overStore(async () => {
  const signed = await requireLiveKey();
  const { locale } = await requestIntl();
  const reader = readerOf(signed);
  const db = await store();

  async function* rows(): AsyncGenerator<string[]> {
    const follow = createOldIds();
    let before: Filter['before'];
    for (;;) {
      const batch = await listEntries(db, reader, { operations: ID_OPERATIONS, ...(before ? { before } : {}) }, BATCH);
      for (const entry of batch) {
        const time = new Date(entry.createdAt).toISOString();
        const who = entry.body.who.yourName ?? entry.body.who.keyName;
        for (const { was, now, today } of follow(entry)) yield [was, now, today, time, entry.operation, who, entry.id];
      }
      const last = batch.at(-1);
      if (!last || batch.length < BATCH) return;
      before = { at: last.createdAt, id: last.id };
    }
  }

  return csvFile('old-ids', COLUMNS, rows(), separatorFor(locale));
});
