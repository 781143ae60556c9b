import { randomUUID } from 'node:crypto';
import type { SQLInputValue } from 'node:sqlite';
import { requireInstance } from '../wire/auth.ts';
import type { SqlRow } from '../world/database.ts';
import { databaseUuid, notFound } from '../wire/http-errors.ts';
import { febAgent, febRouteTarget } from '../wire/generation-feb.ts';
import { check, param, readBody, readJson, readQuery } from '../wire/input.ts';
import { createRouteBody, listRoutesQuery, patchRouteBody } from './route-shapes.ts';
import { insertRow, toWire, updateRow } from '../world/tables.ts';
import { routes } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Api, Call } from '../wire/call.ts';
import type * as z from '../wire/zod-shapes.ts';

/** A route of another instance is not found (behaviour F7, F31). */
function requireRoute(world: World, call: Call): SqlRow {
  const [instanceId, id] = [param(call, 'instanceId'), param(call, 'id')];
  requireInstance(call, instanceId);
  const row = world.store.get(
    'SELECT * FROM agent_routes WHERE id = ? AND instance_id = ?',
    databaseUuid(id),
    databaseUuid(instanceId),
  );
  if (!row) throw notFound('AgentRoute', id);
  return row;
}

/** February's bodies name a provider; behind them stands an agent all the same. */
async function readRoute(world: World, call: Call): Promise<z.Infer<typeof createRouteBody>> {
  if (world.generation !== 'feb') return readBody(call, createRouteBody);
  const target = check(febRouteTarget, await readJson(call));
  const agentId = febAgent(world, target);
  return check(createRouteBody, Object.assign({}, await readJson(call), { agentId }));
}

export function registerRoutes(api: Api, world: World): void {
  const { store, clock, resolver } = world;
  const byId = (id: string) => toWire(routes, store.get('SELECT * FROM agent_routes WHERE id = ?', id) ?? {});

  /** An instance that does not exist has no routes and that is all (behaviour F5). */
  api.get('/instances/:instanceId/routes', (call) => {
    requireInstance(call, param(call, 'instanceId'));
    const { scope, isActive } = readQuery(call, listRoutesQuery);
    const where = ['instance_id = ?'];
    const values: SQLInputValue[] = [databaseUuid(param(call, 'instanceId'))];
    if (scope !== undefined) {
      where.push('scope = ?');
      values.push(scope);
    }
    if (isActive !== undefined) {
      where.push('is_active = ?');
      values.push(isActive ? 1 : 0);
    }
    const sql = `SELECT * FROM agent_routes WHERE ${where.join(' AND ')} ORDER BY priority DESC, created_at`;
    return call.json({ items: store.all(sql, ...values).map((row) => toWire(routes, row)) });
  });

  api.get('/instances/:instanceId/routes/:id', (call) =>
    call.json({ data: toWire(routes, requireRoute(world, call)) }),
  );

  /** Nobody asks whether the chat is of this instance or the agent active: only the constraints speak (behaviour F17, F21). */
  api.post('/instances/:instanceId/routes', async (call) => {
    const instanceId = param(call, 'instanceId');
    requireInstance(call, instanceId);
    const body = await readRoute(world, call);
    const id = randomUUID();
    const moment = clock.micros();
    insertRow(store, routes, {
      ...body,
      priority: body.priority ?? 0,
      isActive: body.isActive ?? true,
      id,
      instanceId: databaseUuid(instanceId),
      createdAt: moment,
      updatedAt: moment,
    });
    resolver.invalidate();
    return call.json({ data: byId(id) }, 201);
  });

  api.patch('/instances/:instanceId/routes/:id', async (call) => {
    const changes = await readBody(call, patchRouteBody);
    const { id } = requireRoute(world, call);
    updateRow(store, routes, String(id), { ...changes, updatedAt: clock.now() * 1000 });
    resolver.invalidate();
    return call.json({ data: byId(String(id)) });
  });

  api.delete('/instances/:instanceId/routes/:id', (call) => {
    store.run('DELETE FROM agent_routes WHERE id = ?', String(requireRoute(world, call).id));
    resolver.invalidate();
    return call.json({ success: true });
  });

  /** Of this process since its start, for every instance whatever the key may see (contract §2, behaviour F34). */
  api.get('/routes/metrics', (call) => {
    const timestamp = new Date(clock.now()).toISOString();
    return call.json({ data: { cache: resolver.metrics(), timestamp } });
  });
}
