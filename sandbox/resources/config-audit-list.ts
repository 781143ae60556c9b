import type { SQLInputValue } from 'node:sqlite';
import { anyDate, databaseUuid, notFound } from '../wire/http-errors.ts';
import { param, readQuery } from '../wire/input.ts';
import { limitUpTo, pageByTime } from '../wire/pages.ts';
import { findRow, toWire } from '../world/tables.ts';
import { configAudit } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Api } from '../wire/call.ts';
import * as z from '../wire/zod-shapes.ts';

const query = z.object({
  targetType: z.optional(z.string({ max: 50 })),
  target: z.optional(z.string({ max: 255 })),
  actor: z.optional(z.string({ max: 255 })),
  since: z.optional(z.string()),
  limit: limitUpTo(200, 50),
  cursor: z.optional(z.string()),
});

/** The one list that validates its cursor, and says null when there is no more (contract §7.2, unproved by a recorded case). */
export function registerConfigAudit(api: Api, world: World): void {
  const { store } = world;

  api.get('/audit', (call) => {
    const asked = readQuery(call, query);
    const where = ['1'];
    const values: SQLInputValue[] = [];
    const add = (condition: string, ...given: SQLInputValue[]) => {
      where.push(condition);
      values.push(...given);
    };
    if (asked.targetType !== undefined) add('target_type = ?', asked.targetType);
    if (asked.target !== undefined) add('target_id = ?', asked.target);
    if (asked.actor !== undefined) add('(actor = ? OR api_key_name = ?)', asked.actor, asked.actor);
    if (asked.since !== undefined) add('created_at >= ?', anyDate(asked.since, 'since'));
    if (asked.cursor !== undefined) add('created_at < ?', anyDate(asked.cursor, 'cursor'));
    const sql = `SELECT * FROM config_audit_logs WHERE ${where.join(' AND ')} ORDER BY created_at DESC LIMIT ?`;
    const rows = store.all(sql, ...values, asked.limit + 1);
    const { page, meta } = pageByTime(rows, asked.limit, (row) => Number(row.created_at));
    const cursor = meta.hasMore ? (meta.cursor ?? null) : null;
    return call.json({ items: page.map((row) => toWire(configAudit, row)), meta: { hasMore: meta.hasMore, cursor } });
  });

  api.get('/audit/:id', (call) => {
    const row = findRow(store, configAudit, databaseUuid(param(call, 'id')));
    if (!row) throw notFound('ConfigAudit', param(call, 'id'));
    return call.json({ data: toWire(configAudit, row) });
  });
}
