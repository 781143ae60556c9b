import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { keyHashOf } from '#lib/omni/resources/own-key.ts';
import { noteSuccession } from '#lib/store/actors.ts';
import type { Store } from '#lib/store/database.ts';
import type { RotationRow } from './rotation-state.ts';
import { recordNewKey } from './rotations.ts';

/** The key's page waits meanwhile; milliseconds. */
const HASHES_WITHIN = 1_500;

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
