import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { endsWriter, refusalOf, writesKeys, type KeyChange, type KeyRefusal } from './key-rules.ts';
import { notSent } from '#lib/omni/door/local-error.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { seeKey, seeKeys, type SeenKey } from '#lib/omni/resources/own-key.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { KEYS_LIMIT } from '#lib/omni/schemas/keys.ts';

/**
 * Why a change of a key that was just read is not sent, or null; who else can write keys is read where that matters. What can't
 * be read is an error, never a yes. Scope `keys:read`.
 */
export async function judgeKeyChange(
  omni: Omni,
  target: SeenKey,
  change: KeyChange,
): Promise<Result<KeyRefusal | null, OmniError>> {
  const now = await omniNow(omni);
  const listed = endsWriter(target.key, change, now) ? await seeKeys(omni, { status: 'active' }) : ok([]);
  if (!listed.ok) return listed;
  const all = listed.value.length < KEYS_LIMIT;
  const refused = refusalOf(target, change, { keys: listed.value, all }, now);
  const { besides } = change;
  if (refused !== 'last_key_writer_unseen' || besides === undefined || besides === target.key.id) return ok(refused);
  const other = await seeKey(omni, besides);
  if (other.ok) return ok(writesKeys(other.value.key, now) ? null : refused);
  return other.error.kind === 'not_found' ? ok(refused) : other;
}

/** Reads a key's row right before a change: why it is not sent, or nothing. Scope `keys:read`. */
export async function guardKey(omni: Omni, id: string, change: KeyChange): Promise<OmniError | undefined> {
  const target = await seeKey(omni, id);
  if (!target.ok) return target.error;
  const judged = await judgeKeyChange(omni, target.value, change);
  if (!judged.ok) return judged.error;
  return judged.value ? notSent(judged.value) : undefined;
}
