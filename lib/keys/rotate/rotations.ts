import 'server-only';
import type { Selectable } from 'kysely';
import type { Store } from '#lib/store/database.ts';
import { openText, sealText } from '#lib/store/seal.ts';
import type { RotationsTable } from '#lib/store/tables.ts';
import { type Overlap, isOverlap } from './rotate-rules.ts';
import type { RotationRow } from './rotation-state.ts';
import { getKey } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { allows } from '#lib/scopes/scopes.ts';

const nameContext = (id: string) => `rotations/who/${id}`;

export type NewRotation = Pick<
  RotationRow,
  'id' | 'server' | 'actor' | 'who' | 'keyName' | 'oldKeyId' | 'oldPrefix' | 'oldExpiresAt' | 'overlap' | 'quietMinutes'
>;

/**
 * Records a rotation before anything is created, so that a created key can be found again; one of this id that was closed
 * without a key is opened again. Answers the rotation that is in progress for this key already, or the one of this id that has
 * created its key; null when recorded.
 */
export async function recordRotation(db: Store, wanted: NewRotation, now: number): Promise<RotationRow | null> {
  const row: Selectable<RotationsTable> = {
    id: wanted.id,
    server: wanted.server,
    actor: wanted.actor,
    who: sealText(nameContext(wanted.id), wanted.who),
    key_name: wanted.keyName,
    old_key_id: wanted.oldKeyId,
    old_prefix: wanted.oldPrefix,
    old_expires_at: wanted.oldExpiresAt,
    new_key_id: null,
    new_prefix: null,
    overlap: wanted.overlap,
    silent_minutes: wanted.quietMinutes,
    created_at: now,
    acknowledged_at: null,
    closed_as: null,
    closed_at: null,
  };
  const inserted = await db
    .insertInto('rotations')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 1n) return null;
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
  const row = await db.selectFrom('rotations').selectAll().where('id', '=', id.toLowerCase()).executeTakeFirst();
  return row ? toRow(row) : null;
}

/** The rotations in progress on a server, the oldest first. No call to Omni. */
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

/** The rotations in progress, of every server, begun before a moment (milliseconds), whose row names no new key. No call to Omni. */
export async function rotationsWithoutKey(db: Store, before: number): Promise<RotationRow[]> {
  const rows = await db
    .selectFrom('rotations')
    .selectAll()
    .where('closed_at', 'is', null)
    .where('new_key_id', 'is', null)
    .where('created_at', '<=', before)
    .orderBy('created_at')
    .limit(100)
    .execute();
  return rows.map(toRow);
}

/** The rotations of a key, as the old key or the new one, the newest first. No call to Omni. */
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

/** Records which key was created. */
export async function recordNewKey(db: Store, id: string, created: { id: string; prefix: string }): Promise<void> {
  await db
    .updateTable('rotations')
    .set({ new_key_id: created.id, new_prefix: created.prefix })
    .where('id', '=', id)
    .where('new_key_id', 'is', null)
    .execute();
}

/** Records when the old key expires without the rotation, until the rotation sets its expiry; milliseconds. */
export async function recordOldExpiry(db: Store, id: string, expiresAt: number | null): Promise<void> {
  await db.updateTable('rotations').set({ old_expires_at: expiresAt }).where('id', '=', id).execute();
}

/** Records that somebody confirmed having stored the new key. The first time counts. */
export async function acknowledge(db: Store, id: string, now: number): Promise<void> {
  await db
    .updateTable('rotations')
    .set({ acknowledged_at: now })
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .execute();
}

/** Records after how many minutes without requests the old key counts as unused. */
export async function setQuietMinutes(db: Store, id: string, minutes: number): Promise<void> {
  await db.updateTable('rotations').set({ silent_minutes: minutes }).where('id', '=', id).execute();
}

/** Records how a rotation was closed; it is no longer in progress. */
export async function closeRotation(db: Store, id: string, as: string, now: number): Promise<void> {
  await db
    .updateTable('rotations')
    .set({ closed_as: as, closed_at: now })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .execute();
}

/** Deletes a rotation that never created a key. */
export async function dropRotation(db: Store, id: string): Promise<void> {
  await db.deleteFrom('rotations').where('id', '=', id).where('new_key_id', 'is', null).execute();
}

/** Deletes rotations that were closed before a moment (milliseconds), never one in progress; answers how many. */
export async function purgeRotations(db: Store, before: number): Promise<number> {
  const gone = await db.deleteFrom('rotations').where('closed_at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** How releases before called the ways a rotation was closed. */
const CLOSED_BEFORE: Readonly<Record<string, string>> = { 'not-made': 'not-created' };

function toRow(row: Selectable<RotationsTable>): RotationRow {
  const who = openText(nameContext(row.id), row.who);
  return {
    id: row.id,
    server: row.server,
    actor: row.actor,
    who: who.ok ? who.value : '—',
    keyName: row.key_name,
    oldKeyId: row.old_key_id,
    oldPrefix: row.old_prefix,
    oldExpiresAt: row.old_expires_at,
    newKeyId: row.new_key_id,
    newPrefix: row.new_prefix,
    overlap: isOverlap(row.overlap) ? row.overlap : ('1h' satisfies Overlap),
    quietMinutes: row.silent_minutes,
    createdAt: row.created_at,
    acknowledgedAt: row.acknowledged_at,
    closedAs: CLOSED_BEFORE[row.closed_as ?? ''] ?? row.closed_as,
    closedAt: row.closed_at,
  };
}

/**
 * A rotation for sessions that can read keys: its row names both keys and who rotates them. Where the session's scopes are
 * unknown, Omni is asked for the old key: if it refuses or doesn't answer, the rotation is forbidden.
 */
export async function seeRotation(
  db: Store,
  omni: Omni,
  reader: { server: string; scopes: readonly string[] | null },
  id: string,
): Promise<RotationRow | 'forbidden' | null> {
  const may = allows(reader.scopes, 'keys:read');
  if (may === 'no') return 'forbidden';
  const row = isUuid(id) ? await readRotation(db, id) : null;
  if (row?.server !== reader.server) return null;
  if (may === 'yes') return row;
  const asked = await getKey(omni, row.oldKeyId);
  return asked.ok || asked.error.kind === 'not_found' ? row : 'forbidden';
}
