import type { SQLInputValue } from 'node:sqlite';
import { anyDate, databaseTime, databaseUuid } from '../../wire/http-errors.ts';
import { param, readQuery } from '../../wire/input.ts';
import { limitUpTo, pageByTime } from '../../wire/pages.ts';
import { toWire } from '../../world/tables.ts';
import { events } from '../../wire/wire-rows.ts';
import type { World } from '../../world/world.ts';
import type { Api } from '../../wire/call.ts';
import { object, optional, string } from '../../wire/zod-shapes.ts';

const query = object({
  channels: optional(string()),
  since: optional(string()),
  until: optional(string()),
  limit: limitUpTo(100, 50),
  cursor: optional(string()),
});

/** Newest first; an unknown person is an empty page, not a 404 (contract §3, behaviour B16, B17). */
export function registerTimeline(api: Api, world: World): void {
  api.get('/persons/:id/timeline', (call) => {
    const asked = readQuery(call, query);
    const where = ['person_id = ?'];
    const values: SQLInputValue[] = [databaseUuid(param(call, 'id'))];
    const add = (condition: string, ...given: SQLInputValue[]) => {
      where.push(condition);
      values.push(...given);
    };
    if (asked.channels !== undefined) {
      const channels = asked.channels.split(',');
      add(`channel IN (${channels.map(() => '?').join(', ')})`, ...channels);
    }
    if (asked.since !== undefined) add('received_at >= ?', anyDate(asked.since, 'since'));
    if (asked.until !== undefined) add('received_at <= ?', anyDate(asked.until, 'until'));
    if (asked.cursor !== undefined) add('received_at < ?', databaseTime(asked.cursor));
    const rows = world.store.all(
      `SELECT * FROM omni_events WHERE ${where.join(' AND ')} ORDER BY received_at DESC LIMIT ?`,
      ...values,
      asked.limit + 1,
    );
    const { page, meta } = pageByTime(rows, asked.limit, (row) => Number(row.received_at));
    return call.json({ items: page.map((row) => toWire(events, row)), meta });
  });
}
