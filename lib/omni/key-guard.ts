import 'server-only';
import type { OmniError } from './errors.ts';
import { refusalOf, endsWriter, type KeyChange } from './key-rules.ts';
import { notSent } from './local-error.ts';
import type { Omni } from './omni.ts';
import { seeKey, seeKeys } from './own-key.ts';
import { KEYS_LIMIT } from './schemas/keys.ts';

/**
 * Looks at a key's row, and at the others where it can write keys, right before a change: why it is not sent, or nothing.
 * What cannot be looked at is an error, never a yes. Scope `keys:read`.
 */
export async function guardKey(omni: Omni, id: string, change: KeyChange): Promise<OmniError | undefined> {
  const target = await seeKey(omni, id);
  if (!target.ok) return target.error;
  const now = Date.now();
  const asked = endsWriter(target.value.key, change, now) ? await seeKeys(omni, { status: 'active' }) : undefined;
  if (asked?.ok === false) return asked.error;
  const keys = asked?.value ?? [];
  const refused = refusalOf(target.value, change, { keys, all: keys.length < KEYS_LIMIT }, now);
  return refused ? notSent(refused) : undefined;
}
