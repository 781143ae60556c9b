import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { keyHashOf } from '#lib/omni/resources/own-key.ts';
import { noteSuccession } from '#lib/store/actors.ts';
import type { Store } from '#lib/store/database.ts';
import type { RotationRow } from './rotation-state.ts';
import { noteMinted } from './rotations.ts';

/** The key's page waits meanwhile; milliseconds. */
const HASHES_WITHIN = 1_500;

/** Notes which key a rotation made, and that it takes the old one's place in Activity where Omni tells both hashes. */
export async function noteMade(
  db: Store,
  omni: Omni,
  row: Pick<RotationRow, 'id' | 'server' | 'oldKeyId'>,
  made: { id: string; prefix: string },
): Promise<void> {
  const [old, fresh] = await Promise.all([row.oldKeyId, made.id].map((id) => keyHashOf(omni, id, HASHES_WITHIN)));
  if (old?.ok && fresh?.ok) await noteSuccession(db, row.server, { fresh: fresh.value, old: old.value });
  await noteMinted(db, row.id, made);
}
