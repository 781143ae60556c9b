import 'server-only';
import { getKey } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { Store } from '#lib/store/database.ts';
import { readRotation } from './rotations.ts';
import type { RotationRow } from './rotation-state.ts';

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
