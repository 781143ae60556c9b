import 'server-only';
import { listKeyAudit } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';

/** An integration that used a key, by its address and `User-Agent`; `last` is an ISO time. */
export type Integration = { ip: string | null; userAgent: string | null; requests: number; last: string };

/** The integrations of a key's newest requests; `requestsRead` of them were read, `more`: there are older ones. */
export type NewestIntegrations = { integrations: Integration[]; requestsRead: number; more: boolean };

const MOST_REQUESTS = 100;

/** The integrations of the newest 100 requests Omni has of a key; null where they can't be read. Scope `keys:read`. */
export async function newestIntegrations(omni: Omni, id: string): Promise<NewestIntegrations | null> {
  const answer = await listKeyAudit(omni, id, { limit: MOST_REQUESTS });
  if (!answer.ok) return null;
  const bySource = new Map<string, Integration>();
  for (const { ipAddress, userAgent, timestamp } of answer.value.items) {
    const source = `${ipAddress ?? ''}\n${userAgent ?? ''}`;
    const known = bySource.get(source);
    if (known) known.requests += 1;
    else bySource.set(source, { ip: ipAddress, userAgent, requests: 1, last: timestamp });
  }
  return {
    integrations: [...bySource.values()],
    requestsRead: answer.value.items.length,
    more: answer.value.meta.hasMore,
  };
}
