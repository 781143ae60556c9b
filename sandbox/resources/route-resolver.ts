import type { Clock } from '../world/clock.ts';
import type { SqlRow, SandboxStore } from '../world/database.ts';

const TIME_TO_LIVE = 30_000;
const ENTRIES = 1000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export type ResolverQuestion = { instanceId: string; chatId: string | null; personId: string | null };

export type Resolver = {
  /** The winning route through the cache of 30 s, as a dispatched message finds it. */
  resolve(asked: ResolverQuestion): SqlRow | null;
  /** The winning route as the database has it now. */
  resolveNow(asked: ResolverQuestion): SqlRow | null;
  /** Any write to a route clears the whole cache; a cascade from a merge does not (contract §1.9). */
  invalidate(): void;
  metrics(): Record<string, number>;
  reset(): void;
};

/** Chat, then user, active ones only; `priority` compares what can't be two (contract §2.1). */
const WINNER = `
  SELECT * FROM agent_routes
  WHERE instance_id = ?1 AND is_active = 1 AND ((scope = 'chat' AND chat_id = ?2) OR (scope = 'user' AND person_id = ?3))
  ORDER BY CASE scope WHEN 'chat' THEN 0 ELSE 1 END, priority DESC LIMIT 1`;

/** A resolver with an LRU of a thousand answers, "no route" among them (contract §1.9). */
export function createResolver(store: SandboxStore, clock: Clock): Resolver {
  const entries = new Map<string, { row: SqlRow | null; until: number }>();
  const zero = () => ({ hits: 0, misses: 0, sets: 0, invalidations: 0, lastQueryMs: 0 });
  let counts = zero();

  /** A chat id that is no UUID ends the search at once: user routes are not tried either (contract §2.1). */
  function resolveNow({ instanceId, chatId, personId }: ResolverQuestion): SqlRow | null {
    if (chatId !== null && !UUID.test(chatId)) return null;
    return store.get(WINNER, instanceId, chatId, personId) ?? null;
  }

  return {
    resolveNow,
    resolve(asked) {
      const mark = `${asked.instanceId}:${asked.chatId ?? ''}:${asked.personId ?? ''}`;
      const known = entries.get(mark);
      entries.delete(mark);
      if (known && known.until > clock.now()) {
        counts.hits += 1;
        entries.set(mark, known);
        return known.row;
      }
      counts.misses += 1;
      const started = performance.now();
      const row = resolveNow(asked);
      counts.lastQueryMs = Math.round((performance.now() - started) * 100) / 100;
      counts.sets += 1;
      entries.set(mark, { row, until: clock.now() + TIME_TO_LIVE });
      const [oldest] = entries.keys();
      if (entries.size > ENTRIES && oldest !== undefined) entries.delete(oldest);
      return row;
    },
    invalidate() {
      counts.invalidations += 1;
      entries.clear();
    },
    metrics() {
      const asked = counts.hits + counts.misses;
      const hitRate = asked === 0 ? 0 : Math.round((counts.hits / asked) * 10_000) / 100;
      return { ...counts, cacheSize: entries.size, hitRate };
    },
    reset() {
      entries.clear();
      counts = zero();
    },
  };
}
