'use server';

import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { readerOf } from '#lib/actions/runner.ts';
import { forgetPerson } from '#lib/operations/journal/forget.ts';
import { listEntries, type Filter, type EntryReader } from '#lib/operations/journal/list.ts';
import { createOldIds, ID_OPERATIONS } from '#lib/persons/directory/old-ids.ts';
import { forgetDecisionsAbout } from '#lib/persons/duplicates/decisions.ts';
import { isPerson } from '#lib/persons/directory/is-person.ts';
import { forgetSavedTestsOf } from '#lib/routes/tests/saved-tests.ts';
import { storeNow } from '#lib/store/clock.ts';
import { store, type Store } from '#lib/store/database.ts';

const BATCH = 200;

const forget = defineAction({
  name: 'journal.forget',
  scope: 'keys:write',
  proof: true,
  input: z.strictObject({ personId: z.uuid().toLowerCase() }),
  run: async ({ input, ...signed }) => {
    const { server, actor, keyName, yourName } = signed.session;
    const db = await store();
    if (!(await isPerson(db, server.id, signed.omni, input.personId))) return { ok: false, code: 'not_found' };
    const ids = [input.personId, ...(await earlierIds(db, readerOf(signed), input.personId))] as const;
    const { forgotten, kept } = await forgetPerson(
      db,
      server.id,
      ids,
      { actor, keyName, yourName },
      await storeNow(db),
    );
    for (const id of ids) {
      await forgetDecisionsAbout(db, server.id, id);
      await forgetSavedTestsOf(db, server.id, id);
    }
    return { ok: true, data: { forgotten, kept } };
  },
});

/** The earlier ids of this person, from merges in the journal. */
async function earlierIds(db: Store, reader: EntryReader, personId: string): Promise<string[]> {
  const oldIds = createOldIds();
  const ids: string[] = [];
  let before: Filter['before'];
  for (;;) {
    const filter = { operations: ID_OPERATIONS, ...(before ? { before } : {}) };
    const batch = await listEntries(db, reader, filter, BATCH);
    for (const { was, today } of batch.flatMap((entry) => oldIds(entry))) if (today === personId) ids.push(was);
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return ids;
    before = { at: last.createdAt, id: last.id };
  }
}

/** Deletes the personal data in ended entries about one person; the entries stay without their content. */
export async function forgetPersonAction(input: {
  personId: string;
}): Promise<ActionResult<{ forgotten: number; kept: number }>> {
  return forget(input);
}
