import 'server-only';
import type { Selectable } from 'kysely';
import type { Store } from '#lib/store/database.ts';
import { openText, sealText } from '#lib/store/seal.ts';
import type { RotationsTable } from '#lib/store/tables.ts';
import { isOverlap, type Overlap } from './rotate-rules.ts';
import type { RotationRow } from './rotation-state.ts';

const place = (id: string) => `rotations/who/${id}`;

export type NewRotation = Pick<
  RotationRow,
  'id' | 'server' | 'actor' | 'who' | 'keyName' | 'oldKeyId' | 'oldPrefix' | 'oldEnd' | 'overlap' | 'silentMinutes'
>;

/**
 * Notes a rotation before anything is made, so that what is made can be found again; one of this id that ended without a key
 * is open again. Answers the one that is under way for this key already, or, of this id, has made its key; null when noted.
 */
export async function noteRotation(db: Store, wanted: NewRotation, now: number): Promise<RotationRow | null> {
  const row: Selectable<RotationsTable> = {
    id: wanted.id,
    server: wanted.server,
    actor: wanted.actor,
    who: sealText(place(wanted.id), wanted.who),
    key_name: wanted.keyName,
    old_key_id: wanted.oldKeyId,
    old_prefix: wanted.oldPrefix,
    old_expires_at: wanted.oldEnd,
    new_key_id: null,
    new_prefix: null,
    overlap: wanted.overlap,
    silent_minutes: wanted.silentMinutes,
    created_at: now,
    acknowledged_at: null,
    closed_as: null,
    closed_at: null,
  };
  const made = await db
    .insertInto('rotations')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 1n) return null;
  const [open] = await rotationsOfKey(db, wanted.server, wanted.oldKeyId, { open: true, as: 'old' });
  if (open) return open;
  const again = await db
    .updateTable('rotations')
    .set({ closed_as: null, closed_at: null, created_at: now })
    .where('id', '=', wanted.id)
    .where('server', '=', wanted.server)
    .where('old_key_id', '=', wanted.oldKeyId)
    .where('new_key_id', 'is', null)
    .executeTakeFirst();
  return again.numUpdatedRows === 1n ? null : await readRotation(db, wanted.id);
}

/** A rotation, or null. */
export async function readRotation(db: Store, id: string): Promise<RotationRow | null> {
  const row = await db.selectFrom('rotations').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toRow(row) : null;
}

/** The rotations under way on a server, the oldest first: for home, the list of keys, and a banner. No call to Omni. */
export async function rotationsUnderWay(db: Store, server: string): Promise<RotationRow[]> {
  const rows = await db
    .selectFrom('rotations')
    .selectAll()
    .where('server', '=', server)
    .where('closed_at', 'is', null)
    .orderBy('created_at')
    .limit(100)
    .execute();
  return rows.map(toRow);
}

/** The rotations a key has part in, as the old key or the new one, the newest first. No call to Omni. */
export async function rotationsOfKey(
  db: Store,
  server: string,
  keyId: string,
  { open = false, as }: { open?: boolean; as?: 'old' | 'new' } = {},
): Promise<RotationRow[]> {
  let query = db.selectFrom('rotations').selectAll().where('server', '=', server);
  if (as === 'old') query = query.where('old_key_id', '=', keyId);
  else if (as === 'new') query = query.where('new_key_id', '=', keyId);
  else query = query.where((eb) => eb.or([eb('old_key_id', '=', keyId), eb('new_key_id', '=', keyId)]));
  if (open) query = query.where('closed_at', 'is', null);
  return (await query.orderBy('created_at', 'desc').limit(20).execute()).map(toRow);
}

/** Notes which key was made. */
export async function noteMinted(db: Store, id: string, made: { id: string; prefix: string }): Promise<void> {
  await db
    .updateTable('rotations')
    .set({ new_key_id: made.id, new_prefix: made.prefix })
    .where('id', '=', id)
    .where('new_key_id', 'is', null)
    .execute();
}

/** Notes when the old key ends without the rotation, as long as that did not give it its end; milliseconds. */
export async function noteOldEnd(db: Store, id: string, end: number | null): Promise<void> {
  await db.updateTable('rotations').set({ old_expires_at: end }).where('id', '=', id).execute();
}

/** Notes that somebody has stored the new key. The first time counts. */
export async function acknowledge(db: Store, id: string, now: number): Promise<void> {
  await db
    .updateTable('rotations')
    .set({ acknowledged_at: now })
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .execute();
}

/** Notes after how many minutes without a call the old key counts as silent. */
export async function setSilence(db: Store, id: string, minutes: number): Promise<void> {
  await db.updateTable('rotations').set({ silent_minutes: minutes }).where('id', '=', id).execute();
}

/** Notes how a rotation ended; it is under way no longer. */
export async function closeRotation(db: Store, id: string, as: string, now: number): Promise<void> {
  await db
    .updateTable('rotations')
    .set({ closed_as: as, closed_at: now })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .execute();
}

/** Forgets a rotation that never made anything. */
export async function dropRotation(db: Store, id: string): Promise<void> {
  await db.deleteFrom('rotations').where('id', '=', id).where('new_key_id', 'is', null).execute();
}

/** Forgets rotations that ended before a moment (milliseconds); those under way stay, however old. */
export async function purgeRotations(db: Store, before: number): Promise<number> {
  const gone = await db.deleteFrom('rotations').where('closed_at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

function toRow(row: Selectable<RotationsTable>): RotationRow {
  const who = openText(place(row.id), row.who);
  return {
    id: row.id,
    server: row.server,
    actor: row.actor,
    who: who.ok ? who.value : '—',
    keyName: row.key_name,
    oldKeyId: row.old_key_id,
    oldPrefix: row.old_prefix,
    oldEnd: row.old_expires_at,
    newKeyId: row.new_key_id,
    newPrefix: row.new_prefix,
    overlap: isOverlap(row.overlap) ? row.overlap : ('1h' satisfies Overlap),
    silentMinutes: row.silent_minutes,
    createdAt: row.created_at,
    acknowledgedAt: row.acknowledged_at,
    closedAs: row.closed_as,
    closedAt: row.closed_at,
  };
}
