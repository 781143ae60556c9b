import type { SQLInputValue } from 'node:sqlite';
import { readQuery } from './input.ts';
import { limitUpTo } from './pages.ts';
import { toWire } from './tables.ts';
import { agents } from './wire-rows.ts';
import type { Api, World } from './world.ts';
import { coercedBoolean, object, optional, string, uuid } from './zod-shapes.ts';

const listQuery = object({
  ownerId: optional(uuid()),
  provider: optional(string()),
  isActive: optional(coercedBoolean()),
  limit: limitUpTo(200, 50),
});

export function registerAgents(api: Api, world: World): void {
  const { store } = world;

  /** No cursor and no meta: the 201st agent can't be reached. `isActive=false` means true (behaviour G1–G6b). */
  api.get('/agents', (call) => {
    const { ownerId, provider, isActive, limit } = readQuery(call, listQuery);
    const where = ['1'];
    const values: SQLInputValue[] = [];
    const add = (condition: string, value: SQLInputValue) => {
      where.push(condition);
      values.push(value);
    };
    if (ownerId !== undefined) add('owner_id = ?', ownerId);
    if (provider !== undefined) add('provider = ?', provider);
    if (isActive !== undefined) add('is_active = ?', isActive ? 1 : 0);
    const sql = `SELECT * FROM agents WHERE ${where.join(' AND ')} ORDER BY created_at LIMIT ?`;
    return call.json({ items: store.all(sql, ...values, limit).map((row) => toWire(agents, row)) });
  });
}
