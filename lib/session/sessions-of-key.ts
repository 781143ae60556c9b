import 'server-only';
import type { Store } from '#lib/store/database.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { keyHashOf } from '#lib/omni/resources/own-key.ts';
import { actorNames } from '#lib/store/actors.ts';
import { sessionState, type Limits } from './session-state.ts';
import { readSessionRow } from './sessions.ts';

const HASH_WITHIN_MS = 3000;

/**
 * The other live sessions of a key, by the names given at sign-in, or the key's: by its id, and by the key itself for those that did
 * not learn its id. Scope `keys:read`; where Omni doesn't answer, by its id alone.
 */
export async function othersWithKey(
  db: Store,
  omni: Omni,
  key: { server: string; id: string; except: string },
  now: number,
  limits: Limits,
): Promise<{ name: string; lastSeenAt: number }[]> {
  const hash = await keyHashOf(omni, key.id, HASH_WITHIN_MS);
  const actors = hash.ok ? actorNames(key.server, hash.value) : [];
  const rows = await db
    .selectFrom('sessions')
    .select('id')
    .where('server', '=', key.server)
    .where((eb) => eb.or([eb('actor_key_id', '=', key.id), ...(actors.length > 0 ? [eb('actor', 'in', actors)] : [])]))
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
