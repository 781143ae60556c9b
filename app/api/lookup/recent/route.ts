import { readMerged } from '#app/(console)/persons/follow-merged.ts';
import { keyHit, type KeyHit } from '#lib/keys/list/find.ts';
import { listedKey } from '#lib/keys/list/listed-key.ts';
import { answerRoute } from '#lib/lookups/answer.ts';
import { recentLookup } from '#lib/lookups/found.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { routeHit, type RouteHit } from '#lib/routes/list/find.ts';
import { readInstancesAndAgents, readRoutes } from '#lib/routes/list/list.ts';
import { readNames } from '#lib/routes/list/names.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';

const MOST = 8;
const AT_ONCE = 4;
const DEADLINE_MS = 1500;

/** What a browser opened lately, by ids, with names: a tab that never saw them keeps none. */
export const GET = answerRoute({ lookup: recentLookup, poll: true }, async ({ query, signal, ...signed }) => {
  const pairs = (query.routes ?? '').split(',').slice(0, MOST);
  const [persons, routes, keys] = await Promise.all([
    personsOf(signed, query.persons, signal),
    routesOf(
      signed,
      pairs.map((pair) => pair.split(':')),
      signal,
    ),
    keysOf(signed, query.keys, signal),
  ]);
  return { persons, routes, keys };
});

/** A person who was merged since is named as whom the id leads to. */
async function personsOf(signed: Signed, ids: string[], signal: AbortSignal) {
  const named = async (wanted: readonly string[]) => {
    const targets = wanted.map((id) => ({ scope: 'user' as const, id, instanceId: '' }));
    return readNames(signed.omni, signed.session.scopes, targets, { signal, deadlineMs: DEADLINE_MS });
  };
  const names = await named(ids);
  const gone = ids.filter((id) => names.get(id)?.state === 'gone');
  const today = new Map(
    await Promise.all(gone.map(async (id) => [id, (await readMerged(signed, id))?.id ?? null] as const)),
  );
  const others = await named([...today.values()].filter((id) => id !== null));
  return ids.flatMap((id) => {
    const found = names.get(id)?.state === 'known' ? names.get(id) : others.get(today.get(id) ?? '');
    return found?.state === 'known' ? [{ id, name: found.name ?? found.handle }] : [];
  });
}

async function routesOf({ omni, session }: Signed, pairs: string[][], signal: AbortSignal): Promise<RouteHit[]> {
  if (allows(session.scopes, 'routes:read') === 'no') return [];
  const ids = new Set(pairs.map(([, id]) => id));
  const wanted = new Set(pairs.map(([instance]) => instance).filter(isUuid));
  if (wanted.size === 0) return [];
  const sources = await readInstancesAndAgents(omni, session);
  if (!sources.ok) return [];
  const asked = sources.value.instances.filter(({ id }) => wanted.has(id));
  const seen = await readRoutes(omni, asked, sources.value.agents, { deadlineMs: DEADLINE_MS, signal });
  const rows = seen.rows.filter(({ id }) => ids.has(id));
  const targets = rows.map(({ scope, targetId, instanceId }) => ({ scope, id: targetId, instanceId }));
  const names = await readNames(omni, session.scopes, targets, { signal, deadlineMs: DEADLINE_MS });
  return rows.map((row) => routeHit(row, names.get(row.targetId)));
}

async function keysOf({ omni, session }: Signed, ids: string[], signal: AbortSignal): Promise<KeyHit[]> {
  if (allows(session.scopes, 'keys:read') === 'no') return [];
  const limits = { concurrency: AT_ONCE, signal, deadlineMs: DEADLINE_MS };
  const answers = await fanOut(omni, ids, limits, (id, stop) => seeKey(omni, id, stop));
  return answers.flatMap((answer) => (answer.state === 'ok' ? [keyHit(listedKey(answer.value, Date.now()))] : []));
}
