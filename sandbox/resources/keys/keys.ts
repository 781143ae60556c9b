import { forbidden } from '../../wire/http-errors.ts';
import { param, readBody, readQuery } from '../../wire/input.ts';
import { requireKey } from './key-rows.ts';
import { registerKeyAudit } from './keys-audit.ts';
import { requireWithinOwn, type Granted } from './keys-ceilings.ts';
import { registerKeyCreation } from './keys-create.ts';
import { limitUpTo } from '../../wire/pages.ts';
import { toWire, updateRow, type Wire } from '../../world/tables.ts';
import { keys } from '../../wire/wire-rows.ts';
import type { World } from '../../world/world.ts';
import type { Api } from '../../wire/call.ts';
import * as z from '../../wire/zod-shapes.ts';

const PRIMARY = '__primary__';

const listQuery = z.object({
  status: z.optional(z.oneOf(['active', 'revoked', 'expired'])),
  limit: limitUpTo(100, 50),
});

/** Status, profile and allowlists can't be changed: they are dropped without a word (contract §5, behaviour H25). */
const patchBody = z.object({
  name: z.optional(z.string({ min: 1, max: 255 })),
  description: z.optional(z.nullable(z.string())),
  scopes: z.optional(z.array(z.string(), { min: 1 })),
  instanceIds: z.optional(z.nullable(z.array(z.uuid()))),
  rateLimit: z.optional(z.nullable(z.number({ int: true, above: 0 }))),
  expiresAt: z.optional(z.nullable(z.string({ format: 'datetime' }))),
});

const revokeBody = z.object({ reason: z.optional(z.string()), revokedBy: z.optional(z.string()) });

export function registerKeys(api: Api, world: World): void {
  const { store, clock, keyCache } = world;
  const wire = (id: string): Wire => toWire(keys, requireKey(world, id));

  /**
   * Oldest first, a hundred at most, no cursor: the newest of many keys can't be reached. `total` counts the answer.
   * Nothing ever sets `expired` (contract §1.6, behaviour H1–H5).
   */
  api.get('/keys', (call) => {
    const { status, limit } = readQuery(call, listQuery);
    const rows = store.all('SELECT * FROM api_keys ORDER BY created_at');
    const items = rows.filter((row) => status === undefined || row.status === status).slice(0, limit);
    return call.json({ items: items.map((row) => toWire(keys, row)), meta: { total: items.length } });
  });

  api.get('/keys/:id', (call) => call.json({ data: wire(param(call, 'id')) }));

  api.patch('/keys/:id', async (call) => {
    const changes = await readBody(call, patchBody);
    const before = wire(param(call, 'id'));
    if (before.name === PRIMARY && changes.name !== undefined && changes.name !== PRIMARY) {
      throw forbidden('Cannot rename primary API key');
    }
    if (world.generation !== 'feb')
      requireWithinOwn(call.get('key'), Object.assign({}, before, changes) as unknown as Granted);
    updateRow(store, keys, String(before.id), { ...changes, updatedAt: clock.now() * 1000 });
    keyCache.forget(String(before.id));
    return call.json({ data: wire(String(before.id)) });
  });

  /** No guard of the primary key, of oneself or of a broader key; a second time overwrites the first; there is no way back. */
  api.post('/keys/:id/revoke', async (call) => {
    const { reason, revokedBy } = await readBody(call, revokeBody);
    const id = String(requireKey(world, param(call, 'id')).id);
    const now = clock.now() * 1000;
    updateRow(store, keys, id, {
      status: 'revoked',
      revokedAt: now,
      revokedBy: revokedBy ?? call.get('key').name,
      revokeReason: reason ?? null,
      updatedAt: now,
    });
    keyCache.forget(id);
    return call.json({ data: wire(id) });
  });

  /** Its audit log goes with it, by the database's cascade (behaviour H37–H41). */
  api.delete('/keys/:id', (call) => {
    const row = requireKey(world, param(call, 'id'));
    if (row.name === PRIMARY) throw forbidden('Cannot delete primary API key');
    store.run('DELETE FROM api_keys WHERE id = ?', String(row.id));
    keyCache.forget(String(row.id));
    return call.json({ data: { deleted: true } });
  });

  registerKeyCreation(api, world);
  registerKeyAudit(api, world);
}
