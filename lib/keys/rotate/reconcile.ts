import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { keyHashOf } from '#lib/omni/resources/own-key.ts';
import { storeNow } from '#lib/store/clock.ts';
import { noteSuccession } from '#lib/store/actors.ts';
import type { Store } from '#lib/store/database.ts';
import { readState, stateInJournal } from './rotation-progress.ts';
import { MAY_BEGIN_MS, type RotationRow, type RotationState } from './rotation-state.ts';
import { closeRotation, recordNewKey, recordOldExpiry, rotationsWithoutKey } from './rotations.ts';

/** The key's page waits meanwhile; milliseconds. */
const HASHES_WITHIN = 1_500;

/**
 * Records in a rotation's row what can't change any more: which key was created, when the old one expires without the rotation, and
 * how the rotation ended; answers where it stands. For actions and upkeep, never for a read. Without `omni`, which upkeep has not (the
 * console has no key of its own), the journal alone is read, and only a rotation that certainly created nothing is closed. Scope
 * `keys:read`.
 */
export async function reconcile(db: Store, omni: Omni | null, row: RotationRow): Promise<RotationState> {
  const { state, settled } = omni ? await readState(db, omni, row) : await stateInJournal(db, row);
  const { oldExpiresAt, created, closesAs } = settled;
  if (oldExpiresAt !== undefined) await recordOldExpiry(db, row.id, oldExpiresAt);
  if (created && omni) await recordCreated(db, omni, row, created);
  if (closesAs) await closeRotation(db, row.id, closesAs, Date.now());
  return state;
}

/** Closes the rotations, of every server, that certainly created no key; answers how many. */
export async function reconcileAbandoned(db: Store): Promise<number> {
  const open = await rotationsWithoutKey(db, (await storeNow(db)) - MAY_BEGIN_MS);
  let closed = 0;
  for (const row of open) if ((await reconcile(db, null, row)) === 'not-created') closed += 1;
  return closed;
}

/** Records which key a rotation created, and, where Omni answers both hashes, that it succeeds the old one in Activity. */
export async function recordCreated(
  db: Store,
  omni: Omni,
  row: Pick<RotationRow, 'id' | 'server' | 'oldKeyId'>,
  created: { id: string; prefix: string },
): Promise<void> {
  const [old, fresh] = await Promise.all([row.oldKeyId, created.id].map((id) => keyHashOf(omni, id, HASHES_WITHIN)));
  if (old?.ok && fresh?.ok) await noteSuccession(db, row.server, { fresh: fresh.value, old: old.value });
  await recordNewKey(db, row.id, created);
}
