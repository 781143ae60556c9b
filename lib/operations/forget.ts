import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Store } from '#lib/store/database.ts';
import { NOTHING_PLANNED, sealBody } from './body.ts';
import type { EntryBody } from './entry.ts';
import { readEntries } from './journal.ts';
import { ENDED } from './retention.ts';

/** Who asks that a person be forgotten: for the entry that says it was done. */
export type Asker = { actor: string; keyName: string; yourName: string | null };

/** `kept` entries have not ended (interrupted, or running now): they are needed to end, and can be forgotten afterwards. */
export type Forgotten = { forgotten: number; kept: number; entryId: string };

/**
 * Takes everything personal out of the ended entries that touched a person of a server: what was there before, the plan,
 * the receipt, the command, what they are found by. Kind, time, outcome, actor and ids stay. Taking such an entry back is
 * not possible any more. An entry of its own says that this was done.
 */
export async function forgetPerson(
  db: Store,
  server: string,
  personId: string,
  asker: Asker,
  now: number,
): Promise<Forgotten> {
  const subject = `person:${personId}`;
  return db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('operations')
      .selectAll()
      .where('server', '=', server)
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('operation_subjects')
          .select('entry_id')
          .where('server', '=', server)
          .where('subject', '=', subject),
      )
      .execute();
    const entries = await readEntries(tx, rows);
    const toForget = entries.filter(({ body, status }) => ENDED.includes(status) && body.gone !== 'forgotten');
    let forgotten = 0;
    for (const { id, body, fence } of toForget) {
      const blanked = await tx
        .updateTable('operations')
        .set({ body: sealBody(id, stub(body)) })
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
    const entryId = await noteForgetting(tx, server, subject, asker, forgotten, now);
    return { forgotten, kept, entryId };
  });
}

/** What is left: who did it, and that it cannot be taken back. Titles hold names, so they go, too. */
function stub({ who }: EntryBody): EntryBody {
  const plan = { ...NOTHING_PLANNED, title: { key: 'forgotten' } };
  return { input: null, before: null, plan, who, undo: { impossible: { key: 'forgotten' } }, gone: 'forgotten' };
}

async function noteForgetting(
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
      created_at: now,
      touched_at: now,
      finished_at: now,
      body: sealBody(id, body),
    })
    .execute();
  await tx.insertInto('operation_subjects').values({ entry_id: id, server, subject }).execute();
  return id;
}
