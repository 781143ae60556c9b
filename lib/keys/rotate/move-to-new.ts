import 'server-only';
import { Credential } from '#lib/omni/door/credential.ts';
import { getKey } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isOwnKey, seeKey } from '#lib/omni/resources/own-key.ts';
import { prove } from './prove.ts';
import type { RotationRow } from './rotation-state.ts';

/**
 * The credential of a rotation's new key, where a session on the old one can move to it: the text is that of the new key's row,
 * and Omni accepts it. Null otherwise; nothing is changed. Scope `keys:read`.
 */
export async function credentialOfNew(omni: Omni, row: RotationRow, secret: string): Promise<Credential | null> {
  if (row.newKeyId === null) return null;
  const credential = new Credential(omni.server, secret);
  const [old, same, fresh] = await Promise.all([
    seeKey(omni, row.oldKeyId),
    isOwnKey(omni, credential, row.newKeyId),
    getKey(omni, row.newKeyId),
  ]);
  if (!old.ok || !old.value.own || !same.ok || !same.value || !fresh.ok) return null;
  const { allowed } = await prove(credential, fresh.value);
  return allowed === 'proved' || allowed === 'taken' ? credential : null;
}
