import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Store } from '#lib/store/database.ts';
import { NOTHING_PLANNED, sealBody } from './body.ts';
import type { Entry, EntryBody } from './entry.ts';
import { readEntries } from './journal.ts';
import { ENDED } from './retention.ts';

const BATCH = 200;

/** Who asks that a person be forgotten: for the entry that says it was done. */
export type Asker = { actor: string; keyName: string; yourName: string | null };

/** `kept` entries have not ended (interrupted, or running now): their data are needed until then, and can be forgotten afterwards. */
export type Forgotten = { forgotten: number; kept: number; entryId: string };

/**
 * Takes everything personal out of the ended entries that name a person of a server, by any of the ids that person had (the
 * one of today first), be it only in a snapshot of a route: the facts, the plan, the receipt, the command,
 * what they are found by. Kind, time, outcome, actor and ids stay. Such an entry can't be undone any more. An entry of its
 * own says that this was done.
 */
export async function forgetPerson(
  db: Store,
  server: string,
  personIds: readonly [string, ...string[]],
  asker: Asker,
  now: number,
): Promise<Forgotten> {
  const subject = `person:${personIds[0]}`;
  return db.transaction().execute(async (tx) => {
    const entries = await entriesNaming(tx, server, personIds);
    const toForget = entries.filter(({ body, status }) => ENDED.includes(status) && body.gone !== 'forgotten');
    let forgotten = 0;
    for (const { id, body, fence } of toForget) {
      const blanked = await tx
        .updateTable('operations')
        .set({ body: sealBody(id, emptied(body)) })
        .where('id', '=', id)
        .where('fence', '=', fence)
        .where('status', 'in', ENDED)
        .executeTakeFirst();
      if (blanked.numUpdatedRows !== 1n) continue;
      forgotten += 1;
      await tx.updateTable('operation_steps').set({ outcome: null }).where('entry_id', '=', id).execute();
      await tx.deleteFrom('operation_finds').where('entry_id', '=', id).execute();
    }
    const kept = entries.filter(({ body }) => body.gone !== 'forgotten').length - forgotten;
    const entryId = await recordForgetting(tx, server, subject, asker, forgotten, now);
    return { forgotten, kept, entryId };
  });
}

/** Every entry that names one of the ids, in clear or in what is sealed. Bodies have to be opened to be searched. */
async function entriesNaming(tx: Store, server: string, ids: readonly string[]): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let last = ''; ;) {
    const rows = await tx
      .selectFrom('operations')
      .selectAll()
      .where('server', '=', server)
      .where('id', '>', last)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    for (const entry of await readEntries(tx, rows)) {
      const text = JSON.stringify([entry.subjects, entry.body, entry.steps]).toLowerCase();
      if (ids.some((id) => text.includes(id.toLowerCase()))) found.push(entry);
    }
    last = rows.at(-1)?.id ?? '';
    if (rows.length < BATCH) return found;
  }
}

/** What is left: who did it, and that it can't be undone. Titles hold names, so they are removed, too. */
function emptied({ who }: EntryBody): EntryBody {
  const plan = { ...NOTHING_PLANNED, title: { key: 'forgotten' } };
  return { input: null, before: null, plan, who, undo: { impossible: { key: 'forgotten' } }, gone: 'forgotten' };
}

async function recordForgetting(
  tx: Store,
  server: string,
  subject: string,
  { actor, keyName, yourName }: Asker,
  count: number,
  now: number,
): Promise<string> {
  const id = randomUUID();
  const plan = { ...NOTHING_PLANNED, title: { key: 'forget.title', values: { count } } };
  const undo = { impossible: { key: 'forgotten' } };
  const body: EntryBody = { input: null, before: null, plan, who: { keyName, yourName }, undo };
  await tx
    .insertInto('operations')
    .values({
      id,
      preview_id: id,
      operation: 'journal.forget',
      server,
      actor,
      status: 'done',
      fence: 1,
      lease_until: 0,
      stop_requested: 0,
      undo_of: null,
      undone_by: null,
      open_until: null,
      created_at: now,
      touched_at: now,
      finished_at: now,
      body: sealBody(id, body),
    })
    .execute();
  await tx.insertInto('operation_subjects').values({ entry_id: id, server, subject }).execute();
  return id;
}
