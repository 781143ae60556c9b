import { randomUUID } from 'node:crypto';
import { createAccessCheck } from './access-check.ts';
import { requireRule, ruleWire } from './access-rows.ts';
import type { SqlRow } from '../world/database.ts';
import type { Generation } from '../world/database-errors.ts';
import { ApiError } from '../wire/http-errors.ts';
import { param, readBody, readQuery } from '../wire/input.ts';
import { insertRow, updateRow } from '../world/tables.ts';
import { rules } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Api, Call } from '../wire/call.ts';
import * as z from '../wire/zod-shapes.ts';

const ruleType = z.oneOf(['allow', 'deny']);
const action = z.oneOf(['block', 'allow', 'silent_block']);

/** Null is taken for the instance alone, and no length is asked: the columns refuse (behaviour L14–L23, L55, L57). */
const criteria = {
  instanceId: z.optional(z.nullable(z.uuid())),
  phonePattern: z.optional(z.string()),
  platformUserId: z.optional(z.string()),
  personId: z.optional(z.uuid()),
};

/** Any date JavaScript reads, and `""` as if it were absent: the newest source, read and not recorded. */
const looseDate: z.Shape<string | undefined> = {
  parse(value, path) {
    const text = z.optional(z.string()).parse(value, path);
    if (!text.ok || text.value === undefined) return text;
    if (text.value === '') return z.good(undefined);
    const moment = Date.parse(text.value);
    if (!Number.isNaN(moment)) return z.good(new Date(moment).toISOString());
    const message = `invalid expiresAt parameter: expected ISO 8601 date string, got "${text.value}"`;
    return { ok: false, issues: [{ code: 'custom', message, path }] };
  },
};

const expiryOf = (generation: Generation) =>
  generation === 'newest' ? looseDate : z.optional(z.string({ format: 'datetime' }));

/** The action is `block` by default, for an allow rule too (behaviour L2). */
const createBody = (generation: Generation) =>
  z.object({
    ...criteria,
    ruleType,
    priority: z.fallback(z.number({ int: true }), 0),
    enabled: z.fallback(z.boolean(), true),
    reason: z.optional(z.string()),
    expiresAt: expiryOf(generation),
    action: z.fallback(action, 'block'),
    blockMessage: z.optional(z.string()),
  });

/** Every field of a new rule, the instance too; what is absent keeps its value (behaviour N1, N35). */
const patchBody = (generation: Generation) =>
  z.object({
    ...criteria,
    ruleType: z.optional(ruleType),
    priority: z.optional(z.number({ int: true })),
    enabled: z.optional(z.boolean()),
    reason: z.optional(z.string()),
    expiresAt: expiryOf(generation),
    action: z.optional(action),
    blockMessage: z.optional(z.string()),
  });

const listQuery = z.object({ instanceId: z.optional(z.uuid()), type: z.optional(ruleType) });
const checkBody = z.object({ instanceId: z.uuid(), platformUserId: z.string(), channel: z.string() });

/**
 * By priority and nothing else. Within one the database's own order shows, in which a written row moves to the end (behaviour K11, K12).
 */
function listRules(world: World, call: Call): Response {
  const { instanceId, type } = readQuery(call, listQuery);
  const wanted = (row: SqlRow) =>
    (instanceId === undefined || row.instance_id === null || row.instance_id === instanceId.toLowerCase()) &&
    (type === undefined || row.rule_type === type);
  const rows = world.store.all(
    "SELECT * FROM access_rules WHERE rule_type IN ('allow', 'deny') ORDER BY priority DESC, rowid",
  );
  return call.json({ items: rows.filter(wanted).map((row) => ruleWire(world, row)) });
}

export function registerAccess(api: Api, world: World): void {
  const { store, clock } = world;
  const checkAccess = createAccessCheck(world);
  const dataOf = (id: string) => ({ data: ruleWire(world, requireRule(world, id)) });

  api.get('/access/rules', (call) => listRules(world, call));

  /** The newest source's second name of the list, which its scope table forgot: other releases have none (behaviour K16). */
  api.get('/access', async (call, next) => (world.generation === 'newest' ? listRules(world, call) : next()));

  api.get('/access/rules/:id', (call) => call.json(dataOf(param(call, 'id'))));

  /** The criterion is asked after zod, and not in zod's shape (behaviour L8, L25, L26). */
  api.post('/access/rules', async (call) => {
    const body = await readBody(call, createBody(world.generation));
    if (!body.phonePattern && !body.platformUserId && !body.personId) {
      const message = 'At least one of phonePattern, platformUserId, or personId is required';
      throw new ApiError(400, 'VALIDATION_ERROR', message);
    }
    const id = randomUUID();
    const moment = clock.micros();
    insertRow(store, rules, { ...body, id, createdAt: moment, updatedAt: moment });
    world.accessCache.clear();
    return call.json(dataOf(id), 201);
  });

  /** Body, then rule, then what the database refuses (behaviour N43, N44). An empty one clears what is kept too (Q8). */
  api.patch('/access/rules/:id', async (call) => {
    const changes = await readBody(call, patchBody(world.generation));
    const id = String(requireRule(world, param(call, 'id')).id);
    updateRow(store, rules, id, { ...changes, updatedAt: clock.micros() });
    store.run('UPDATE access_rules SET rowid = (SELECT max(rowid) + 1 FROM access_rules) WHERE id = ?', id);
    world.accessCache.clear();
    return call.json(dataOf(id));
  });

  api.delete('/access/rules/:id', (call) => {
    store.run('DELETE FROM access_rules WHERE id = ?', String(requireRule(world, param(call, 'id')).id));
    world.accessCache.clear();
    return call.json({ success: true });
  });

  api.post('/access/check', async (call) => call.json({ data: checkAccess(await readBody(call, checkBody)) }));
}
