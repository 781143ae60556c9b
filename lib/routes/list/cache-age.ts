import 'server-only';
import { z } from 'zod';
import { openBody } from '#lib/operations/journal/body.ts';
import type { Store } from '#lib/store/database.ts';

const CACHE_MS = 30_000;

/**
 * When this console last changed what routing depends on, within the life of Omni's route cache (30 s), in milliseconds
 * since 1970; else null. Until then another process of Omni may answer as before; a merge clears no cache at all (contract §1.9).
 */
export async function lastRouteChange(db: Store, server: string, now: number): Promise<number | null> {
  const row = await changes(db, server, now)
    .select((eb) => eb.fn.max('touched_at').as('at'))
    .executeTakeFirst();
  return row?.at ?? null;
}

/** The instances whose routes were changed within that time; empty where it may be any of them. */
export async function changedInstances(db: Store, server: string, now: number): Promise<string[]> {
  const rows = await changes(db, server, now).select(['id', 'operation', 'body']).execute();
  const named = rows.map(({ id, operation, body }) => change.safeParse(openBody(id, operation, body).input));
  if (named.some(({ success }) => !success)) return [];
  const instances = named.flatMap(({ data }) => (data ? ('routes' in data ? data.routes : [data]) : []));
  return [...new Set(instances.map(({ instanceId }) => instanceId))];
}

const ofInstance = z.object({ instanceId: z.string() });
/** The input of a change of routes names one instance, or routes of several; that of a change of people names none. */
const change = z.union([ofInstance, z.object({ routes: z.array(ofInstance) })]);

function changes(db: Store, server: string, now: number) {
  return db
    .selectFrom('operations')
    .where('server', '=', server)
    .where('touched_at', '>', now - CACHE_MS)
    .where('status', 'not in', ['stale', 'checking'])
    .where((eb) => eb.or([eb('operation', 'like', 'routes.%'), eb('operation', 'like', 'persons.%')]));
}
