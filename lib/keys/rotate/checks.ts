import 'server-only';
import { z } from 'zod';
import type { OwnCall } from '#lib/omni/cache/own-calls.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import type { Store } from '#lib/store/database.ts';

/** Steps of releases before have no calls. */
const proved = z.object({
  sent: z
    .array(
      z.object({
        method: z.string(),
        path: z.string(),
        from: z.number(),
        until: z.number(),
        sid: z.null(),
        who: z.string(),
      }),
    )
    .catch([]),
});

/**
 * The calls with which the new key of a rotation was checked, by Omni's clock: from the journal, since another process of the console
 * may have sent them.
 */
export async function checksOf(db: Store, server: string, rotationId: string): Promise<OwnCall[]> {
  const reader = { server, actor: '', scopes: ['*'] };
  const filter = { subject: `rotation:${rotationId}`, operation: 'keys.create-for-rotation' };
  const [entry] = await listEntries(db, reader, filter, 1);
  const step = proved.safeParse(entry?.steps.find(({ id }) => id === 'prove')?.result);
  return step.success ? step.data.sent : [];
}
