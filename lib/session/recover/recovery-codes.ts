import 'server-only';
import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Store } from '#lib/store/database.ts';
import { storeSealer } from '#lib/store/seal.ts';

/** How long a code is valid (milliseconds), how many wrong tries it allows, and how many one asker gets an hour from all consoles. */
export const CODE_LASTS = 5 * 60_000;
export const CODE_TRIES = 5;
export const CODES_AN_HOUR = 3;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A code and the id that binds it to the browser that requested it. */
export type NewCode = { id: string; code: string };

export type CodeAnswer = 'right' | 'wrong' | 'worn_out' | 'expired' | 'other_browser';

const hashes = (id: string, code: string, sealer: ReturnType<typeof storeSealer>) =>
  sealer.hashes('recovery/code', `${id}/${code}`);

/**
 * Creates a code of eight digits; null when this asker got three within the hour. `asker` names who asks (`askerName`). Throws what
 * `storeErrorOf` reads.
 */
export async function createCode(
  db: Store,
  { server, asker }: { server: string; asker: string },
  now: number,
  sealer = storeSealer(),
): Promise<NewCode | null> {
  const id = randomUUID();
  const code = String(randomInt(100_000_000)).padStart(8, '0');
  await db
    .deleteFrom('recovery_codes')
    .where('at', '<', now - DAY)
    .execute();
  const [hash] = hashes(id, code, sealer);
  const askers = sealer.hashes('recovery/asker', asker);
  const row = { id, hash, server, tries: 0, at: now, used_at: null, asker: askers[0] };
  await db.insertInto('recovery_codes').values(row).execute();
  const created = await db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('at', '>', now - HOUR)
    .where('asker', 'in', askers)
    .executeTakeFirst();
  if (Number(created?.count ?? 0) <= CODES_AN_HOUR) return { id, code };
  await db.deleteFrom('recovery_codes').where('id', '=', id).execute();
  return null;
}

/** Compares a typed code with the one of a browser's id. A right code is valid once. */
export async function useCode(
  db: Store,
  { id, code, server }: { id: string | undefined; code: string; server: string },
  now: number,
  sealer = storeSealer(),
): Promise<CodeAnswer> {
  if (id === undefined) return 'other_browser';
  const row = await db.selectFrom('recovery_codes').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || row.server !== server) return 'other_browser';
  if (row.used_at !== null || now - row.at >= CODE_LASTS) return 'expired';
  // Counted before it is compared, so that many at once get no more tries than one after the other.
  const counted = await db
    .updateTable('recovery_codes')
    .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .where('tries', '<', CODE_TRIES)
    .executeTakeFirst();
  if (Number(counted.numUpdatedRows) === 0) return 'worn_out';
  const kept = Buffer.from(row.hash);
  const same = hashes(id, code.replaceAll(/\D/g, ''), sealer).some((one) => {
    const given = Buffer.from(one);
    return given.length === kept.length && timingSafeEqual(given, kept);
  });
  if (!same) return 'wrong';
  const used = await db
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return Number(used.numUpdatedRows) === 1 ? 'right' : 'expired';
}
