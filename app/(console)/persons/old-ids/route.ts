import { z } from 'zod';
import type { CsvLine } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import { readerOf } from '#lib/actions/runner.ts';
import { ok } from '#lib/omni/result.ts';
import { allEntries } from '#lib/operations/journal/list.ts';
import { createOldIds, ID_OPERATIONS } from '#lib/persons/directory/old-ids.ts';
import { store } from '#lib/store/database.ts';

/** Every id that a merge deleted and the id it was merged into, for systems that still use the old one. */
export const GET = csvRoute({
  scope: null,
  params: z.object({}),
  read: async (signed) => {
    const db = await store();
    async function* lines(): AsyncGenerator<CsvLine> {
      const follow = createOldIds();
      for await (const entry of allEntries(db, readerOf(signed), { operations: ID_OPERATIONS })) {
        const who = entry.body.who.yourName ?? entry.body.who.keyName;
        for (const { was, now, today } of follow(entry))
          yield [was, now, today, { moment: entry.createdAt }, entry.operation, who, entry.id];
      }
    }
    const columns = ['old_id', 'new_id', 'id_today', 'time', 'operation', 'who', 'entry'] as const;
    return ok({ name: 'old-ids', columns, lines: lines() });
  },
});
