import 'server-only';
import type { Store } from '#lib/store/database.ts';

const CACHE_MS = 30_000;

/**
 * When this console last changed what routing depends on, within the life of Omni's route cache (30 s), in milliseconds
 * since 1970; else null. Another process of Omni may answer as before until then; a merge clears no cache at all (contract §1.9).
 */
export async function lastRouteChange(db: Store, server: string, now: number): Promise<number | null> {
  const row = await db
    .selectFrom('operations')
    .select((eb) => eb.fn.max('touched_at').as('at'))
    .where('server', '=', server)
    .where('touched_at', '>', now - CACHE_MS)
    .where('status', 'not in', ['stale', 'checking'])
    .where((eb) => eb.or([eb('operation', 'like', 'routes.%'), eb('operation', 'like', 'persons.%')]))
    .executeTakeFirst();
  return row?.at ?? null;
}
