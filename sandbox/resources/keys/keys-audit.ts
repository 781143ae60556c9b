import type { SQLInputValue } from 'node:sqlite';
import { anyDate, databaseTime } from '../../wire/http-errors.ts';
import { param, readQuery } from '../../wire/input.ts';
import { requireKey } from './key-rows.ts';
import { limitUpTo, pageByTime } from '../../wire/pages.ts';
import { toWire } from '../../world/tables.ts';
import { keyAudit } from '../../wire/wire-rows.ts';
import type { World } from '../../world/world.ts';
import type { Api } from '../../wire/call.ts';
import * as z from '../../wire/zod-shapes.ts';

/** February took ISO with `Z` only (H30); the current generation takes what JavaScript reads. */
const FEBRUARY = {
  since: z.optional(z.string({ format: 'datetime' })),
  until: z.optional(z.string({ format: 'datetime' })),
};

const query = z.object({
  since: z.optional(z.string()),
  until: z.optional(z.string()),
  path: z.optional(z.string()),
  statusCode: z.optional(z.number({ coerce: true, int: true })),
  limit: limitUpTo(100, 50),
  cursor: z.optional(z.string()),
});

/** Newest first. The total is counted with the cursor in it, so it shrinks from page to page (contract §7.1, behaviour H27–H31). */
export function registerKeyAudit(api: Api, world: World): void {
  api.get('/keys/:id/audit', (call) => {
    if (world.generation === 'feb') readQuery(call, z.object(FEBRUARY));
    const asked = readQuery(call, query);
    const key = requireKey(world, param(call, 'id'));
    const where = ['api_key_id = ?'];
    const values: SQLInputValue[] = [String(key.id)];
    const add = (condition: string, value: SQLInputValue) => {
      where.push(condition);
      values.push(value);
    };
    if (asked.since !== undefined) add('timestamp >= ?', anyDate(asked.since, 'since'));
    if (asked.until !== undefined) add('timestamp <= ?', anyDate(asked.until, 'until'));
    if (asked.path !== undefined) add('instr(path, ?) > 0', asked.path);
    if (asked.statusCode !== undefined) add('status_code = ?', asked.statusCode);
    if (asked.cursor !== undefined) add('timestamp < ?', databaseTime(asked.cursor));
    const filter = `FROM api_key_audit_logs WHERE ${where.join(' AND ')}`;
    const total = world.store.get<{ n: number }>(`SELECT count(*) AS n ${filter}`, ...values)?.n;
    const rows = world.store.all(`SELECT * ${filter} ORDER BY timestamp DESC LIMIT ?`, ...values, asked.limit + 1);
    const { page, meta } = pageByTime(rows, asked.limit, (row) => Number(row.timestamp));
    return call.json({ items: page.map((row) => toWire(keyAudit, row)), meta: { total, ...meta } });
  });
}
