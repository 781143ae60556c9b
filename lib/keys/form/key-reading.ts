import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { judgeKeyChange } from '#lib/omni/permits/key-guard.ts';
import type { KeyChange, KeyRefusal } from '#lib/omni/permits/key-rules.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKey, type SeenKey } from '#lib/omni/resources/own-key.ts';
import { ok, type Result } from '#lib/omni/result.ts';

/** A key as read for a change; `refused` is what the door would refuse that change for. Null: there is no such key. */
export type KeyReading = { seen: SeenKey; refused: KeyRefusal | null } | null;

/** Reads a key, and the other keys that can manage keys where the change depends on them, as the door does. Scope `keys:read`. */
export async function readKeyForChange(
  omni: Omni,
  id: string,
  change: KeyChange,
): Promise<Result<KeyReading, OmniError>> {
  const seen = await seeKey(omni, id);
  if (!seen.ok) return seen.error.kind === 'not_found' ? ok(null) : seen;
  const judged = await judgeKeyChange(omni, seen.value, change);
  return judged.ok ? ok({ seen: seen.value, refused: judged.value }) : judged;
}
