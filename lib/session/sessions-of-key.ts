import 'server-only';
import type { Store } from '#lib/store/database.ts';
import { sessionState, type Limits } from './session-state.ts';
import { readSessionRow } from './sessions.ts';

/** The other live sessions of a key, by the names given at sign-in, or the key's. Sessions without their key's id are not found. */
export async function othersWithKey(
  db: Store,
  key: { server: string; id: string; except: string },
  now: number,
  limits: Limits,
): Promise<{ name: string; lastSeenAt: number }[]> {
  const rows = await db
    .selectFrom('sessions')
    .select('id')
    .where('server', '=', key.server)
    .where('actor_key_id', '=', key.id)
    .where('id', '!=', key.except)
    .where('ended_at', 'is', null)
    .orderBy('last_seen_at', 'desc')
    .limit(20)
    .execute();
  const sessions = await Promise.all(rows.map(({ id }) => readSessionRow(db, id)));
  return sessions.flatMap((row) =>
    row && sessionState(row, now, limits) === 'live'
      ? [{ name: row.yourName ?? row.keyName, lastSeenAt: row.lastSeenAt }]
      : [],
  );
}
