import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { KEYS_LIMIT } from '#lib/omni/schemas/keys.ts';
import { getKey, listKeys } from '#lib/omni/resources/keys.ts';
import { listAudit } from '#lib/omni/resources/audit.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Check, Done, Json } from '#lib/operations/plan/define.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';

/** A key whose creation was not answered. `unfindable`: Omni lists a hundred keys, and this one could be among the rest. */
type CreatedKeySearch = Key | 'not_created' | 'unfindable';

/**
 * Finds a key by the mark in its description: in Omni's list, and, where that is full, in Omni's own audit of changes
 * (newest Omnis only, scope `audit:read`). Scope `keys:read` (contract §1.6, §7.2).
 */
async function findCreated(omni: Omni, mark: string, since: number): Promise<Result<CreatedKeySearch, OmniError>> {
  const listed = await listKeys(omni, { status: 'active' });
  if (!listed.ok) return listed;
  const found = listed.value.find((key) => key.description?.includes(mark));
  if (found) return ok(found);
  if (listed.value.length < KEYS_LIMIT) return ok('not_created');
  return ok((await inAudit(omni, mark, since)) ?? 'unfindable');
}

/** Whether a step created its key, by the mark; `since`: when it can have begun, with a minute to spare (milliseconds). */
export async function doneByMark(omni: Omni, mark: string, since: number, resultOf: (key: Key) => Json): Promise<Done> {
  const found = await findCreated(omni, mark, since - 60_000);
  if (!found.ok || found.value === 'unfindable') return { is: 'unknown' };
  return found.value === 'not_created' ? { is: 'no' } : { is: 'yes', result: resultOf(found.value) };
}

/**
 * Lines of the receipt about keys with the mark besides `id`: the network sent the request twice. None where Omni's list does not show
 * them.
 */
export async function doubledKeys(omni: Omni, mark: string, id: string): Promise<Check[]> {
  const listed = await listKeys(omni, { status: 'active' });
  if (!listed.ok) return [];
  return listed.value
    .filter((key) => key.id !== id && key.description?.includes(mark))
    .map((key) => ({
      text: { key: 'keys.create.doubled', values: { prefix: key.keyPrefix } },
      held: false,
      subject: `key:${key.id}`,
    }));
}

/** Of the keys created since a moment (milliseconds), the one with the mark; null too where the audit can't be read. */
async function inAudit(omni: Omni, mark: string, since: number): Promise<Key | null> {
  const record = await listAudit(omni, { targetType: 'api_key', since: new Date(since).toISOString(), limit: 50 });
  if (!record.ok) return null;
  const created = record.value.items.filter(({ action, targetId }) => action === 'api_key.create' && isUuid(targetId));
  for (const { targetId } of created) {
    const key = await getKey(omni, targetId ?? '');
    if (key.ok && key.value.description?.includes(mark)) return key.value;
  }
  return null;
}
