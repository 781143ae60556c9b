import type { Hono } from 'hono';
import type { SQLInputValue } from 'node:sqlite';
import { insertBulk, type Bulk } from '../../world/bulk-rows.ts';
import { readControl } from './control-input.ts';
import { diffSnapshot, takeSnapshot } from '../../world/snapshots.ts';
import { toWire } from '../../world/tables.ts';
import { whoAnswers } from './who-answers.ts';
import { routes } from '../wire-rows.ts';
import type { World } from '../../world/world.ts';
import type { Call, CallEnv } from '../call.ts';
import * as z from '../zod-shapes.ts';

const sqlBody = z.object(
  { sql: z.string({ min: 1 }), params: z.optional(z.array(z.union(z.nullable(z.string()), z.number()))) },
  { strict: true },
);

function askedOf(call: Call) {
  const { instanceId = '', chatId, personId } = call.req.query();
  return { instanceId, chatId: chatId ?? null, personId: personId ?? null };
}

/** The database behind the API, for tests that must know what it really holds. */
export function registerDataControl(control: Hono<CallEnv>, world: World): void {
  const { store, resolver } = world;

  /** Read only: SQLite itself refuses anything else. */
  control.post('/sql', async (call) => {
    const { sql, params = [] } = await readControl(call, sqlBody);
    store.db.exec('PRAGMA query_only = ON');
    try {
      return call.json({ rows: store.db.prepare(sql).all(...(params as SQLInputValue[])) });
    } finally {
      store.db.exec('PRAGMA query_only = OFF');
    }
  });

  /** Another writer: past the API and past every cache. */
  control.post('/write', async (call) => {
    const { sql, params = [] } = await readControl(call, sqlBody);
    return call.json({ changes: Number(store.db.prepare(sql).run(...(params as SQLInputValue[])).changes) });
  });

  /** Rows by table, in the wire's words; ids and what a table can't do without are filled in. */
  control.post('/rows', async (call) => {
    const bulk = (await readControl(call, z.record(z.array(z.record())))) as Bulk;
    return call.json(insertBulk(world, bulk), 201);
  });

  control.post('/snapshots', async (call) => {
    const { name } = await readControl(call, z.object({ name: z.fallback(z.string({ min: 1 }), 'before') }));
    return call.json({ name, rows: takeSnapshot(store, name) }, 201);
  });

  control.get('/snapshots/:name/diff', (call) => {
    const tables = call.req.query('tables')?.split(',');
    return call.json(diffSnapshot(store, call.req.param('name'), tables));
  });

  control.get('/resolve', (call) => {
    const row = resolver.resolveNow(askedOf(call));
    return call.json({ route: row === null ? null : toWire(routes, row) });
  });

  /** `cached=true` asks as a message would, through the 30 s cache that `/routes/metrics` counts. */
  control.get('/who-answers', (call) => {
    return call.json(whoAnswers(world, askedOf(call), call.req.query('cached') === 'true'));
  });
}
