import 'server-only';
import type { Entry } from '#lib/operations/journal/entry.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import type { Store } from '#lib/store/database.ts';

const CACHE_MS = 30_000;

/** An instance whose routes were changed, and when, in milliseconds since 1970 by the store's clock. */
export type RecentChange = { instanceId: string; at: number };

/**
 * The instances whose routes this console changed within the life of Omni's route cache (30 s), each with its newest change. Only
 * steps that went through count: until then another process of Omni may answer as before, and a merge, which takes the
 * duplicate's routes away, clears no cache at all (contract §1.9).
 */
export async function recentChanges(db: Store, server: string, now: number): Promise<RecentChange[]> {
  const rows = await db
    .selectFrom('operations')
    .select('id')
    .where('server', '=', server)
    .where('touched_at', '>', now - CACHE_MS)
    .where('status', 'not in', ['stale', 'checking'])
    .where((eb) => eb.or([eb('operation', 'like', 'routes.%'), eb('operation', 'like', 'persons.%')]))
    .execute();
  const entries = await Promise.all(rows.map(({ id }) => readEntry(db, id)));
  const newest = new Map<string, number>();
  for (const entry of entries) {
    if (!entry) continue;
    for (const { instanceId, at } of changesOf(entry)) {
      if (at > now - CACHE_MS) newest.set(instanceId, Math.max(at, newest.get(instanceId) ?? 0));
    }
  }
  return [...newest].map(([instanceId, at]) => ({ instanceId, at }));
}

/** The steps of changes of people that write a route; those that write access rules name an instance too. */
const ROUTE_STEPS: ReadonlySet<string> = new Set(['route', 'drop-route', 'clear', 'replace', 'activate']);

/** The instances whose routes an entry's finished steps changed. */
export function changesOf({ operation, body, steps }: Pick<Entry, 'operation' | 'body' | 'steps'>): RecentChange[] {
  const ofRoutes = operation.startsWith('routes.');
  return steps.flatMap((step) => {
    const planned = body.plan.steps[step.index];
    if (step.state !== 'done' || step.finishedAt === null || !planned) return [];
    const { kind, args } = planned;
    const found = () => {
      if (!ofRoutes && kind === 'merge') return instancesOfRoutes(body.before, ownText(args, 'duplicate'));
      if (!ofRoutes && !ROUTE_STEPS.has(kind)) return [];
      return [ownText(args, 'instanceId') ?? (ofRoutes ? instancesIn(body.input) : [])].flat();
    };
    return found().map((instanceId) => ({ instanceId, at: step.finishedAt ?? 0 }));
  });
}

/** A text among a step's arguments; a chain of merges has them one level deeper. */
function ownText(args: Json, name: string): string | null {
  if (!isObject(args)) return null;
  const own = args[name];
  if (typeof own === 'string') return own;
  return args.args === undefined ? null : ownText(args.args, name);
}

/** Every `instanceId` in an input. */
function instancesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(instancesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === 'instanceId' && typeof part === 'string' ? [part] : instancesIn(part),
  );
}

/** The instances of a person's routes among the facts of a merge, which hold the routes of others too. */
function instancesOfRoutes(value: Json, personId: string | null): string[] {
  if (Array.isArray(value)) return value.flatMap((part) => instancesOfRoutes(part, personId));
  if (!isObject(value)) return [];
  if (value.scope === 'user' && typeof value.instanceId === 'string')
    return value.personId === personId ? [value.instanceId] : [];
  return Object.values(value).flatMap((part) => instancesOfRoutes(part, personId));
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
