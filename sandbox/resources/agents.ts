import { randomUUID } from 'node:crypto';
import type { SQLInputValue } from 'node:sqlite';
import { notFound } from '../wire/http-errors.ts';
import { check, param, readBody, readQuery } from '../wire/input.ts';
import { limitUpTo } from '../wire/pages.ts';
import { findRow, insertRow, toWire, updateRow, type Wire } from '../world/tables.ts';
import { agents, identities } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Api, Call } from '../wire/call.ts';
import * as z from '../wire/zod-shapes.ts';

const listQuery = z.object({
  ownerId: z.optional(z.uuid()),
  provider: z.optional(z.string()),
  isActive: z.optional(z.coercedBoolean()),
  limit: limitUpTo(200, 50),
});

/** Nothing here is nullable: a model, an owner or a provider can't be taken away again (behaviour G15, G17). */
const name = z.string({ min: 1, max: 255 });
const provider = z.oneOf(['claude', 'agno', 'openai', 'gemini', 'custom', 'omni-internal']);
const agentType = z.oneOf(['assistant', 'workflow', 'team', 'tool']);
const rest = {
  model: z.optional(z.string({ max: 120 })),
  ownerId: z.optional(z.uuid()),
  agentProviderId: z.optional(z.uuid()),
  configPath: z.optional(z.string()),
  metadata: z.optional(z.record()),
};

const createBody = z.object({
  name,
  provider,
  ...rest,
  agentType: z.fallback(agentType, 'assistant'),
  capabilities: z.fallback(z.array(z.string()), []),
  isInternal: z.fallback(z.boolean(), false),
  isActive: z.fallback(z.boolean(), true),
});

const patchBody = z.object({
  name: z.optional(name),
  provider: z.optional(provider),
  ...rest,
  agentType: z.optional(agentType),
  capabilities: z.optional(z.array(z.string())),
  isInternal: z.optional(z.boolean()),
  isActive: z.optional(z.boolean()),
});

const linkBody = z.object({
  platformIdentityId: z.uuid(),
  linkedBy: z.optional(z.string()),
  linkReason: z.optional(z.string()),
});
const idParam = z.object({ id: z.uuid() });

/** The one resource whose path ids are validated: 400, not 500 (behaviour G8). */
function agentId(call: Call): string {
  return check(idParam, { id: param(call, 'id') }).id.toLowerCase();
}

export function registerAgents(api: Api, world: World): void {
  const { store, clock } = world;
  const agentWire = (id: string): Wire => {
    const row = findRow(store, agents, id);
    if (!row) throw notFound('Agent', id);
    return toWire(agents, row);
  };

  /** No cursor and no meta: the 201st agent can't be reached. `isActive=false` means true (behaviour G1–G6b). */
  api.get('/agents', (call) => {
    const asked = readQuery(call, listQuery);
    const where = ['1'];
    const values: SQLInputValue[] = [];
    const add = (condition: string, value: SQLInputValue) => {
      where.push(condition);
      values.push(value);
    };
    if (asked.ownerId !== undefined) add('owner_id = ?', asked.ownerId);
    if (asked.provider !== undefined) add('provider = ?', asked.provider);
    if (asked.isActive !== undefined) add('is_active = ?', asked.isActive ? 1 : 0);
    const sql = `SELECT * FROM agents WHERE ${where.join(' AND ')} ORDER BY created_at LIMIT ?`;
    return call.json({ items: store.all(sql, ...values, asked.limit).map((row) => toWire(agents, row)) });
  });

  api.get('/agents/:id', (call) => call.json({ data: agentWire(agentId(call)) }));

  api.post('/agents', async (call) => {
    const body = await readBody(call, createBody);
    const id = randomUUID();
    const moment = clock.micros();
    insertRow(store, agents, { ...body, id, createdAt: moment, updatedAt: moment });
    return call.json({ data: agentWire(id) }, 201);
  });

  api.patch('/agents/:id', async (call) => {
    const id = agentId(call);
    const changes = await readBody(call, patchBody);
    agentWire(id);
    updateRow(store, agents, id, { ...changes, updatedAt: clock.now() * 1000 });
    return call.json({ data: agentWire(id) });
  });

  /** Soft and repeatable; routes and instances keep pointing at it (behaviour G20–G24). */
  api.delete('/agents/:id', (call) => {
    const id = agentId(call);
    agentWire(id);
    updateRow(store, agents, id, { isActive: false, updatedAt: clock.now() * 1000 });
    return call.json({ success: true });
  });

  api.get('/agents/:id/tasks', (call) => {
    agentWire(agentId(call));
    return call.json({ items: [] });
  });

  api.get('/agents/:id/identities', (call) => {
    const id = agentId(call);
    agentWire(id);
    const rows = store.all('SELECT * FROM platform_identities WHERE agent_id = ? ORDER BY rowid', id);
    return call.json({ items: rows.map((row) => toWire(identities, row)) });
  });

  /** The identity keeps its person (behaviour G26), unless the release has the CHECK that forbids both. */
  api.post('/agents/:id/identities/link', async (call) => {
    const id = agentId(call);
    const { platformIdentityId, linkedBy, linkReason } = await readBody(call, linkBody);
    agentWire(id);
    if (!findRow(store, identities, platformIdentityId)) throw notFound('PlatformIdentity', platformIdentityId);
    const updatedAt = clock.now() * 1000;
    updateRow(store, identities, platformIdentityId, {
      agentId: id,
      linkedBy: linkedBy ?? 'manual',
      ...(linkReason === undefined ? {} : { linkReason }),
      updatedAt,
    });
    return call.json({ data: toWire(identities, findRow(store, identities, platformIdentityId) ?? {}) }, 201);
  });
}
