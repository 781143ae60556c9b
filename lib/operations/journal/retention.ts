import 'server-only';
import type { Store } from '#lib/store/database.ts';

/** Statuses of entries that may be purged. `interrupted` is not among them: something of it may be half done. */
export const ENDED = ['done', 'differs', 'failed', 'stopped', 'stale'];

const BATCH = 200;

/**
 * Deletes entries that ended before a moment (milliseconds), with everything that hangs on them; answers how
 * many. Interrupted ones stay however old they are: something of them may be half done.
 */
export async function purgeEntries(db: Store, before: number): Promise<number> {
  for (let purged = 0; ;) {
    const batch = await db.transaction().execute(async (tx) => {
      const rows = await tx
        .selectFrom('operations')
        .select('id')
        .where('finished_at', '<', before)
        .where('status', 'in', ENDED)
        .limit(BATCH)
        .execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return 0;
      // Once more by status: somebody may be continuing one of them right now.
      const gone = await tx
        .deleteFrom('operations')
        .where('id', 'in', ids)
        .where('status', 'in', ENDED)
        .returning('id')
        .execute();
      const deleted = gone.map(({ id }) => id);
      if (deleted.length === 0) return 0;
      for (const table of ['operation_steps', 'operation_subjects', 'operation_finds', 'secrets_sent'] as const) {
        await tx.deleteFrom(table).where('entry_id', 'in', deleted).execute();
      }
      return deleted.length;
    });
    purged += batch;
    if (batch === 0) return purged;
  }
}
