import { randomUUID } from 'node:crypto';
import { createAccessCheck } from './access-check.ts';
import type { SqlRow } from '../world/database.ts';
import { databaseUuid, notFound } from '../wire/http-errors.ts';
import { param, readBody, readQuery } from '../wire/input.ts';
import { findRow, insertRow, toWire, updateRow } from '../world/tables.ts';
import { rules } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Api } from '../wire/call.ts';
import * as z from '../wire/zod-shapes.ts';

const free = (shape: z.Shape<string> = z.string()) => z.optional(z.nullable(shape));
const ruleType = z.oneOf(['allow', 'deny']);
const action = z.oneOf(['block', 'allow', 'silent_block']);

const criteria = {
  phonePattern: free(z.string({ max: 50 })),
  platformUserId: free(z.string({ max: 255 })),
  personId: free(z.uuid()),
};
const rest = {
  reason: free(),
  expiresAt: free(z.string({ format: 'datetime' })),
  blockMessage: free(),
};

/** The action is `block` by default, for an allow rule too (contract §6). */
const createBody = z.refine(
  z.object({
    instanceId: free(z.uuid()),
    ruleType,
    ...criteria,
    priority: z.fallback(z.number({ int: true }), 0),
    enabled: z.fallback(z.boolean(), true),
    ...rest,
    action: z.fallback(action, 'block'),
  }),
  (rule) =>
    (rule.phonePattern ?? rule.platformUserId ?? rule.personId)
      ? []
      : ['At least one of phonePattern, platformUserId or personId is required'],
);

const patchBody = z.object({
  ruleType: z.optional(ruleType),
  ...criteria,
  priority: z.optional(z.number({ int: true })),
  enabled: z.optional(z.boolean()),
  ...rest,
  action: z.optional(action),
});

const listQuery = z.object({ instanceId: z.optional(z.uuid()), type: z.optional(ruleType) });
const checkBody = z.object({ instanceId: z.uuid(), platformUserId: z.string({ min: 1 }), channel: z.string() });

export function registerAccess(api: Api, world: World): void {
  const { store, clock } = world;
  const requireRule = (id: string): SqlRow => {
    const row = findRow(store, rules, databaseUuid(id));
    if (!row) throw notFound('AccessRule', id);
    return row;
  };
  const checkAccess = createAccessCheck(world);

  /** An instance's list holds the global rules too; there is no paging (contract §6). */
  api.get('/access/rules', (call) => {
    const { instanceId, type } = readQuery(call, listQuery);
    const rows = store.all(
      "SELECT * FROM access_rules WHERE rule_type <> 'pending_pairing' ORDER BY priority DESC, created_at",
    );
    const wanted = rows.filter(
      (row) =>
        (instanceId === undefined || row.instance_id === null || row.instance_id === instanceId.toLowerCase()) &&
        (type === undefined || row.rule_type === type),
    );
    return call.json({ items: wanted.map((row) => toWire(rules, row)) });
  });

  api.post('/access/rules', async (call) => {
    const body = await readBody(call, createBody);
    const id = randomUUID();
    const moment = clock.micros();
    insertRow(store, rules, { ...body, id, createdAt: moment, updatedAt: moment });
    world.accessCache.clear();
    return call.json({ data: toWire(rules, requireRule(id)) }, 201);
  });

  api.patch('/access/rules/:id', async (call) => {
    const changes = await readBody(call, patchBody);
    const { id } = requireRule(param(call, 'id'));
    updateRow(store, rules, String(id), { ...changes, updatedAt: clock.now() * 1000 });
    world.accessCache.clear();
    return call.json({ data: toWire(rules, requireRule(String(id))) });
  });

  api.delete('/access/rules/:id', (call) => {
    store.run('DELETE FROM access_rules WHERE id = ?', String(requireRule(param(call, 'id')).id));
    world.accessCache.clear();
    return call.json({ success: true });
  });

  api.post('/access/check', async (call) => call.json({ data: checkAccess(await readBody(call, checkBody)) }));
}
