import 'server-only';
import { listKeyAudit } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';

/** One place a key was used from. `agent` is what it called itself; `last` an ISO time. */
export type Caller = { ip: string | null; agent: string | null; calls: number; last: string };

/** The newest calls of a key, by where they came from; `more`: there are older ones. */
export type Callers = { callers: Caller[]; looked: number; more: boolean };

const LOOKED = 100;

/** Who used a key last, from the newest 100 calls Omni has of it; null where they cannot be seen. Scope `keys:read`. */
export async function newestCallers(omni: Omni, id: string): Promise<Callers | null> {
  const answer = await listKeyAudit(omni, id, { limit: LOOKED });
  if (!answer.ok) return null;
  const byPlace = new Map<string, Caller>();
  for (const { ipAddress, userAgent, timestamp } of answer.value.items) {
    const place = `${ipAddress ?? ''}\n${userAgent ?? ''}`;
    const known = byPlace.get(place);
    if (known) known.calls += 1;
    else byPlace.set(place, { ip: ipAddress, agent: userAgent, calls: 1, last: timestamp });
  }
  return {
    callers: [...byPlace.values()],
    looked: answer.value.items.length,
    more: answer.value.meta.hasMore,
  };
}
